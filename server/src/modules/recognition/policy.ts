import type { Actor } from '../../kernel/actor.ts'

/** The institution that was assessed takes an entry back, and so does the one that entered it. */
export const mayWithdraw = (
  actor: Actor,
  gate: { readonly institutionId: string; readonly byInstitutionId: string },
): boolean =>
  actor.permissions.has('recognition.gate') &&
  (actor.institutionId === gate.institutionId || actor.institutionId === gate.byInstitutionId)

/** How far the actor sees: the region by office of supervision, an alliance office its partners, others themselves. */
export function sightOf(actor: Actor): { own: string; partners: boolean } | null {
  if (actor.permissions.has('oversight.read')) return null
  return { own: actor.institutionId ?? '', partners: actor.permissions.has('recognition.oversee') }
}
