import type { ComparedLink, LinkLine, LinkState, LinkStep, linkApi } from '@tongmai/api/resident/link'
import { ownInstitution } from '../../../kernel/actor.ts'
import { caseOf, closeCase } from '../../../kernel/case.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Actions } from '../../../kernel/module.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { tell } from '../events.ts'
import type { Matched } from '../match-resident.ts'
import * as store from '../store/link.ts'
import { namesOf } from '../store/objection.ts'
import { comesApart, follow, joinsApart, thingOf, toDecide } from './apart.ts'
import { basesFor, basisFor } from './lawful.ts'

const byMatcher = 'matcher'
const evidenceOf = (matched: Matched): string => matched.weights.map(({ level }) => level).join(' ')

/** Moves a link to its next state, the only writer of it, and lets everything follow. */
async function move(
  ctx: Ctx,
  row: store.LinkRow,
  to: { state: LinkState; note: string; survivorId?: string | null },
): Promise<void> {
  const { state, note, survivorId = null } = to
  await store.change(ctx, row, { state, survivorId })
  await store.addStep(ctx, { row, state, note })
  if (row.state === 'linked' && state === 'undone') await comesApart(ctx, row)
  if (state === 'linked' || row.state === 'linked') await follow(ctx, [row.residentId, row.otherId])
  if (await caseOf(ctx, thingOf(row))) await closeCase(ctx, thingOf(row))
  const names = { proposed: 'proposed', linked: 'made', separate: 'refused', undone: 'undone' } as const
  const data = { linkId: row.id, otherId: row.otherId }
  await tell(ctx, `resident.link-${names[state]}`, {
    thing: `resident:${row.residentId}`,
    residentId: row.residentId,
    audience: [...new Set([row.institutionId, ctx.actor.institutionId ?? row.institutionId])],
    data,
  })
}

interface NewLink {
  readonly a: string
  readonly b: string
  readonly institutionId: string
  readonly note: string
  readonly matched?: Matched
}

/** Writes down a pair for the first time, to be decided. */
async function propose(ctx: Ctx, link: NewLink): Promise<store.LinkRow> {
  const { a, b, institutionId, note, matched } = link
  const row = {
    ...{ ...store.pairOf(a, b), id: ctx.id(), institutionId, note, proposedAt: ctx.now },
    ...{ proposedBy: matched ? byMatcher : ctx.actor.id, byMatcher: matched !== undefined },
    ...foundOf(matched),
    state: 'proposed' as const,
    survivorId: null,
  }
  await store.add(ctx, row)
  await store.addStep(ctx, { row, state: 'proposed', note })
  return { ...row, weights: matched?.weights ?? null }
}

const foundOf = (matched: Matched | undefined) => ({
  probability: matched?.probability ?? null,
  weights: matched ? JSON.stringify(matched.weights) : null,
  evidence: matched ? evidenceOf(matched) : null,
  held: matched?.held ?? null,
})

/**
 * The matcher has found that two residents may be one. Above the upper threshold they are linked, with the reason;
 * else people decide, also where it would bring two together who were said to be two. What a person has decided once is reopened by other evidence only, and then for people. The
 * caller holds both.
 */
export async function found(
  ctx: Ctx,
  residentId: string,
  judged: Matched & { residentId: string },
): Promise<void> {
  const institutionId = ctx.actor.institutionId
  if (institutionId === null) return
  const known = await store.lockPair(ctx, store.pairOf(residentId, judged.residentId))
  if (known?.state === 'linked' || known?.evidence === evidenceOf(judged)) return
  const isDisputed = judged.verdict === 'link' && (await joinsApart(ctx, residentId, judged.residentId))
  const matched = isDisputed ? { ...judged, verdict: 'review' as const, held: 'apart' as const } : judged
  const note = `${byMatcher}:${matched.verdict}`
  if (!known) {
    const row = await propose(ctx, { a: residentId, b: matched.residentId, institutionId, note, matched })
    return matched.verdict === 'link' ? move(ctx, row, { state: 'linked', note }) : toDecide(ctx, row)
  }
  await store.change(ctx, known, foundOf(matched))
  if (known.state !== 'proposed') {
    await store.change(ctx, known, { state: 'proposed' })
    await store.addStep(ctx, { row: known, state: 'proposed', note: `${byMatcher}:again` })
    return toDecide(ctx, known)
  }
  if (known.byMatcher && matched.verdict === 'link') await move(ctx, known, { state: 'linked', note })
}

