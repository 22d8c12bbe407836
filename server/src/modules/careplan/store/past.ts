import type { Answers, Form } from '@tongmai/api/careplan/form'
import type { Goal, ProgrammeCode, Risk } from '@tongmai/api/careplan/programme'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import type { Judgement } from '../judge-follow-up.ts'

/** An enrolment with the follow-ups that have been, for demonstrations and imports. */
export interface Past {
  readonly id: string
  readonly residentId: string
  readonly institutionId: string
  readonly practitionerId: string | null
  readonly programme: ProgrammeCode
  readonly title: string
  readonly form: Form
  readonly risk: Risk
  readonly plan: string
  readonly plain: string
  readonly goals: readonly Goal[]
  readonly enrolledOn: string
  readonly source: string
  readonly done: (Judgement & { id: string; dueOn: string; at: Date; by: string | null; answers: Answers })[]
  readonly last: Past['done'][number] | null
  readonly run: number
  readonly missedRun: number
  readonly nextOn: string
  readonly next: { readonly id: string; readonly dueOn: string }
}

const ENROL = `insert into careplan.enrolment (resident_id, id, programme, institution_id, practitioner_id, risk, plan, plain, goals,
    status, enrolled_on, enrolled_by, last_on, last_verdict, last_controlled, unsatisfactory_run, missed_run, next_on)
  select "residentId", id, programme, "institutionId", "practitionerId", risk, plan, plain, goals, 'active', "enrolledOn", 'demo',
    "lastOn", "lastVerdict", "lastControlled", run, "missedRun", "nextOn"
  from jsonb_to_recordset($1::jsonb) x ("residentId" uuid, id uuid, programme text, "institutionId" uuid, "practitionerId" uuid,
    risk text, plan text, plain text, goals jsonb, "enrolledOn" date, "lastOn" date, "lastVerdict" text, "lastControlled" boolean,
    run int, "missedRun" int, "nextOn" date)`

const FOLLOW = `insert into careplan.follow_up (resident_id, id, institution_id, practitioner_id, enrolment_id, source, reason, form,
    form_version, due_on, status, way, done_at, done_by, recorded_at, answers, verdict, controlled, findings)
  select "residentId", id, "institutionId", "practitionerId", "enrolmentId", source, reason, form, version, "dueOn", status, way, at,
    "by", at, answers, verdict, controlled, findings
  from jsonb_to_recordset($1::jsonb) x ("residentId" uuid, id uuid, "institutionId" uuid, "practitionerId" uuid, "enrolmentId" uuid,
    source text, reason text, form text, version int, "dueOn" date, status text, way text, at timestamptz, "by" uuid, answers jsonb,
    verdict text, controlled boolean, findings jsonb)`

/** Adds very many at once. */
export async function addMany(ctx: Ctx, all: readonly Past[]): Promise<void> {
  const enrolments = all.map(({ done: _, last, form: __, ...one }) => ({
    ...one,
    lastOn: last && dayOf(last.at),
    lastVerdict: last?.verdict ?? null,
    lastControlled: last?.controlled ?? null,
  }))
  const followUps = all.flatMap((one) => {
    const { residentId, institutionId, practitionerId, source } = one
    const of = { residentId, institutionId, practitionerId, source, enrolmentId: one.id }
    const more = { ...of, reason: `${one.title}随访`, form: one.form.code }
    const way = 'clinic'
    return [
      ...one.done.map((past) => ({ ...more, ...past, version: one.form.version, status: 'done', way })),
      { ...more, ...one.next, status: 'due' },
    ]
  })
  await ctx.client.query({ text: ENROL, values: [JSON.stringify(enrolments)] })
  await ctx.client.query({ text: FOLLOW, values: [JSON.stringify(followUps)] })
}
