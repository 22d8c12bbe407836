import { BellOutlined, CheckSquareOutlined } from '@ant-design/icons'
import type { StaffModule } from '../../kernel/module.ts'
import { noticeTitles } from './titles.ts'

/** The first page of every role, and each person's inbox. */
export const notice: StaffModule<typeof noticeTitles> = {
  name: 'notice',
  titles: noticeTitles,
  words: () => import('./words.ts').then((m) => m.noticeWords),
  routes: [
    { path: '/', title: 'notice.title', load: () => import('./work-page.tsx').then((m) => m.WorkPage) },
    {
      path: '/inbox',
      title: 'notice.inbox',
      load: () => import('./inbox-page.tsx').then((m) => m.InboxPage),
    },
  ],
  navigation: [
    { group: 'work', path: '/', label: 'notice.title', icon: CheckSquareOutlined, order: 10 },
    { group: 'work', path: '/inbox', label: 'notice.inbox', icon: BellOutlined, order: 20 },
  ],
  slots: [{ at: 'top-bar', order: 10, load: () => import('./inbox-bell.tsx').then((m) => m.InboxBell) }],
}
