import type { FollowedPathway, followingPathwayApi } from '@tongmai/api/careplan/following-pathway'
import type { PathwayStep } from '@tongmai/api/careplan/pathway'
import { ownInstitution } from '../../../kernel/actor.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import type { Actions } from '../../../kernel/module.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { createResource, requireShape } from '../../../kernel/resource/write.ts'
import { endGrant, grant, requireResident } from '../../resident/index.ts'
import { requireLicensed } from '../../workforce/index.ts'
import { tell } from '../events.ts'
import { toObservations } from '../fhir.ts'
import { debtOf, pathwayGrantOf } from '../policy.ts'
import { factsOf } from '../store/fact.ts'
import * as store from '../store/followed-pathway.ts'
import { findForm } from '../store/form.ts'
import * as pathways from '../store/pathway.ts'
import { weighSteps } from '../weigh-step.ts'
import { requireAnswers, requireTime } from './following.ts'
import { showAnswers } from './show.ts'
import { showFollowed } from './show-pathway.ts'

type Listed = Awaited<ReturnType<typeof store.listOf>>[number]

/** One pathway as it stands for a resident now. */
async function standing(ctx: Ctx, row: Listed, inForce: Awaited<ReturnType<typeof pathways.listInForce>>) {
  const records = await store.listRecords(ctx, { residentId: row.residentId, followedId: row.id })
  const last = new Map(records.toReversed().map((one) => [one.step, one]))
  const guidelines = new Map((await pathways.listGuidelines(ctx)).map((one) => [one.code, one]))
  const facts = await factsOf(ctx, row.residentId, row.programme)
  const today = dayOf(ctx.now)
  const { steps, next } = weighSteps(row.steps, { facts, last, guidelines, today, dayOf })
  const newer = inForce.find((one) => one.line === row.line && one.id !== row.pathwayId)
  const followed: FollowedPathway = {
    ...{
      id: row.id,
      pathwayId: row.pathwayId,
      title: row.title,
      version: row.version,
      owner: row.owner ?? '',
    },
    ...{ programme: row.programme, mine: row.institutionId === ctx.actor.institutionId },
    ...{ startedOn: row.startedOn, endedOn: row.endedOn, withdrawn: row.status === 'withdrawn' },
    newer: newer ? { id: newer.id, version: newer.version } : null,
    ...{ next: row.endedOn ? null : next, steps, records },
  }
  return followed
}

async function pathwaysOf(ctx: Ctx, residentId: string) {
  const inForce = await pathways.listInForce(ctx)
  const rows = await store.listOf(ctx, residentId)
  const followed: FollowedPathway[] = []
  for (const row of rows) followed.push(await standing(ctx, row, inForce))
  const taken = new Set(rows.filter((row) => row.endedOn === null).map((row) => row.line))
  const offered = inForce
    .filter((one) => !taken.has(one.line))
    .map(({ line: _, owner, ...one }) => ({ ...one, owner: owner ?? '' }))
  return { followed, offered }
}

/** A pathway that goes on here, with the version it follows and the step that is meant; 404, 409. */
async function take(ctx: Ctx, id: string, code?: string) {
  const row = await store.lock(ctx, id)
  if (row.endedOn) refuse('conflict', 'careplan.followed-pathway-ended')
  await requireLicensed(ctx, ctx.actor.practitionerId, 'followUp', row.institutionId)
  const pathway = await pathways.read(ctx, row.pathwayId)
  const step = pathway.steps.find((one) => one.code === code)
  if (code !== undefined && !step) refuse('missing', 'careplan.step-missing')
  if (step && step.guideline === null) refuse('conflict', 'careplan.step-off')
  return { row, pathway, step: step as PathwayStep }
}

const announce = (ctx: Ctx, row: store.FollowedRow, data: { step: string; outcome: 'done' | 'skipped' }) =>
  tell(ctx, 'careplan.step-recorded', {
    ...{ thing: debtOf(row.residentId, row.institutionId), residentId: row.residentId },
    audience: [row.institutionId],
    data: {
      ...{ institutionId: row.institutionId, practitionerId: ctx.actor.practitionerId },
      ...{ followedId: row.id, pathwayId: row.pathwayId, ...data },
    },
  })

/** Puts the resident's pathway into the FHIR store as it now stands. */
async function project(ctx: Ctx, row: store.FollowedRow): Promise<void> {
  const pathway = await pathways.read(ctx, row.pathwayId)
  const records = await store.listRecords(ctx, { residentId: row.residentId, followedId: row.id })
  await showFollowed(ctx, { row, pathway, records })
}

