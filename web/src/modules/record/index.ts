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
  ],
  slots: [
    {
      at: 'person',
      order: 10,
      may: 'record.read',
      load: () => import('./person-record.tsx').then((m) => m.PersonRecord),
    },
  ],
}
