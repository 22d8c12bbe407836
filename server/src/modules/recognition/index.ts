/**
 * Recognition 互认: which results of other members stand for a new test or examination, and what was decided.
 *
 * Words: item 项目, window 互认有效期 (how long a result counts, from a day on), mark 互认标识 HR with its scope, gate
 * 质控资格 (an external quality assessment passed), recognised 采纳, reordered 仍开单, ledger 节约台账.
 * Invariants: the treating physician decides, never the platform · a result carries a mark only of an institution that
 * had passed the assessment of that item on the day of the result · who orders anew says why, by six codes, and whether
 * the patient was told · an ordered test is active until its result has come · a decision keeps the result's reference and hash and the window it went by, and never changes.
 */
import { recognitionApi } from '@tongmai/api/recognition'
import { type Module, serve } from '../../kernel/module.ts'
import { refuse } from '../../kernel/refusal.ts'
import { followStored, registerOwner } from '../../kernel/resource/owner.ts'
import { actions } from './actions/actions.ts'
import { noteAnswer } from './actions/answer.ts'
import { rebuildOrders } from './actions/show-order.ts'
import { demo } from './demo/index.ts'
import { recognitionEvents } from './events.ts'
import { isOwnOrder, orderModels } from './fhir.ts'
import { namesOrder } from './named-order.ts'

export { findOrdered } from './actions/answer.ts'
export { decideOffer, type Feedback, type Offered, offerResults } from './actions/offer.ts'
export { itemsByCoding } from './actions/order.ts'
export { keyOf } from './actions/read-result.ts'
export { usableResults } from './actions/usable.ts'
export { recognitionEvents } from './events.ts'

// A test is ordered on the page where usable results are shown first; what outside systems order stays theirs.
registerOwner({
  type: 'ServiceRequest',
  owns: isOwnOrder,
  models: orderModels,
  create: () => refuse('unprocessable', 'recognition.ordered-here-only'),
  change: () => refuse('unprocessable', 'recognition.ordered-here-only'),
  rebuild: { name: 'recognition.order', edition: 1, run: rebuildOrders },
})

for (const type of ['Observation', 'DiagnosticReport'])
  followStored(type, { follow: noteAnswer, wants: namesOrder })

export const recognition: Module = {
  name: 'recognition',
  ...serve(recognitionApi, actions),
  events: recognitionEvents,
  demo,
}
