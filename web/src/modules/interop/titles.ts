import { words } from '../../kernel/words.ts'

/** The titles of this module's pages: the only words of it in the first load. */
export const interopTitles = words('interop', {
  'export.title': ['批量导出', 'Bulk exports'],
  'subscription.title': ['订阅', 'Subscriptions'],
})
