import { openCase } from '../../../kernel/case.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import { listSame, setSame } from '../../../kernel/same-person.ts'
import { tell } from '../events.ts'
import { areOfTwo } from '../match-resident.ts'
import { samePairs } from '../same-pairs.ts'
import * as store from '../store/link.ts'
import { listAsCandidates } from '../store/match.ts'
import { ruleOf } from '../store/person.ts'
import { opened } from './keys.ts'
import { projectAs } from './project.ts'

const DAY_MS = 86_400_000

export const thingOf = (row: { id: string }): string => `resident-link:${row.id}`

const idsOf = (edges: readonly store.LinkRow[]): string[] =>
  edges.flatMap(({ residentId, otherId }) => [residentId, otherId])

/** Makes what is read follow the links in force: grants pass over or fall, and each Patient says who it is. */
export async function follow(ctx: Ctx, residentIds: readonly string[]): Promise<void> {
  const before = (await listSame(ctx, residentIds)).map(({ otherId }) => otherId)
  const affected = [...new Set([...residentIds, ...before])]
  const edges = await store.listComponent(ctx, affected)
  const all = [...new Set([...affected, ...idsOf(edges)])]
  await setSame(ctx, all, samePairs(edges, await store.listApart(ctx, all)))
  for (const id of all.toSorted()) await projectAs(ctx, id)
}

/** Whether a link of these two would bring together two whom people keep apart. */
export async function joinsApart(ctx: Ctx, a: string, b: string): Promise<boolean> {
  const all = [...new Set([a, b, ...idsOf(await store.listComponent(ctx, [a, b]))])]
  return all.length > 2 && (await store.listApart(ctx, all)).length > 0
}

/** Whether these and all who are one with them hold the identity numbers of more than one person. */
export async function joinsNumbers(ctx: Ctx, residentIds: readonly string[]): Promise<boolean> {
  const all = [...new Set([...residentIds, ...idsOf(await store.listComponent(ctx, residentIds))])]
  if (all.length < 2) return false
  return areOfTwo((await listAsCandidates(ctx, all)).flatMap((row) => opened(row).idNumber ?? []))
}

/**
 * Two were taken apart who still hang together over others: whom those belong to is for people to say. What the matcher
 * had linked of them waits again; what people linked stays.
 */
export async function comesApart(ctx: Ctx, pair: store.LinkRow): Promise<void> {
  const { residentId, otherId } = pair
  const edges = await store.listComponent(ctx, [residentId])
  if (!idsOf(edges).includes(otherId)) return
  const touched = edges.filter((one) => idsOf([one]).some((id) => id === residentId || id === otherId))
  for (const row of touched.filter(({ byMatcher }) => byMatcher)) {
    await store.change(ctx, row, { state: 'proposed', held: 'apart' })
    await store.addStep(ctx, { row, state: 'proposed', note: 'matcher:apart' })
    await toDecide(ctx, row)
  }
}

/** Puts a pair on the work-list of whoever may link. */
export async function toDecide(ctx: Ctx, row: store.LinkRow): Promise<void> {
  const days = await ruleOf(ctx, 'linkDays', dayOf(ctx.now))
  const { residentId, institutionId } = row
  await openCase(ctx, {
    ...{ kind: 'resident.link', thing: thingOf(row), residentId, institutionId, duty: 'resident.link' },
    ...{ step: 'decide-link', due: new Date(ctx.now.getTime() + days * DAY_MS) },
  })
  await tell(ctx, 'resident.link-proposed', {
    thing: `resident:${residentId}`,
    residentId,
    audience: [institutionId],
    data: { linkId: row.id, otherId: row.otherId },
  })
}
