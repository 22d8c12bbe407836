import type { Actor } from '../../kernel/actor.ts'

/** Whether somebody mainly practises at the actor's institution: only then the actor's admin keeps their data. */
export const isOwnStaff = (actor: Actor, practitioner: { institutionId: string | null }): boolean =>
  practitioner.institutionId !== null && practitioner.institutionId === actor.institutionId

/** Whether the actor's institution answers for a thing now, and may hand it on inside itself. */
export const holdsIt = (actor: Actor, responsible: { institutionId: string }): boolean =>
  responsible.institutionId === actor.institutionId

/** Whether somebody practises at an institution on a day. */
export const practisesAt = (
  sites: readonly { institutionId: string; since: string; until: string | null }[],
  institutionId: string,
  day: string,
): boolean =>
  sites.some(
    (s) => s.institutionId === institutionId && s.since <= day && (s.until === null || s.until >= day),
  )
