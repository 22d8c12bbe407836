import { words } from '../../kernel/words.ts'

/** The titles of this module's pages: the only words of it in the first load. */
export const interopTitles = words('interop', {
  'summary.title': ['健康摘要（IPS）', 'Patient summary (IPS)'],
  'export.title': ['批量导出', 'Bulk exports'],
  'subscription.title': ['订阅', 'Subscriptions'],
  'message.title': ['HL7 v2 消息', 'HL7 v2 messages'],
  'partner.title': ['消息对接方', 'Message partners'],
})
