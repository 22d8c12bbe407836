import { cannot, type FollowUpMove, type FollowUpStatus, nextFollowUp } from '@tongmai/api/careplan/flow'

/** The thing under which the case of somebody who is overdue at an institution stands; one per person. */
export const debtOf = (residentId: string, institutionId: string): string =>
  `careplan:${residentId}.${institutionId}`

/** The source of what an enrolment plans, and of the access it gives. */
export const sourceOf = (enrolmentId: string): string => `enrolment:${enrolmentId}`

/** The source of the access that follow-ups give to whoever owes them, as long as one of that source is due. */
export const grantOf = (source: string): string => `followUp:${source}`

/** Planned because somebody left a hospital, and by nobody's own plan. */
export const isDischarge = (source: string): boolean => source.startsWith('discharge:')

/** Why this cannot be done now, or undefined where it can. */
export const notNow = (status: FollowUpStatus, move: FollowUpMove): string | undefined =>
  nextFollowUp(status, move) ? undefined : cannot(move, status)
