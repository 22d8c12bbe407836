import { FileDoneOutlined, SafetyOutlined } from '@ant-design/icons'
import type { StaffModule } from '../../kernel/module.ts'
import { recordTitles } from './titles.ts'

/** The lifelong record: on the page of a resident, on a page of its own, in time order. */
export const record: StaffModule<typeof recordTitles> = {
  name: 'record',
  titles: recordTitles,
  words: () => import('./words.ts').then((m) => m.recordWords),
  routes: [
    {
      path: '/residents/$id/record',
      may: 'record.read',
      title: 'record.title',
      load: () => import('./record-page.tsx').then((m) => m.RecordPage),
    },
    {
      path: '/residents/$id/timeline',
      may: 'record.read',
      title: 'record.timeline',
      load: () => import('./timeline-page.tsx').then((m) => m.TimelinePage),
    },
    {
      path: '/residents/$id/documents/$did',
      may: 'record.read',
      title: 'record.document.page',
      load: () => import('./document-page.tsx').then((m) => m.DocumentPage),
    },
    {
      path: '/residents/$id/record/$type/$rid',
      may: 'record.read',
      title: 'record.fact',
      load: () => import('./fact-page.tsx').then((m) => m.FactPage),
    },
    {
      path: '/quality',
      may: 'quality.read',
      title: 'record.quality',
      load: () => import('./quality-page.tsx').then((m) => m.QualityPage),
    },
    {
      path: '/quality-findings',
      may: 'quality.read',
      title: 'record.findings',
      load: () => import('./finding-list.tsx').then((m) => m.FindingList),
    },
    {
      path: '/quality-rules',
      may: 'quality.read',
      title: 'record.rules',
      load: () => import('./quality-rules.tsx').then((m) => m.QualityRules),
    },
  ],
  navigation: [
    {
      group: 'insight',
      path: '/quality',
      daily: 'quality.oversee',
      may: 'quality.read',
      label: 'record.quality',
      icon: SafetyOutlined,
      order: 45,
    },
    {
      group: 'settings',
      path: '/quality-rules',
      may: 'quality.manage',
      label: 'record.rules',
      icon: FileDoneOutlined,
      order: 16,
    },
  ],
  slots: [
    {
      at: 'resident.banner',
      order: 10,
      may: 'record.read',
      load: () => import('./banner-allergies.tsx').then((m) => m.BannerAllergies),
    },
    {
      at: 'person',
      order: 5,
      may: 'quality.read',
      load: () => import('./to-mend.tsx').then((m) => m.PersonToMend),
    },
    {
      at: 'person',
      order: 10,
      may: 'record.read',
      load: () => import('./person-record.tsx').then((m) => m.PersonRecord),
    },
  ],
}
