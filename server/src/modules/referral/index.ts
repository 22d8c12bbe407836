/**
 * Two-way referral 转诊: a patient goes up, down or sideways to the right department and doctor, and comes back with
 * continuing care; never lost, never owned by nobody.
 * Words: arrangement (科室、医生、时间), outcome, return note, take-over (基层承接), office (the hospital's, whichever way).
 * Invariants: the flow table in `api` is the only way a status changes, and `move` its only writer · whatever has not
 * ended has one owner and one deadline, and what runs out stays before a person · only the parties see it · the
 * receiver may open the record exactly while it is under way · a down-referral is a referral of its own, and the one
 * it came from closes along with it · one named physician answers for the patient from sending to closing.
 */
import { referralApi } from '@tongmai/api/referral'
import type { ReferralLine } from '@tongmai/api/referral/shape'
import { system } from '../../kernel/actor.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { type Module, serve } from '../../kernel/module.ts'
import { followStored, registerOwner } from '../../kernel/resource/owner.ts'
import * as contract from '../contract/index.ts'
import { greenChannelOf } from '../dispatch/index.ts'
import { registerSource } from '../resident/index.ts'
import { actions } from './actions/actions.ts'
import { destinationsNow, forgetDestinations, hearForRouting } from './actions/destinations-now.ts'
import { owners } from './actions/own.ts'
import { setPublicUrl } from './actions/printing.ts'
import { noteContact } from './actions/watching.ts'
import { demo } from './demo/index.ts'
import { adviceEvents, greenEvents, referralEvents, routingEvents } from './events.ts'
import { VERIFY_PATH, verdictPage } from './form-check.ts'
import { jobs } from './jobs.ts'
import { reactions } from './reactions.ts'
import { listOpenAdvice } from './store/advice.ts'
import { listArrivedFrom } from './store/arrived.ts'
import { findOf } from './store/green-channel.ts'
import { listByIds } from './store/line.ts'
import { listUnderWay } from './store/referral.ts'

export {
  adviceEvents,
  type GreenMoved,
  greenEvents,
  type Moved,
  type ReferralEvent,
  referralEvents,
} from './events.ts'
export { find as findReferral } from './store/referral.ts'
export type { ReferralRow } from './store/row.ts'

/** These referrals as lines of a list, as far as the actor is a party. */
export const referralLines = (ctx: Ctx, ids: readonly string[]): Promise<ReferralLine[]> =>
  listByIds(ctx, ids)

contract.referredFrom.answer(listArrivedFrom)
greenChannelOf.answer(async (ctx, thing) => {
  const channel = thing.startsWith('referral:') && (await findOf(ctx, thing.slice('referral:'.length)))
  return channel && !channel.closedAt ? { kind: channel.kind, critical: channel.critical } : null
})

for (const owner of owners) registerOwner(owner)
followStored('Encounter', { follow: noteContact })

registerSource('referral', async (ctx, sources) => {
  const idOf = (source: string) => source.slice('referral:'.length)
  const live = await listUnderWay(ctx, sources.map(idOf))
  return new Set(live.map((id) => `referral:${id}`))
})

registerSource('advice', async (ctx, sources) => {
  const live = await listOpenAdvice(
    ctx,
    sources.map((source) => source.slice('advice:'.length)),
  )
  return new Set(live.map((id) => `advice:${id}`))
})

export const referral: Module = {
  name: 'referral',
  ...serve(referralApi, actions),
  events: { ...referralEvents, ...adviceEvents, ...routingEvents, ...greenEvents },
  jobs,
  reactions,
  forget: forgetDestinations,
  heard: hearForRouting,
  warm: (world) => world.read(system(null), destinationsNow),
  routes(app, world) {
    setPublicUrl(world.publicUrl)
    app.get<{ Querystring: Record<string, unknown> }>(VERIFY_PATH, (request, reply) => {
      const { n = '', at = '', to = '', h = '' } = request.query
      const page = verdictPage({ n: String(n), at: String(at), to: String(to), h: String(h) })
      return reply.type('text/html; charset=utf-8').send(page)
    })
  },
  demo,
}