const blank = { reason: null, form: null, formVersion: null, answers: null }
const recordOf = (ctx: Ctx, row: store.FollowedRow, step: PathwayStep) => ({
  ...{
    residentId: row.residentId,
    id: ctx.id(),
    followedId: row.id,
    pathwayId: row.pathwayId,
    step: step.code,
  },
  ...{ institutionId: row.institutionId, byId: ctx.actor.practitionerId },
})

export const followingPathway: Actions<typeof followingPathwayApi> = {
  async readResidentPathways(ctx, { params }) {
    await requireResident(ctx, params.id, 'record')
    return pathwaysOf(ctx, params.id)
  },

  async startPathway(ctx, { params, body }) {
    const institutionId = ownInstitution(ctx.actor)
    await requireResident(ctx, params.id, 'record')
    await requireLicensed(ctx, ctx.actor.practitionerId, 'followUp', institutionId)
    const pathway = await pathways.read(ctx, body.pathwayId)
    if (pathway.status !== 'published') refuse('conflict', 'careplan.pathway-not-in-force')
    const id = ctx.id()
    await store.add(ctx, {
      ...{ id, residentId: params.id, institutionId, pathwayId: pathway.id, line: pathway.line },
      ...{ startedOn: dayOf(ctx.now), startedBy: ctx.actor.practitionerId },
    })
    const given = {
      residentId: params.id,
      institutionId,
      basis: 'treatment' as const,
      depth: 'full' as const,
    }
    await grant(ctx, { ...given, source: pathwayGrantOf(id) })
    const row = await store.lock(ctx, id)
    await project(ctx, row)
    await announce(ctx, row, { step: '', outcome: 'done' })
    return pathwaysOf(ctx, params.id)
  },

  async doStep(ctx, { params, body }) {
    const { row, step } = await take(ctx, params.id, params.code)
    requireTime(ctx, body.at)
    const form = step.form ? await findForm(ctx, step.form, body.formVersion ?? undefined) : null
    const kept = form ? requireAnswers(form, body.answers) : null
    if (!form && !body.note) {
      const fields = [{ path: 'body.note', problem: 'careplan.say-what-was-done' }]
      refuse('unprocessable', 'careplan.say-what-was-done', { fields })
    }
    const record = {
      ...recordOf(ctx, row, step),
      ...blank,
      outcome: 'done' as const,
      at: body.at,
      note: body.note,
    }
    const filled = { form: form?.code ?? null, formVersion: form?.version ?? null }
    await store.addRecord(ctx, { ...record, ...filled, answers: kept && JSON.stringify(kept) })
    if (form) {
      const answered = { ...record, doneAt: body.at, doneBy: record.byId, answers: kept }
      await showAnswers(ctx, answered, form)
      for (const one of toObservations(answered, form)) {
        requireShape(one)
        await createResource(ctx, one)
      }
    }
    await project(ctx, row)
    await announce(ctx, row, { step: step.code, outcome: 'done' })
    return pathwaysOf(ctx, row.residentId)
  },

  async skipStep(ctx, { params, body }) {
    const { row, step } = await take(ctx, params.id, params.code)
    await store.addRecord(ctx, {
      ...{ ...recordOf(ctx, row, step), ...blank, outcome: 'skipped', at: ctx.now, ...body },
    })
    await project(ctx, row)
    await announce(ctx, row, { step: step.code, outcome: 'skipped' })
    return pathwaysOf(ctx, row.residentId)
  },

  async renewPathway(ctx, { params }) {
    const { row } = await take(ctx, params.id)
    const newer = (await pathways.listInForce(ctx)).find((one) => one.line === row.line)
    if (!newer || newer.id === row.pathwayId) refuse('conflict', 'careplan.no-newer-version')
    await project(ctx, await store.change(ctx, row, { pathwayId: (newer as { id: string }).id }))
    return pathwaysOf(ctx, row.residentId)
  },

  async endPathway(ctx, { params, body }) {
    const { row } = await take(ctx, params.id)
    const ended = await store.change(ctx, row, { endedOn: dayOf(ctx.now), endReason: body.reason })
    await endGrant(ctx, { source: pathwayGrantOf(row.id), residentId: row.residentId })
    await project(ctx, ended)
    return pathwaysOf(ctx, row.residentId)
  },
}
