/**
 * Technique 技术: which techniques and examinations there are, and who does them independently.
 *
 * Words: technique 技术, mastery (who was signed off for it), sign-off 授权签核, teacher (the hospital that signed).
 * Invariants: every version of a technique stays readable · a department or practitioner has at most one live mastery
 * of a technique · only the lead of a common alliance signs for another, and only what it masters itself · a restricted
 * technique needs its filing number · a mastery ends by its last day or by its teacher, and stays readable.
 */
import { techniqueApi } from '@tongmai/api/technique'
import type { Ctx } from '../../kernel/ctx.ts'
import { type Module, serve } from '../../kernel/module.ts'
import { actions } from './actions/actions.ts'
import { demo } from './demo.ts'
import { techniqueEvents } from './events.ts'
import { jobs } from './jobs.ts'
import * as masteries from './store/mastery.ts'

export { techniqueEvents } from './events.ts'
export { find as findTechnique } from './store/technique.ts'

/** Where a technique is done independently: a department, or one practitioner in it. */
export interface Master {
  readonly institutionId: string
  readonly departmentId: string
  readonly practitionerId: string | null
  /** The last day; null where it was given without one. */
  readonly until: string | null
}

/** Who is signed off for the technique today. */
export const mastersOf = (ctx: Ctx, techniqueId: string): Promise<Master[]> =>
  masteries.listLive(ctx, techniqueId)

export const technique: Module = {
  name: 'technique',
  ...serve(techniqueApi, actions),
  events: techniqueEvents,
  jobs,
  demo,
}
