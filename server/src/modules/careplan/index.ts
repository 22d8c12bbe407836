/**
 * Care plans 照护计划: whoever needs care over time has a plan, is seen or called when it says so, and is missed when not.
 * Words: follow-up (随访, one per day it is due), form (a FHIR Questionnaire, versioned), programme (慢病管理), enrolment
 * (being in one), verdict (满意, 不满意, 危急), controlled (达标), debt (the one case of somebody overdue at an institution).
 * Invariants: in a programme once at a time, by the database · a follow-up moves once, by the flow table in `api` · the
 * next one is planned in the same act · what was measured is in the record with the answers it came from · one case
 * per overdue person, not per item · whatever a rule decides carries the rule's source · who dies or moves is left alone.
 */
import { careplanApi } from '@tongmai/api/careplan'
import { asSystem } from '../../kernel/as-system.ts'
import { type Module, serve } from '../../kernel/module.ts'
import { followStored, registerOwner } from '../../kernel/resource/owner.ts'
import { registerSeries } from '../../kernel/resource/series.ts'
import * as contract from '../contract/index.ts'
import { registerSource } from '../resident/index.ts'
import { actions } from './actions/actions.ts'
import { ofChain } from './actions/chain.ts'
import { noteDischarge } from './actions/discharge.ts'
import { setFiles } from './actions/photos.ts'
import { readingSeries } from './actions/series.ts'
import { owners } from './actions/show.ts'
import { demo } from './demo/index.ts'
import { careplanEvents } from './events.ts'
import { jobs } from './jobs.ts'
import { grantOf, pathwayGrantOf, sourceOf } from './policy.ts'
import { reactions } from './reactions.ts'
import { controlledOf } from './store/control.ts'
import { listActive } from './store/enrolment.ts'
import { listLive as listFollowed } from './store/followed-pathway.ts'
import { listLive } from './store/planned.ts'
import { standingOf } from './store/standing.ts'

export { noteReferral, type ReferralStanding } from './actions/chain.ts'
export {
  closeFirst,
  endFollowUps,
  type FollowedUp,
  followedUp,
  type PlannedFollowUps,
  planAfterDischarge,
  planFollowUps,
  replaceDischarge,
} from './actions/planned.ts'
export { careplanEvents } from './events.ts'
export { listenToDevices } from './index/listen.ts'

for (const owner of owners) registerOwner(owner)
followStored('Encounter', { follow: noteDischarge })
for (const type of ['Condition', 'Observation']) followStored(type, ofChain)
contract.controlOf.answer(controlledOf)
contract.standingOf.answer(standingOf)
registerSeries(readingSeries)

registerSource('enrolment', async (ctx, sources) => {
  const ids = sources.map((source) => source.slice('enrolment:'.length))
  const active = await asSystem(ctx, (all) => listActive(all, ids))
  return new Set(active.map(sourceOf))
})

registerSource('pathway', async (ctx, sources) => {
  const ids = sources.map((source) => source.slice('pathway:'.length))
  const live = await asSystem(ctx, (all) => listFollowed(all, ids))
  return new Set(live.map(pathwayGrantOf))
})

registerSource('followUp', async (ctx, sources) => {
  const planned = sources.map((source) => source.slice('followUp:'.length))
  const live = await asSystem(ctx, (all) => listLive(all, planned))
  return new Set([...live].map(grantOf))
})

export const careplan: Module = {
  name: 'careplan',
  ...serve(careplanApi, actions),
  events: careplanEvents,
  routes: (_app, world) => setFiles(world.dataDir),
  reactions,
  jobs,
  demo,
}
