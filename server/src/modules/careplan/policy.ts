import { cannot, type FollowUpMove, type FollowUpStatus, nextFollowUp } from '@tongmai/api/careplan/flow'
import { nextPathway, type PathwayMove, type PathwayStatus, pathwayFlow } from '@tongmai/api/careplan/pathway'
import type { OpenMove } from '@tongmai/api/kernel'
import type { Actor } from '../../kernel/actor.ts'

/** The thing under which the case of somebody who is overdue at an institution stands; one per person. */
export const debtOf = (residentId: string, institutionId: string): string =>
  `careplan:${residentId}.${institutionId}`

/** The source of what an enrolment plans, and of the access it gives. */
export const sourceOf = (enrolmentId: string): string => `enrolment:${enrolmentId}`

/** The source of the access that follow-ups give to whoever owes them, as long as one of that source is due. */
export const grantOf = (source: string): string => `followUp:${source}`

/** The thing under which an answer of a resident that cannot wait stands on a work-list. */
export const selfAnswerOf = (id: string): string => `self-answer:${id}`

/** Planned because somebody left a hospital, and by nobody's own plan. */
export const isDischarge = (source: string): boolean => source.startsWith('discharge:')

/** Why this cannot be done now, or undefined where it can. */
export const notNow = (status: FollowUpStatus, move: FollowUpMove): string | undefined =>
  nextFollowUp(status, move) ? undefined : cannot(move, status)

/** The source of the access that being on a pathway gives. */
export const pathwayGrantOf = (followedId: string): string => `pathway:${followedId}`

interface Written {
  readonly institutionId: string
  readonly authorId: string | null
  readonly status: PathwayStatus
}

const reviewing: readonly string[] = ['return', 'review', 'publish', 'withdraw']

/** Why a pathway is not this actor's to move, or undefined where it is. */
export function pathwayNotTheirs(
  actor: Actor,
  row: Written,
  move: PathwayMove | 'change',
): string | undefined {
  if (row.institutionId !== actor.institutionId) return 'careplan.pathway-owners-part'
  const needed = reviewing.includes(move) ? 'careplan.review' : 'careplan.pathway'
  if (!actor.permissions.has(needed)) return 'kernel.not-permitted'
  const own = row.authorId !== null && row.authorId === actor.practitionerId
  return move === 'review' && own ? 'careplan.reviewed-by-another' : undefined
}

/** Why it cannot be moved now, whoever asks, or undefined where it can. */
export function pathwayNotNow(
  row: Pick<Written, 'status'>,
  move: PathwayMove | 'change',
): string | undefined {
  if (move === 'change') return row.status === 'draft' ? undefined : 'careplan.only-drafts-change'
  return nextPathway(row.status, move)
    ? undefined
    : `careplan.cannot-${kebab(move)}-when-${kebab(row.status)}`
}

/** What this viewer may do with a version, each open or closed with its reason. */
export function pathwayActs(
  actor: Actor,
  row: Written & { readonly publishedOn: string | null },
): OpenMove[] {
  const act = (move: string, why: string | undefined): OpenMove =>
    why === undefined ? { move, open: true } : { move, open: false, why }
  const mine = row.institutionId === actor.institutionId
  const moves = Object.keys(pathwayFlow[row.status]).filter((move) => move !== 'replace') as PathwayMove[]
  const acts = mine ? moves.map((move) => act(move, pathwayNotTheirs(actor, row, move))) : []
  if (mine && row.status === 'draft') acts.unshift(act('change', pathwayNotTheirs(actor, row, 'change')))
  const may = actor.permissions.has('careplan.pathway')
  if (row.publishedOn) acts.push(act('derive', may ? undefined : 'kernel.not-permitted'))
  return acts
}

const kebab = (name: string): string => name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)
