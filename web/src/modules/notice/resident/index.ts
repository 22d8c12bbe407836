import type { ResidentModule } from '../../../kernel/module.ts'
import { myNoticeTitles } from './titles.ts'

/** What a resident was told, read or not; each line leads to its page. */
export const noticeResident: ResidentModule<typeof myNoticeTitles> = {
  name: 'notice',
  titles: myNoticeTitles,
  words: () => import('./words.ts').then((m) => m.myNoticeWords),
  pages: [
    {
      path: '/notices',
      title: 'notice.mine.title',
      load: () => import('./my-notices.tsx').then((m) => m.MyNotices),
    },
  ],
  cards: [{ order: 5, load: () => import('./my-notices.tsx').then((m) => m.NewNotices) }],
  own: [{ order: 5, load: () => import('./my-notices.tsx').then((m) => m.NoticeRow) }],
}
