import type { Input } from '@tongmai/api/kernel'
import type { Mastery, techniqueApi } from '@tongmai/api/technique'
import { ownInstitution } from '../../../kernel/actor.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import { attach } from '../../../kernel/file.ts'
import type { Actions } from '../../../kernel/module.ts'
import { allow, refuse } from '../../../kernel/refusal.ts'
import { findDepartment, leadsOver } from '../../network/index.ts'
import { findPractitioner } from '../../workforce/index.ts'
import { type techniqueEvents, tell } from '../events.ts'
import { isTeacher, maySign, whyNotNow, whyNotYours } from '../policy.ts'
import * as store from '../store/mastery.ts'
import * as techniques from '../store/technique.ts'

const shown = (ctx: Ctx, { evidenceHash, evidenceName, ...row }: store.MasteryRow): Mastery => ({
  ...row,
  evidence: evidenceHash === null ? null : { hash: evidenceHash, name: evidenceName ?? evidenceHash },
  mayWithdraw: row.state === 'live' && maySign(ctx.actor) && isTeacher(ctx.actor, row),
})

type About = Exclude<keyof typeof techniqueEvents, 'technique.catalogued'>

async function tellAbout(ctx: Ctx, name: About, row: store.MasteryRow): Promise<void> {
  const { id, techniqueId, institutionId, departmentId, practitionerId, teacherId, until, state } = row
  await tell(ctx, name, {
    thing: `technique:${techniqueId}`,
    // Whoever may send patients there hears of it: what they are advised has changed.
    audience: [...new Set([institutionId, teacherId, ...(await store.listPartners(ctx, institutionId))])],
    data: {
      masteryId: id,
      techniqueId,
      institutionId,
      departmentId,
      practitionerId,
      teacherId,
      until,
      state,
    },
  })
}

type SignOff = Input<typeof techniqueApi.signOff>['body']

/** Whether this hospital may sign for that department now; refuses with the reason where not. */
async function requireMaySign(ctx: Ctx, techniqueId: string, body: SignOff, institutionId: string) {
  const teacherId = ownInstitution(ctx.actor)
  const technique = await techniques.lock(ctx, techniqueId)
  const isOwn = institutionId === teacherId
  const masters = (await store.listLive(ctx, techniqueId)).some((one) => one.institutionId === teacherId)
  const leads = isOwn || (await leadsOver(ctx, teacherId, institutionId))
  const standing = {
    retired: technique.retiredOn !== null,
    restricted: technique.level === 'restricted',
    filing: body.filing,
    isOwn,
    leads,
    masters,
  }
  const notYours = whyNotYours(standing)
  allow(notYours === undefined, notYours ?? '')
  const notNow = whyNotNow(standing)
  if (notNow) refuse('conflict', notNow, { details: { name: technique.name } })
}

async function requireBody(ctx: Ctx, body: SignOff, institutionId: string): Promise<void> {
  const wrong = (path: string, problem: string) =>
    refuse('unprocessable', `technique.${problem}`, { fields: [{ path, problem }] })
  if (body.until !== null && body.until < body.since) wrong('until', 'ends-before-it-starts')
  if (body.until !== null && body.until < dayOf(ctx.now)) wrong('until', 'over-already')
  if (body.practitionerId === null) return
  const { sites } = await findPractitioner(ctx, body.practitionerId)
  const today = dayOf(ctx.now)
  const practises = sites.some(
    (site) => site.institutionId === institutionId && (site.until === null || site.until >= today),
  )
  if (!practises) wrong('practitionerId', 'practises-elsewhere')
}

/** Ends a mastery whose last day is over. */
export async function expire(ctx: Ctx, id: string): Promise<void> {
  const before = await store.lock(ctx, id)
  if (before.state !== 'live' || before.until === null || before.until >= dayOf(ctx.now)) return
  await store.move(ctx, id, { state: 'expired', reason: null })
  await tellAbout(ctx, 'technique.expired', { ...before, state: 'expired' })
}

export const masteryActions: Pick<
  Actions<typeof techniqueApi>,
  'listMasteries' | 'signOff' | 'withdrawMastery'
> = {
  async listMasteries(ctx, { query }) {
    const { items, total } = await store.list(ctx, query)
    return { items: items.map((row) => shown(ctx, row)), total }
  },

  async signOff(ctx, { params, body }) {
    await techniques.find(ctx, params.id)
    const { institutionId } = await findDepartment(ctx, body.departmentId)
    await requireMaySign(ctx, params.id, body, institutionId)
    await requireBody(ctx, body, institutionId)
    const { evidence, ...facts } = body
    if (evidence) await attach(ctx, [evidence.hash])
    const id = ctx.id()
    const added = await store.add(ctx, {
      ...facts,
      id,
      techniqueId: params.id,
      institutionId,
      evidenceHash: evidence?.hash ?? null,
      evidenceName: evidence?.name ?? null,
      teacherId: ownInstitution(ctx.actor),
      signerName: await store.findSigner(ctx),
    })
    if (!added) refuse('conflict', 'technique.signed-off-already')
    const row = await store.find(ctx, id)
    await tellAbout(ctx, 'technique.signed-off', row)
    return shown(ctx, row)
  },

  async withdrawMastery(ctx, { params, body }) {
    const row = await store.lock(ctx, params.id)
    allow(isTeacher(ctx.actor, row), 'technique.only-the-teacher-withdraws')
    if (row.state !== 'live') refuse('conflict', 'technique.ended-already')
    await store.move(ctx, row.id, { state: 'withdrawn', reason: body.reason })
    const ended = await store.find(ctx, row.id)
    await tellAbout(ctx, 'technique.withdrawn', ended)
    return shown(ctx, ended)
  },
}
