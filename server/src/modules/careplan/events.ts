import { endReason } from '@tongmai/api/careplan/flow'
import { programmeCode, verdict } from '@tongmai/api/careplan/programme'
import * as z from 'zod/mini'
import { teller } from '../../kernel/event.ts'

const about = { institutionId: z.string(), practitionerId: z.nullable(z.string()) }
const enrolled = { ...about, enrolmentId: z.string(), programme: programmeCode }

export const careplanEvents = {
  'careplan.enrolled': z.object(enrolled),
  'careplan.plan-changed': z.object(enrolled),
  'careplan.enrolment-ended': z.object({ ...enrolled, reason: endReason }),
  'careplan.follow-ups-planned': z.object({ ...about, source: z.string(), count: z.number() }),
  'careplan.followed-up': z.object({
    ...about,
    followUpId: z.string(),
    source: z.string(),
    verdict: z.nullable(verdict),
  }),
  /** The resident has answered the questions of a follow-up beforehand. */
  'careplan.answered': z.object({ ...about, followUpId: z.string() }),
  'careplan.answered-urgently': z.object({ ...about, followUpId: z.string() }),
  'careplan.not-reached': z.object({ ...about, followUpId: z.string(), source: z.string() }),
  'careplan.follow-up-refused': z.object({ ...about, followUpId: z.string(), source: z.string() }),
  /** As many unsatisfactory follow-ups in a row as the programme refers after: a referral is proposed. */
  'careplan.unsatisfactory-twice': z.object({ ...enrolled, reason: z.string(), run: z.number() }),
  'careplan.alert-raised': z.object({
    ...about,
    alertId: z.string(),
    rule: z.string(),
    level: z.enum(['warn', 'critical']),
    name: z.string(),
  }),
  'careplan.alert-answered': z.object({ ...about, alertId: z.string(), response: z.string() }),
  'careplan.alert-rule-changed': z.object({
    ...{ code: z.string(), level: z.string(), since: z.string(), stopped: z.boolean() },
  }),
  'careplan.device-lent': z.object({ ...about, deviceId: z.string() }),
  'careplan.device-taken-back': z.object({ ...about, deviceId: z.string() }),
  'careplan.device-ended': z.object({ ...about, deviceId: z.string(), reason: z.string() }),
  'careplan.measured': z.object({ accepted: z.number() }),
  /** Somebody's follow-up has passed its day and stands on a work-list. */
  'careplan.overdue': z.object(about),
  /** What one person, or nobody yet, owes an institution today. */
  'careplan.due-today': z.object({ ...about, count: z.number() }),
  'careplan.pathway-moved': z.object({
    ...about,
    pathwayId: z.string(),
    move: z.enum(['publish', 'withdraw', 'sendToReview']),
    title: z.string(),
    version: z.number(),
  }),
  'careplan.step-recorded': z.object({
    ...about,
    followedId: z.string(),
    pathwayId: z.string(),
    step: z.string(),
    outcome: z.enum(['done', 'skipped']),
  }),
  /** An answer that cannot wait. */
  'careplan.critical': z.object({ ...enrolled, reason: z.string(), followUpId: z.string() }),
} as const

export const tell = teller(careplanEvents)
