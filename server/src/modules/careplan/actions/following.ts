import type { FollowUpMove } from '@tongmai/api/careplan/flow'
import type { followUpApi } from '@tongmai/api/careplan/follow-up'
import { type Answers, checkAnswers, type Form } from '@tongmai/api/careplan/form'
import type { Programme } from '@tongmai/api/careplan/programme'
import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayAfter, dayOf } from '../../../kernel/day.ts'
import type { Actions } from '../../../kernel/module.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { createResource, requireShape } from '../../../kernel/resource/write.ts'
import { cards } from '../../resident/index.ts'
import { requireLicensed } from '../../workforce/index.ts'
import { tell } from '../events.ts'
import { toObservations } from '../fhir.ts'
import { ageOn, daysToNext, type Judgement, judgeFollowUp } from '../judge-follow-up.ts'
import { debtOf, notNow, sourceOf } from '../policy.ts'
import * as enrolments from '../store/enrolment.ts'
import * as store from '../store/follow-up.ts'
import { findForm, findProgramme } from '../store/form.ts'
import { carrySelfAnswer } from '../store/self-answer.ts'
import { closeAnswers } from './answered.ts'
import { requireHere } from './enrolling.ts'
import { settle } from './overdue.ts'
import { settleGrant } from './planned.ts'
import { showAnswers } from './show.ts'

const TOLERANCE_MS = 5 * 60_000
const PAST_DAYS = 31

interface Taken {
  readonly row: store.FollowUpRow
  readonly enrolment: enrolments.EnrolmentRow | undefined
  readonly programme: Programme | undefined
}

/** A follow-up that may be moved on now, held after its enrolment; 404, 409. */
async function take(ctx: Ctx, id: string, move: FollowUpMove): Promise<Taken> {
  const { enrolmentId } = await store.peek(ctx, id)
  const enrolment = enrolmentId ? await enrolments.lock(ctx, enrolmentId) : undefined
  const row = await store.lock(ctx, id)
  const why = notNow(row.status, move)
  if (why) refuse('conflict', why)
  const programme = enrolment ? await findProgramme(ctx, enrolment.programme) : undefined
  return { row, enrolment, programme }
}

/** Refuses a time that has not come or lies too far back. */
export function requireTime(ctx: Ctx, at: Date): void {
  const ago = ctx.now.getTime() - at.getTime()
  const code =
    ago < -TOLERANCE_MS
      ? 'careplan.at-in-future'
      : ago > PAST_DAYS * 86_400_000
        ? 'careplan.at-too-long-ago'
        : ''
  if (code) refuse('unprocessable', code, { fields: [{ path: 'body.at', problem: code }] })
}

/** The answers that count; 422 with every answer at fault. */
export function requireAnswers(form: Form, given: Answers): Answers {
  const { kept, problems } = checkAnswers(form.questionnaire, given)
  if (problems.length > 0) refuse('unprocessable', 'careplan.answers-wrong', { fields: problems })
  return kept
}

/** What the answers mean where a programme has rules for them. */
async function judge(ctx: Ctx, taken: Taken, form: Form, kept: Answers): Promise<Judgement | null> {
  if (!taken.programme) return null
  const card = (await cards(ctx, [taken.row.residentId])).get(taken.row.residentId)
  const age = ageOn(card?.birthDate ?? null, dayOf(ctx.now))
  return judgeFollowUp(form.questionnaire, kept, { rules: taken.programme.rules, age })
}

/** The next one of the programme. */
async function planNext(ctx: Ctx, { row, enrolment, programme }: Taken, dueOn: string): Promise<void> {
  if (!enrolment || !programme || enrolment.status !== 'active') return
  const { residentId, institutionId, practitionerId } = enrolment
  await store.add(ctx, [
    {
      ...{ residentId, institutionId, practitionerId: row.practitionerId ?? practitionerId, dueOn },
      ...{ enrolmentId: enrolment.id, source: sourceOf(enrolment.id), reason: row.reason },
      form: programme.form.code,
    },
  ])
}

/** Where the enrolment stands after a follow-up; says so where a referral is to be proposed. */
async function standing(ctx: Ctx, taken: Taken, judged: Judgement, on: string) {
  const { enrolment, programme, row } = taken
  if (!enrolment || !programme || enrolment.status !== 'active') return { nextOn: null, refer: null }
  const nextOn = dayAfter(on, daysToNext(programme.rules, enrolment.risk, judged.verdict))
  const run = judged.verdict === 'satisfactory' ? 0 : enrolment.unsatisfactoryRun + 1
  const next = await enrolments.change(ctx, enrolment, {
    ...{ lastOn: on, lastVerdict: judged.verdict, lastControlled: judged.controlled, nextOn },
    ...{ unsatisfactoryRun: run, missedRun: 0 },
  })
  await planNext(ctx, taken, nextOn)
  const reason = enrolments.referralReason(next, programme)
  const data = {
    ...{ institutionId: row.institutionId, practitionerId: row.practitionerId ?? enrolment.practitionerId },
    ...{ enrolmentId: enrolment.id, programme: enrolment.programme, reason: reason ?? '' },
  }
  const about = {
    ...{
      thing: debtOf(row.residentId, row.institutionId),
      residentId: row.residentId,
      audience: [row.institutionId],
    },
  }
  if (judged.verdict === 'critical')
    await tell(ctx, 'careplan.critical', { ...about, data: { ...data, followUpId: row.id } })
  if (run >= programme.rules.referAfter)
    await tell(ctx, 'careplan.unsatisfactory-twice', { ...about, data: { ...data, run } })
  return { nextOn, refer: reason }
}