/**
 * The identity numbers of a resident and of those they are one with are those of two persons: what the matcher had
 * linked waits for people, as it is judged now; what people linked stays. The caller holds all of them.
 */
export async function putBeforePeople(
  ctx: Ctx,
  residentId: string,
  judgeNow: (otherId: string) => Promise<Matched | undefined>,
): Promise<void> {
  const edges = await store.listComponent(ctx, [residentId])
  for (const row of edges) {
    if (row.residentId !== residentId && row.otherId !== residentId) continue
    if (!(await store.isLinkedByMatcher(ctx, row))) continue
    const matched = await judgeNow(row.residentId === residentId ? row.otherId : row.residentId)
    await store.change(ctx, row, { ...foundOf(matched), state: 'proposed', held: 'other-number' })
    await store.addStep(ctx, { row, state: 'proposed', note: `${byMatcher}:number` })
    await toDecide(ctx, row)
  }
  await follow(ctx, [residentId, ...edges.flatMap((row) => [row.residentId, row.otherId])])
}

/** A person at the desk says that two residents are one; decided by whoever may link. Answers undefined where known. */
export async function proposeByHand(ctx: Ctx, link: NewLink): Promise<string | undefined> {
  await store.lockWhole(ctx, [link.a, link.b])
  const known = await store.lockPair(ctx, store.pairOf(link.a, link.b))
  if (known && known.state !== 'undone' && known.state !== 'separate') return undefined
  if (!known) {
    const row = await propose(ctx, link)
    await toDecide(ctx, row)
    return row.id
  }
  await proposeAgain(ctx, known, link)
  return known.id
}

/** What was decided is to be decided anew. */
async function proposeAgain(
  ctx: Ctx,
  row: store.LinkRow,
  { institutionId, note }: { institutionId: string; note: string },
): Promise<void> {
  await store.change(ctx, row, { state: 'proposed', note, institutionId })
  await store.addStep(ctx, { row, state: 'proposed', note })
  await toDecide(ctx, { ...row, institutionId })
}

/**
 * Makes two residents one person, by whoever is entitled to say so (a merge of a hospital's system, HL7 A40). With a
 * survivor the other one is `replaced-by` it. Nothing is copied; `unlinkResidents` takes it back. Whom a person took apart
 * waits for a person again.
 */
export async function linkResidents(
  ctx: Ctx,
  of: { residentId: string; otherId: string; survivorId?: string | null; reason: string },
): Promise<{ linkId: string }> {
  const { residentId, otherId, survivorId = null, reason } = of
  if (residentId === otherId) refuse('conflict', 'resident.link-to-self')
  await store.lockWhole(ctx, [residentId, otherId])
  const known = await store.lockPair(ctx, store.pairOf(residentId, otherId))
  const institutionId = ownInstitution(ctx.actor)
  if (known && known.state !== 'linked' && (await store.isTakenApartByHand(ctx, known))) {
    if (known.state !== 'proposed') await proposeAgain(ctx, known, { institutionId, note: reason })
    return { linkId: known.id }
  }
  const row = known ?? (await propose(ctx, { a: residentId, b: otherId, institutionId, note: reason }))
  if (row.state !== 'linked' || row.survivorId !== survivorId)
    await move(ctx, row, { state: 'linked', note: reason, survivorId })
  return { linkId: row.id }
}

/** Takes the link of two residents back; false where they are not linked directly. */
export async function unlinkResidents(
  ctx: Ctx,
  of: { residentId: string; otherId: string; reason: string },
): Promise<boolean> {
  await store.lockWhole(ctx, [of.residentId, of.otherId])
  const row = await store.lockPair(ctx, store.pairOf(of.residentId, of.otherId))
  if (row?.state !== 'linked') return false
  await move(ctx, row, { state: 'undone', note: of.reason })
  return true
}

const lineOf = (row: store.LinedRow): LinkLine => ({
  ...{ id: row.id, state: row.state, probability: row.probability, byMatcher: row.byMatcher },
  ...{ at: row.proposedAt, note: row.note, held: row.held as LinkLine['held'] },
  weights: (row.weights ?? []) as LinkLine['weights'],
  one: {
    id: row.residentId,
    nameMasked: row.aName,
    sex: row.aSex,
    birthDate: row.aBirth,
    idMasked: row.aNumber,
  },
  other: {
    id: row.otherId,
    nameMasked: row.bName,
    sex: row.bSex,
    birthDate: row.bBirth,
    idMasked: row.bNumber,
  },
})

