import type { PathwayMove, pathwayApi } from '@tongmai/api/careplan/pathway'
import { programmeCode } from '@tongmai/api/careplan/programme'
import { ownInstitution } from '../../../kernel/actor.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import type { Actions } from '../../../kernel/module.ts'
import { allow, refuse } from '../../../kernel/refusal.ts'
import { compareSteps } from '../compare-steps.ts'
import { tell } from '../events.ts'
import { examples } from '../example-pathway.ts'
import { pathwayActs, pathwayNotNow, pathwayNotTheirs } from '../policy.ts'
import { formCodes } from '../store/form.ts'
import * as store from '../store/pathway.ts'
import { showPathway } from './show-pathway.ts'

type Steps = store.PathwayRow['steps']

/** Names what cannot be: a code twice, a form or guideline that there is not, a form where none is filled in. */
async function requireSteps(ctx: Ctx, steps: Steps): Promise<void> {
  const forms = await formCodes(ctx)
  const guidelines = new Set((await store.listGuidelines(ctx)).map((one) => one.code))
  const codes = steps.map((step) => step.code)
  const fields = steps.flatMap((step, n) => {
    const wrong = (name: string, problem: string) => [{ path: `body.steps.${n}.${name}`, problem }]
    if (codes.indexOf(step.code) !== n) return wrong('code', 'careplan.step-twice')
    if (step.kind === 'form' && (!step.form || !forms.has(step.form)))
      return wrong('form', 'careplan.form-missing')
    if (step.kind !== 'form' && step.form) return wrong('form', 'careplan.form-not-asked')
    if (step.guideline && !guidelines.has(step.guideline))
      return wrong('guideline', 'careplan.guideline-missing')
    return []
  })
  if (fields.length > 0) refuse('unprocessable', 'careplan.steps-wrong', { fields })
}

const show = async (ctx: Ctx, id: string) => {
  const found = await store.find(ctx, id)
  return { ...found, acts: pathwayActs(ctx.actor, await store.read(ctx, id)) }
}

/** A version of one's own that may be moved on now, held: 404, 403, 409. */
async function take(ctx: Ctx, id: string, move: PathwayMove | 'change'): Promise<store.PathwayRow> {
  // What is in force can be seen by all, and held by its owner only.
  const others = pathwayNotTheirs(ctx.actor, await store.read(ctx, id), move)
  allow(others === undefined, others ?? '')
  const row = await store.lock(ctx, id)
  const why = pathwayNotNow(row, move)
  if (why) refuse('conflict', why)
  return row
}

const announce = (ctx: Ctx, row: store.PathwayRow, move: 'publish' | 'withdraw' | 'sendToReview') =>
  tell(ctx, 'careplan.pathway-moved', {
    ...{ thing: `pathway:${row.id}`, residentId: null, audience: [row.institutionId] },
    data: {
      ...{ institutionId: row.institutionId, practitionerId: ctx.actor.practitionerId, pathwayId: row.id },
      ...{ move, title: row.title, version: row.version },
    },
  })

interface Draft {
  readonly line: string
  readonly basedOn: string | null
  readonly written: Pick<store.PathwayRow, 'programme' | 'title' | 'note' | 'steps'>
}

async function addDraft(ctx: Ctx, { line, basedOn, written }: Draft): Promise<string> {
  const id = ctx.id()
  const { steps, ...said } = written
  await store.add(ctx, {
    ...{ id, line, basedOn, ...said, steps: JSON.stringify(steps), status: 'draft' },
    ...{ institutionId: ownInstitution(ctx.actor), version: await store.nextVersion(ctx, line) },
    ...{ authorId: ctx.actor.practitionerId, changedAt: ctx.now },
  })
  return id
}

/** Only what is or was in force can be built on. */
async function requireBase(ctx: Ctx, id: string): Promise<store.PathwayRow> {
  const base = await store.read(ctx, id)
  if (base.publishedOn === null) refuse('conflict', 'careplan.pathway-not-in-force')
  return base
}

