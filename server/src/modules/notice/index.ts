/**
 * Notices 通知: each person's work-list (what waits for me, until when) and inbox (what I should know), live.
 * Words: work (an open case of the kernel, dressed for people), notice (a line in an inbox), recipient.
 * Invariants: whoever must act finds it in the work-list, whoever should know finds it in the inbox · nobody is told
 * what they did themselves · an inbox is one's own, at the institution one acts for; a resident's is read by who stands for
 * them too · nothing clinical lies in it.
 */
import { noticeApi } from '@tongmai/api/notice'
import { type Module, serve } from '../../kernel/module.ts'
import { actions } from './actions/actions.ts'
import { noticeEvents } from './events.ts'
import { reactions } from './reactions.ts'

export { type News, tellPeople } from './actions/tell-people.ts'
export { noticeEvents } from './events.ts'
export type { Recipient } from './recipient.ts'

export const notice: Module = {
  name: 'notice',
  ...serve(noticeApi, actions),
  events: noticeEvents,
  reactions,
}
