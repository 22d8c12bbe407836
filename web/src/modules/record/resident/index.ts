import type { ResidentModule } from '../../../kernel/module.ts'
import { recordResidentTitles } from './titles.ts'

/** What residents see of their own record. */
export const recordResident: ResidentModule<typeof recordResidentTitles> = {
  name: 'record',
  titles: recordResidentTitles,
  words: () => import('./words.ts').then((m) => m.recordResidentWords),
  pages: [
    {
      path: '/record',
      title: 'my-record.title',
      tab: { sign: '档', order: 30, label: 'my-record.tab' },
      load: () => import('./my-record.tsx').then((m) => m.MyRecordTab),
    },
    {
      path: '/record/$id',
      title: 'my-record.title',
      load: () => import('./record-page.tsx').then((m) => m.MyRecordPage),
    },
    {
      path: '/record/$id/files/$of/$did',
      title: 'my-record.file',
      load: () => import('./document-page.tsx').then((m) => m.MyDocumentPage),
    },
    {
      path: '/record/$id/timeline',
      title: 'my-record.timeline',
      load: () => import('./timeline-page.tsx').then((m) => m.MyTimelinePage),
    },
  ],
}