async function publish(ctx: Ctx, row: store.PathwayRow): Promise<store.PathwayRow> {
  const before = await store.lockInForce(ctx, row.line)
  const today = dayOf(ctx.now)
  if (before) await showPathway(ctx, await store.move(ctx, before, 'replace', { endedOn: today }))
  return store.move(ctx, row, 'publish', { publishedOn: today, comment: null })
}

export const pathways: Actions<typeof pathwayApi> = {
  listPathways: (ctx, { query }) => store.list(ctx, query),
  listGuidelines: (ctx) => store.listGuidelines(ctx),
  listPathwayExamples: async () =>
    programmeCode.options.map((programme) => ({ programme, ...examples[programme] })),
  readPathway: (ctx, { params }) => show(ctx, params.id),

  async comparePathways(ctx, { params, query }) {
    const after = await store.read(ctx, params.id)
    const from = query.from ?? after.basedOn ?? refuse('missing', 'careplan.nothing-to-compare')
    const before = await store.read(ctx, from)
    return {
      ...compareSteps(before.steps, after.steps),
      ...{ before: await store.findLine(ctx, from), after: await store.findLine(ctx, after.id) },
    }
  },

  async draftPathway(ctx, { body }) {
    const { basedOn, ...written } = body
    if (basedOn) await requireBase(ctx, basedOn)
    await requireSteps(ctx, written.steps)
    return show(ctx, await addDraft(ctx, { line: ctx.id(), basedOn, written }))
  },

  async derivePathway(ctx, { params }) {
    const base = await requireBase(ctx, params.id)
    const mine = base.institutionId === ctx.actor.institutionId
    const { programme, title, note, steps } = base
    const written = { programme, title, note, steps }
    const line = mine ? base.line : ctx.id()
    return show(ctx, await addDraft(ctx, { line, basedOn: base.id, written }))
  },

  async changePathway(ctx, { params, body }) {
    const row = await take(ctx, params.id, 'change')
    const { steps, revision, ...set } = body
    if (revision !== row.revision) refuse('conflict', 'careplan.pathway-stale')
    await requireSteps(ctx, steps)
    const author = { authorId: ctx.actor.practitionerId }
    await store.change(ctx, row, { ...set, ...author, steps: JSON.stringify(steps) })
    return show(ctx, row.id)
  },

  async sendPathwayToReview(ctx, { params }) {
    const row = await store.move(ctx, await take(ctx, params.id, 'sendToReview'), 'sendToReview', {
      comment: null,
    })
    await announce(ctx, row, 'sendToReview')
    return show(ctx, row.id)
  },

  async returnPathway(ctx, { params, body }) {
    const set = { comment: body.comment, reviewerId: null }
    await store.move(ctx, await take(ctx, params.id, 'return'), 'return', set)
    return show(ctx, params.id)
  },

  async reviewPathway(ctx, { params, body }) {
    const set = { reviewerId: ctx.actor.practitionerId, comment: body.comment || null }
    await store.move(ctx, await take(ctx, params.id, 'review'), 'review', set)
    return show(ctx, params.id)
  },

  async publishPathway(ctx, { params }) {
    const row = await publish(ctx, await take(ctx, params.id, 'publish'))
    await showPathway(ctx, row)
    await announce(ctx, row, 'publish')
    return show(ctx, row.id)
  },

  async withdrawPathway(ctx, { params, body }) {
    const set = { endedOn: dayOf(ctx.now), endNote: body.reason }
    const row = await store.move(ctx, await take(ctx, params.id, 'withdraw'), 'withdraw', set)
    await showPathway(ctx, row)
    await announce(ctx, row, 'withdraw')
    return show(ctx, row.id)
  },

  async discardPathway(ctx, { params }) {
    await store.move(ctx, await take(ctx, params.id, 'discard'), 'discard')
    return show(ctx, params.id)
  },
}
