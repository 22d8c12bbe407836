/**
 * Workforce 人员: who the practitioners are, what they are licensed for and where they practise; GP teams; the duty
 * rota; the one named physician who answers for an open case.
 *
 * Words: licence 执业证书, site (primary or filed 备案), act (what needs a licence; which one is data), responsible.
 * Invariants: nobody acts without a licence that is current on that day, at a site of theirs · at most one primary
 * site · of every thing exactly one person answers, from being named until it is closed; the history is kept ·
 * external practitioners are readable and never licensed · licence numbers are sealed and shown masked.
 */
import { workforceApi } from '@tongmai/api/workforce'
import { dayOf } from '../../kernel/day.ts'
import { type Module, serve } from '../../kernel/module.ts'
import { refuse } from '../../kernel/refusal.ts'
import { registerOwner } from '../../kernel/resource/owner.ts'
import * as identity from '../identity/index.ts'
import { actions } from './actions/actions.ts'
import { changeForeignPractitioner, receivePractitioner } from './actions/newcomer.ts'
import { rebuildPractitioners } from './actions/rebuild.ts'
import { demo } from './demo/index.ts'
import { workforceEvents } from './events.ts'
import { isSite } from './fhir.ts'
import { jobs } from './jobs.ts'
import { practisesAt } from './policy.ts'
import { listSites } from './store/practitioner.ts'

export { onDuty } from './actions/duty.ts'
export { findPractitioner } from './actions/found.ts'
export { hindranceTo, requireLicensed } from './actions/licence.ts'
export { addExternalPractitioner, addPractitioner, type Newcomer } from './actions/newcomer.ts'
export {
  assignResponsible,
  handOverResponsible,
  type Responsible,
  releaseResponsible,
  responsibleOf,
} from './actions/responsible.ts'
export { findTeam, type GpTeam, gpTeams } from './actions/team.ts'
export { DEMO_PASSWORD, type DemoStaff, demoPerson, demoStaff, JOURNEY_LENGTH } from './demo/people.ts'
export { workforceEvents } from './events.ts'
export { watchLicences } from './jobs.ts'
export { listHolders as licenceHolders } from './store/licence.ts'

registerOwner({
  type: 'Practitioner',
  owns: () => true,
  models: ['active', 'name', 'gender', 'qualification'],
  create: receivePractitioner,
  change: changeForeignPractitioner,
  rebuild: { name: 'workforce.practitioner', edition: 1, run: rebuildPractitioners },
})

// Where somebody practises is filed by their institution; a FHIR write would pass by the licence. The rebuild of the
// practitioners projects these too.
const kept = () => refuse('conflict', 'workforce.kept-by-its-institution')
registerOwner({
  type: 'PractitionerRole',
  owns: isSite,
  models: ['identifier', 'active', 'period', 'practitioner', 'organization', 'code', 'specialty'],
  create: kept,
  change: kept,
})

identity.practisesAt.answer(async (ctx, { practitionerId, institutionId }) =>
  practisesAt(await listSites(ctx, practitionerId), institutionId, dayOf(ctx.now)),
)

export const workforce: Module = {
  name: 'workforce',
  ...serve(workforceApi, actions),
  events: workforceEvents,
  jobs,
  demo,
}
