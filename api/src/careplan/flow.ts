import * as z from 'zod/mini'
import { type Flow, step } from '../kernel.ts'

export const followUpStatuses = ['due', 'done', 'missed', 'refused', 'ended'] as const
export const followUpStatus = z.enum(followUpStatuses)
export type FollowUpStatus = (typeof followUpStatuses)[number]

export const followUpMoves = ['record', 'miss', 'refuse', 'end'] as const
export type FollowUpMove = (typeof followUpMoves)[number]

/** What is due is recorded, was tried in vain, was refused by the resident, or ended with what it followed from. */
export const followUpFlow: Flow<FollowUpStatus> = {
  due: { record: 'done', miss: 'missed', refuse: 'refused', end: 'ended' },
  done: {},
  missed: {},
  refused: {},
  ended: {},
}

export const enrolmentStatuses = ['active', 'ended'] as const
export const enrolmentStatus = z.enum(enrolmentStatuses)
export type EnrolmentStatus = (typeof enrolmentStatuses)[number]

/** Being in a programme, to its end. */
export const enrolmentFlow: Flow<EnrolmentStatus> = { active: { end: 'ended' }, ended: {} }

export const endReason = z.enum([
  'died',
  'moved',
  'otherInstitution',
  'wrongDiagnosis',
  'residentWish',
  'lost',
])
export type EndReason = z.output<typeof endReason>

/** The refusal of a move that is over: `careplan.cannot-record-when-done`. */
export const cannot = (move: FollowUpMove | 'end', status: FollowUpStatus | EnrolmentStatus): string =>
  `careplan.cannot-${move}-when-${status}`

export const nextFollowUp = (from: FollowUpStatus, move: FollowUpMove): FollowUpStatus | undefined =>
  step(followUpFlow, from, move)
