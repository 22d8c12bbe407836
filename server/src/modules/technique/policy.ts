import type { Actor } from '../../kernel/actor.ts'

/** What decides whether somebody may be signed off, gathered before the answer. */
export interface Standing {
  /** The technique has been taken out of the catalogue. */
  readonly retired: boolean
  readonly restricted: boolean
  readonly filing: string | null
  /** The one to be signed off belongs to the teaching hospital itself. */
  readonly isOwn: boolean
  /** The teaching hospital leads an alliance in which the other is a member today. */
  readonly leads: boolean
  /** The teaching hospital masters the technique itself today. */
  readonly masters: boolean
}

/** Acts for the hospital that signed; only it withdraws. */
export const isTeacher = (actor: Actor, mastery: { teacherId: string }): boolean =>
  actor.institutionId === mastery.teacherId

/** May sign at all: a specialist or the alliance office. */
export const maySign = (actor: Actor): boolean => actor.permissions.has('technique.sign')

/** Why it is not this hospital's part to sign, as a refusal's code (403); undefined where it is. */
export const whyNotYours = (standing: Standing): string | undefined =>
  standing.isOwn || standing.leads ? undefined : 'technique.only-the-lead-signs'

/** Why it cannot be signed now, as a refusal's code (409); undefined where it can. */
export function whyNotNow(standing: Standing): string | undefined {
  if (standing.retired) return 'technique.retired-already'
  if (!standing.isOwn && !standing.masters) return 'technique.teacher-does-not-master'
  if (standing.restricted && standing.filing === null) return 'technique.filing-wanted'
  return undefined
}
