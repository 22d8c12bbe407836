import type { EndReason } from '@tongmai/api/careplan/flow'
import { cannot } from '@tongmai/api/careplan/flow'
import type { programmeApi } from '@tongmai/api/careplan/programme'
import { ownInstitution } from '../../../kernel/actor.ts'
import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import type { Actions } from '../../../kernel/module.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { endGrant, grant, requireResident } from '../../resident/index.ts'
import { findPractitioner, requireLicensed } from '../../workforce/index.ts'
import { tell } from '../events.ts'
import { debtOf, pathwayGrantOf, sourceOf } from '../policy.ts'
import * as store from '../store/enrolment.ts'
import { add as addFollowUps } from '../store/follow-up.ts'
import { endAllOf as endPathways } from '../store/followed-pathway.ts'
import { findProgramme, listProgrammes } from '../store/form.ts'
import { endAllOf } from '../store/planned.ts'
import { closeAnswers } from './answered.ts'
import { noteCared } from './chain.ts'
import { settle } from './overdue.ts'
import { endFollowUps, settleGrant } from './planned.ts'
import { proposing } from './proposing.ts'
import { showPlan } from './show.ts'

type Told = 'careplan.enrolled' | 'careplan.plan-changed'

const dataOf = (row: store.EnrolmentRow) => ({
  ...{ institutionId: row.institutionId, practitionerId: row.practitionerId },
  ...{ enrolmentId: row.id, programme: row.programme },
})

const announce = (ctx: Ctx, row: store.EnrolmentRow, name: Told) =>
  tell(ctx, name, {
    ...{
      thing: debtOf(row.residentId, row.institutionId),
      residentId: row.residentId,
      audience: [row.institutionId],
    },
    data: dataOf(row),
  })

/** The first follow-up may be due today at the earliest. */
function requireComing(ctx: Ctx, path: string, day: string): void {
  if (day >= dayOf(ctx.now)) return
  const fields = [{ path, problem: 'careplan.day-passed' }]
  refuse('unprocessable', 'careplan.day-passed', { fields })
}

/** Somebody who works at the actor's institution, or the actor. */
export async function requireHere(ctx: Ctx, practitionerId: string | null): Promise<string | null> {
  if (!practitionerId) return ctx.actor.practitionerId
  const person = await findPractitioner(ctx, practitionerId)
  const here = person.sites.some((site) => site.institutionId === ownInstitution(ctx.actor))
  return here ? practitionerId : refuse('unprocessable', 'careplan.practitioner-not-here')
}

/** Ends one enrolment, with what it planned and the access it gave. */
async function end(ctx: Ctx, row: store.EnrolmentRow, reason: EndReason): Promise<void> {
  const ended = await store.end(ctx, row, reason)
  await endFollowUps(ctx, sourceOf(row.id))
  await endGrant(ctx, { source: sourceOf(row.id) })
  const programme = (await listProgrammes(ctx)).find((one) => one.code === row.programme)
  await showPlan(ctx, ended, programme?.name ?? '')
  await tell(ctx, 'careplan.enrolment-ended', {
    ...{
      thing: debtOf(row.residentId, row.institutionId),
      residentId: row.residentId,
      audience: [row.institutionId],
    },
    data: { ...dataOf(row), reason },
  })
}

/** Somebody has died or moved: every programme ends, and whatever else is due. */
export async function endEverything(ctx: Ctx, residentId: string, reason: 'died' | 'moved'): Promise<void> {
  await asSystem(ctx, async (all) => {
    for (const row of await store.lockLive(all, residentId)) await end(all, row, reason)
    for (const row of await endPathways(all, residentId, reason))
      await endGrant(all, { source: pathwayGrantOf(row.id), residentId })
    const ended = await endAllOf(all, residentId)
    await closeAnswers(all, ended)
    for (const row of ended) {
      await settle(all, residentId, row.institutionId)
      await settleGrant(all, residentId, row.source)
    }
  })
}

export const enrolling: Actions<typeof programmeApi> = {
  listProgrammes: (ctx) => listProgrammes(ctx),
  countProgrammes: (ctx, { query }) => store.count(ctx, query),
  ...proposing,
  listEnrolments: (ctx, { query }) => store.list(ctx, query),

  async enrol(ctx, { body }) {
    const institutionId = ownInstitution(ctx.actor)
    await requireResident(ctx, body.residentId)
    await requireLicensed(ctx, ctx.actor.practitionerId, 'followUp', institutionId)
    requireComing(ctx, 'body.firstOn', body.firstOn)
    const practitionerId = await requireHere(ctx, body.practitionerId ?? null)
    const programme = await findProgramme(ctx, body.programme)
    const id = ctx.id()
    const { residentId, risk, plan, plain, diagnosedOn, firstOn } = body
    await store.add(ctx, {
      ...{ id, residentId, programme: body.programme, institutionId, practitionerId, risk, plan, plain },
      ...{ diagnosedOn, goals: JSON.stringify(body.goals), status: 'active', enrolledOn: dayOf(ctx.now) },
      ...{ enrolledBy: ctx.actor.id, nextOn: firstOn },
    })
    await addFollowUps(ctx, [
      {
        ...{ residentId, institutionId, practitionerId, enrolmentId: id, source: sourceOf(id) },
        ...{ reason: `${programme.name}随访`, form: programme.form.code, dueOn: firstOn },
      },
    ])
    const given = { residentId, institutionId, basis: 'treatment' as const, depth: 'full' as const }
    await grant(ctx, { ...given, source: sourceOf(id) })
    const confirmedOn = diagnosedOn ?? dayOf(ctx.now)
    await noteCared(ctx, { residentId, programme: body.programme, institutionId, confirmedOn })
    const row = await store.lock(ctx, id)
    await showPlan(ctx, row, programme.name)
    await announce(ctx, row, 'careplan.enrolled')
    return store.find(ctx, id, residentId)
  },

  async changePlan(ctx, { params, body }) {
    const row = await store.lock(ctx, params.id)
    if (row.status !== 'active') refuse('conflict', 'careplan.cannot-change-when-ended')
    await requireLicensed(ctx, ctx.actor.practitionerId, 'followUp', row.institutionId)
    const { goals, ...set } = body
    const next = await store.change(ctx, row, { ...set, goals: JSON.stringify(goals) })
    await showPlan(ctx, next, (await findProgramme(ctx, row.programme)).name)
    await announce(ctx, next, 'careplan.plan-changed')
    return store.find(ctx, row.id, row.residentId)
  },

  async endEnrolment(ctx, { params, body }) {
    const row = await store.lock(ctx, params.id)
    if (row.status !== 'active') refuse('conflict', cannot('end', row.status))
    await end(ctx, row, body.reason)
    return store.find(ctx, row.id, row.residentId)
  },
}