async function stepsOf(ctx: Ctx, linkIds: readonly string[]): Promise<Map<string, LinkStep[]>> {
  const rows = await store.listSteps(ctx, linkIds)
  const names = await namesOf(ctx, {
    institutions: rows.flatMap((row) => row.institutionId ?? []),
    practitioners: rows.flatMap((row) => row.practitionerId ?? []),
    accounts: [],
  })
  const shown = rows.map((row) => ({
    linkId: row.linkId,
    ...{ at: row.at, state: row.state, note: row.note },
    who: row.practitionerId && (names.get(row.practitionerId) ?? null),
    institution: row.institutionId && (names.get(row.institutionId) ?? null),
  }))
  return Map.groupBy(shown, (step) => step.linkId)
}

async function compared(ctx: Ctx, row: store.LinkRow): Promise<ComparedLink> {
  const sides = await store.listSides(ctx, [row.residentId, row.otherId])
  const steps = await stepsOf(ctx, [row.id])
  for (const side of sides)
    ctx.opened({ residentId: side.residentId, basis: 'own', thing: 'card', purpose: thingOf(row) })
  return {
    ...{ id: row.id, state: row.state, byMatcher: row.byMatcher, probability: row.probability },
    ...{ note: row.note, survivorId: row.survivorId, held: row.held as ComparedLink['held'] },
    weights: (row.weights ?? []) as ComparedLink['weights'],
    sides: sides.map(({ residentId, createdAt, ...side }) => ({
      id: residentId,
      registeredAt: createdAt,
      ...side,
    })),
    steps: steps.get(row.id) ?? [],
  }
}

/** A link that my institution found, or of somebody whose record it may open; else 404. */
async function seen(ctx: Ctx, id: string): Promise<store.LinkRow> {
  const row = await store.find(ctx, id)
  const isOurs =
    row &&
    (row.institutionId === ownInstitution(ctx.actor) ||
      (await basesFor(ctx, [row.residentId, row.otherId])).size > 0)
  return isOurs ? row : refuse('missing', 'resident.link-missing')
}

/** Such a link, both persons held, and then as it is. */
async function held(ctx: Ctx, id: string): Promise<store.LinkRow> {
  const row = await seen(ctx, id)
  await store.lockWhole(ctx, [row.residentId, row.otherId])
  return (await store.lockPair(ctx, row)) ?? refuse('missing', 'resident.link-missing')
}

/** As it stands after a decision. */
const decided = async (ctx: Ctx, row: store.LinkRow): Promise<ComparedLink> =>
  compared(ctx, (await store.find(ctx, row.id)) ?? row)

export const linkActions: Actions<typeof linkApi> = {
  async listLinks(ctx, { query }) {
    const found = await store.list(ctx, { institutionId: ownInstitution(ctx.actor), ...query })
    return { items: found.items.map(lineOf), total: found.total }
  },

  readLink: async (ctx, { params }) => compared(ctx, await seen(ctx, params.id)),

  async decideLink(ctx, { params, body }) {
    const row = await held(ctx, params.id)
    if (row.state === 'linked') refuse('conflict', 'resident.link-made-already')
    if (row.state !== 'proposed' && !body.same) refuse('conflict', 'resident.link-decided-already')
    const { same, survivorId, note } = body
    if (survivorId !== null && survivorId !== row.residentId && survivorId !== row.otherId)
      refuse('conflict', 'resident.survivor-is-neither')
    await move(ctx, row, { state: same ? 'linked' : 'separate', note, survivorId: same ? survivorId : null })
    return decided(ctx, row)
  },

  async undoLink(ctx, { params, body }) {
    const row = await held(ctx, params.id)
    if (row.state !== 'linked') refuse('conflict', 'resident.link-not-in-force')
    await move(ctx, row, { state: 'undone', note: body.note })
    return decided(ctx, row)
  },

  async listLinksOf(ctx, { params }) {
    if (!(await basisFor(ctx, params.id))) refuse('missing', 'resident.missing')
    const rows = await store.listOf(ctx, params.id)
    const steps = await stepsOf(
      ctx,
      rows.map((row) => row.id),
    )
    return rows.map((row) => ({ link: lineOf(row), steps: steps.get(row.id) ?? [] }))
  },
}
