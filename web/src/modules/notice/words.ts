import { words } from '../../kernel/words.ts'
import { noticeTitles } from './titles.ts'

/** What people read of their work-list and inbox. */
export const noticeWords = words('notice', {
  ...noticeTitles.table,
  'title.hint': [
    '最急的在最前面；处理完一件，它就从这里消失',
    'The most urgent first; what is done goes away',
  ],
  'inbox.hint': ['与您有关的进展', 'What you should know'],
  'inbox.unread': ['未读', 'Unread'],
  'inbox.all': ['全部', 'All'],
  'inbox.empty': ['没有消息', 'Nothing here'],
  'inbox.empty-hint': [
    '别人处理了与您有关的事，这里会告诉您。',
    'When others act on what concerns you, it is told here.',
  ],
  'inbox.read-all': ['全部标为已读', 'Mark all as read'],
  'inbox.open': ['打开', 'Open'],
  'inbox.count': ['{count} 条未读消息', '{count} unread'],
  'scope.mine': ['我的', 'Mine'],
  'scope.office': ['本科室', 'My office'],
  'scope.overdue': ['已超时', 'Overdue'],
  'scope.escalated': ['已升级', 'Escalated'],
  steps: ['步骤', 'Step'],
  'steps.all': ['全部步骤', 'All steps'],
  empty: ['现在没有等您处理的事', 'Nothing waits for you'],
  'empty.hint': ['新的事到了会自动出现在这里，不用刷新。', 'What comes appears here by itself.'],
  level: ['已升级到第 {level} 级', 'Gone up {level} levels'],
  escalated: ['有事项超时，已升级到您', 'A passed deadline has come to you'],
  from: ['来自 {institution}', 'From {institution}'],
  open: ['打开', 'Open'],
  missing: ['没有这条消息。', 'There is no such line.'],
  other: ['待办事项', 'Something to do'],
})