type Told = 'careplan.not-reached' | 'careplan.follow-up-refused'
const sayTried = (ctx: Ctx, name: Told, row: store.FollowUpRow) =>
  tell(ctx, name, {
    ...{
      thing: debtOf(row.residentId, row.institutionId),
      residentId: row.residentId,
      audience: [row.institutionId],
    },
    data: {
      ...{ institutionId: row.institutionId, practitionerId: ctx.actor.practitionerId },
      ...{ followUpId: row.id, source: row.source },
    },
  })

export const following: Actions<typeof followUpApi> = {
  listFollowUps: (ctx, { query }) => store.list(ctx, query),
  countFollowUps: (ctx, { query }) => store.count(ctx, query),
  readForm: (ctx, { params, query }) => findForm(ctx, params.code, query.version),

  async record(ctx, { params, body }) {
    const taken = await take(ctx, params.id, 'record')
    const { row } = taken
    await requireLicensed(ctx, ctx.actor.practitionerId, 'followUp', row.institutionId)
    requireTime(ctx, body.at)
    const form = await findForm(ctx, row.form, body.formVersion)
    const kept = requireAnswers(form, body.answers)
    const judged = await judge(ctx, taken, form, kept)
    await store.move(ctx, row, 'record', {
      ...{ way: body.way, doneAt: body.at, doneBy: ctx.actor.practitionerId, formVersion: form.version },
      ...{ answers: JSON.stringify(kept), note: body.note || null, verdict: judged?.verdict ?? null },
      ...{ controlled: judged?.controlled ?? null, findings: JSON.stringify(judged?.findings ?? []) },
    })
    const done = await store.lock(ctx, row.id)
    await showAnswers(ctx, done, form)
    for (const one of toObservations(done, form)) {
      requireShape(one)
      await createResource(ctx, one)
    }
    const { nextOn, refer } = judged
      ? await standing(ctx, taken, judged, dayOf(body.at))
      : { nextOn: null, refer: null }
    await tell(ctx, 'careplan.followed-up', {
      ...{
        thing: debtOf(row.residentId, row.institutionId),
        residentId: row.residentId,
        audience: [row.institutionId],
      },
      data: {
        ...{ institutionId: row.institutionId, practitionerId: ctx.actor.practitionerId },
        ...{ followUpId: row.id, source: row.source, verdict: judged?.verdict ?? null },
      },
    })
    await closeAnswers(ctx, [row])
    await settle(ctx, row.residentId, row.institutionId)
    if (!row.enrolmentId) await settleGrant(ctx, row.residentId, row.source)
    return {
      followUp: await store.find(ctx, row.id),
      ...{ nextOn, refer, enrolmentId: row.enrolmentId, urgent: judged?.verdict === 'critical' },
    }
  },

  async miss(ctx, { params, body }) {
    const taken = await take(ctx, params.id, 'miss')
    const { row, enrolment } = taken
    if (body.nextOn < dayOf(ctx.now)) {
      const fields = [{ path: 'body.nextOn', problem: 'careplan.day-passed' }]
      refuse('unprocessable', 'careplan.day-passed', { fields })
    }
    await store.move(ctx, row, 'miss', { note: body.note, doneBy: ctx.actor.practitionerId })
    const { residentId, institutionId, practitionerId, enrolmentId, source, reason, form } = row
    const next = { residentId, institutionId, practitionerId, enrolmentId, source, reason, form }
    const [nextId] = await store.add(ctx, [{ ...next, dueOn: body.nextOn }])
    if (nextId) await asSystem(ctx, (all) => carrySelfAnswer(all, residentId, row.id, nextId))
    if (enrolment) {
      const set = { missedRun: enrolment.missedRun + 1, nextOn: body.nextOn }
      await enrolments.change(ctx, enrolment, set)
    }
    await sayTried(ctx, 'careplan.not-reached', row)
    await settle(ctx, residentId, institutionId)
    return store.find(ctx, row.id)
  },

  async refuseFollowUp(ctx, { params, body }) {
    const taken = await take(ctx, params.id, 'refuse')
    const { row, enrolment, programme } = taken
    await store.move(ctx, row, 'refuse', { note: body.note, doneBy: ctx.actor.practitionerId })
    if (enrolment && programme) {
      const days = daysToNext(programme.rules, enrolment.risk, 'satisfactory')
      const nextOn = dayAfter(dayOf(ctx.now), days)
      await enrolments.change(ctx, enrolment, { missedRun: enrolment.missedRun + 1, nextOn })
      await planNext(ctx, taken, nextOn)
    }
    await sayTried(ctx, 'careplan.follow-up-refused', row)
    await closeAnswers(ctx, [row])
    await settle(ctx, row.residentId, row.institutionId)
    if (!enrolment) await settleGrant(ctx, row.residentId, row.source)
    return store.find(ctx, row.id)
  },

  async assignFollowUps(ctx, { body }) {
    await requireHere(ctx, body.practitionerId)
    return { assigned: await store.assign(ctx, body.ids, body.practitionerId) }
  },
}
