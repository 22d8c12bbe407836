import { CloudDownloadOutlined, MessageOutlined, NotificationOutlined } from '@ant-design/icons'
import type { StaffModule } from '../../kernel/module.ts'
import { interopTitles } from './titles.ts'

/** What the IT department sees of the wire; and of a record, the document that is given along. */
export const interop: StaffModule<typeof interopTitles> = {
  name: 'interop',
  titles: interopTitles,
  words: () => import('./words.ts').then((m) => m.interopWords),
  routes: [
    {
      path: '/residents/$id/summary',
      may: 'record.read',
      title: 'interop.summary.title',
      load: () => import('./summary-page.tsx').then((m) => m.SummaryPage),
    },
    {
      path: '/exports',
      may: 'it.operate',
      title: 'interop.export.title',
      load: () => import('./export-list.tsx').then((m) => m.ExportList),
    },
    {
      path: '/subscriptions',
      may: 'it.operate',
      title: 'interop.subscription.title',
      load: () => import('./subscription-list.tsx').then((m) => m.SubscriptionList),
    },
    {
      path: '/subscriptions/$id',
      may: 'it.operate',
      title: 'interop.subscription.title',
      load: () => import('./subscription-page.tsx').then((m) => m.SubscriptionPage),
    },
    {
      path: '/messages',
      may: 'it.operate',
      title: 'interop.message.title',
      load: () => import('./message-list.tsx').then((m) => m.MessageList),
    },
    {
      path: '/messages/$id',
      may: 'it.operate',
      title: 'interop.message.title',
      load: () => import('./message-page.tsx').then((m) => m.MessagePage),
    },
    {
      path: '/message-partners',
      may: 'it.operate',
      title: 'interop.partner.title',
      load: () => import('./partner-list.tsx').then((m) => m.PartnerList),
    },
  ],
  navigation: [
    {
      group: 'settings',
      path: '/exports',
      may: 'it.operate',
      label: 'interop.export.title',
      icon: CloudDownloadOutlined,
      order: 32,
    },
    {
      group: 'settings',
      path: '/subscriptions',
      may: 'it.operate',
      label: 'interop.subscription.title',
      icon: NotificationOutlined,
      order: 33,
    },
    {
      group: 'settings',
      path: '/messages',
      daily: 'it.operate',
      may: 'it.operate',
      label: 'interop.message.title',
      icon: MessageOutlined,
      order: 34,
    },
  ],
  slots: [
    {
      at: 'record.actions',
      may: 'record.read',
      load: () => import('./summary-link.tsx').then((m) => m.SummaryLink),
    },
  ],
}
