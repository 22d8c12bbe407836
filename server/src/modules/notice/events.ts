import * as z from 'zod/mini'
import { teller } from '../../kernel/event.ts'

export const noticeEvents = {
  /** New lines lie in these accounts' inboxes; the web reads again. */
  'notice.arrived': z.object({ accountIds: z.array(z.string()), code: z.string() }),
}
export const tell = teller(noticeEvents)
