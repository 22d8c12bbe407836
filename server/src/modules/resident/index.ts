/**
 * Resident 居民: one index of residents over all members, their documents, households and who stands for whom, and
 * the grants by which institutions may open their records.
 *
 * Words: identifier (a number under a system), card (masked, for lists), basis (why a record may be opened), grant.
 * Invariants: a number belongs to one resident · numbers and telephones are sealed and found by keyed digests ·
 * lists are masked; a name is shown in full on a page opened on a lawful basis, anything else by an act that is
 * logged · `basisFor` alone decides who may open a record · who opened what, the resident can read and object to.
 */
import { residentApi } from '@tongmai/api/resident'
import { asSystem } from '../../kernel/as-system.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { type Module, serve } from '../../kernel/module.ts'
import { refuse } from '../../kernel/refusal.ts'
import { registerOwner } from '../../kernel/resource/owner.ts'
import * as identity from '../identity/index.ts'
import { actions } from './actions/actions.ts'
import { residentClaimedBy } from './actions/claimed.ts'
import { rebuildConsents } from './actions/consent.ts'
import { blinded, changePatient, receivePatient } from './actions/foreign.ts'
import { registerSource } from './actions/grant.ts'
import { namesOf, standsFor } from './actions/household.ts'
import { presentPatient, rebuildPatients } from './actions/project.ts'
import { setFiles } from './actions/proxy.ts'
import { receivePatients } from './actions/register-many.ts'
import { patientKeys } from './actions/written.ts'
import { demo } from './demo/index.ts'
import { residentEvents } from './events.ts'
import { models } from './fhir.ts'
import { consentModels, isOwnConsent } from './fhir-consent.ts'
import { reactions } from './reactions.ts'
import * as consents from './store/consent.ts'
import { listRegistered } from './store/registry.ts'

export { residentClaimedBy } from './actions/claimed.ts'
export { type Found, findResidents, phoneOf, wardsOf } from './actions/found.ts'
export {
  endGrant,
  grant,
  grantMany,
  grantsWithoutSource,
  type IsLive,
  type NewGrant,
  registerSource,
} from './actions/grant.ts'
export { standsFor } from './actions/household.ts'
export { basesFor, basisFor, cards, requireOpen, requireResident } from './actions/lawful.ts'
export { linkResidents, unlinkResidents } from './actions/link.ts'
export { type Graded, matchPatient } from './actions/match.ts'
export { reveal } from './actions/person.ts'
export { register, registerWhole } from './actions/register.ts'
export type { Lawful } from './basis.ts'
export { type DemoResident, demoResidents } from './demo/people.ts'
export { residentEvents } from './events.ts'
export { isAdult } from './proxy-until.ts'
export { institutionOf } from './store/registry.ts'

/** Who is registered at an institution and has neither died nor moved away; ids only, whoever asks for their own. */
export const registeredAt = (ctx: Ctx, institutionId: string): Promise<string[]> =>
  asSystem(ctx, (all) => listRegistered(all, institutionId))

identity.residentClaimed.answer(residentClaimedBy)
identity.namesOf.answer(async (ctx, { residentIds }) => namesOf(ctx, residentIds))
identity.standsFor.answer((ctx, { residentId }) => standsFor(ctx, residentId))

// A registration has no end of its own: its grant runs out by date.
registerSource('registration', async (_ctx, sources) => new Set(sources))
registerSource('consent', (ctx, sources) => living(ctx, sources, consents.listActive))
registerSource('emergency', (ctx, sources) => living(ctx, sources, consents.listRight))

/** Of sources `kind:<id>` those whose id is among the live ones. */
async function living(
  ctx: Ctx,
  sources: readonly string[],
  live: typeof consents.listActive,
): Promise<Set<string>> {
  const idOf = (source: string): string => source.slice(source.indexOf(':') + 1)
  const ids = await live(ctx, sources.map(idOf).filter(isUuid))
  return new Set(sources.filter((source) => ids.has(idOf(source))))
}
const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)

registerOwner({
  type: 'Consent',
  owns: isOwnConsent,
  models: consentModels,
  create: () => refuse('unprocessable', 'resident.consent-not-given-here'),
  change: () => refuse('unprocessable', 'resident.consent-not-given-here'),
  rebuild: { name: 'resident.consent', edition: 1, run: rebuildConsents },
})

registerOwner({
  type: 'Patient',
  owns: () => true,
  models,
  create: receivePatient,
  createMany: receivePatients,
  change: changePatient,
  present: presentPatient,
  blinded,
  keys: patientKeys,
  rebuild: { name: 'resident.person', edition: 2, run: rebuildPatients },
})

export const resident: Module = {
  name: 'resident',
  ...serve(residentApi, actions),
  events: residentEvents,
  reactions,
  routes: (_app, world) => setFiles(world.dataDir),
  // Whom somebody stands for has changed, perhaps in another process: what is remembered of them is dropped.
  heard({ name, thing }) {
    if (name.startsWith('resident.proxy-')) identity.forgetResident(thing.slice(thing.indexOf(':') + 1))
  },
  demo,
}
