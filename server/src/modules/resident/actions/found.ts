import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import { liveGrants } from '../../../kernel/grant.ts'
import { CHINESE_ID } from '../identifier.ts'
import { listDied } from '../store/departure.ts'
import { findOpen, namesOf } from '../store/person.ts'
import { listWards } from '../store/proxy.ts'
import { ownersByBlind } from '../store/registry.ts'
import { identifierBlind } from './written.ts'

/** The telephone of a resident whom the actor may open, sealed for a job, and as it may be shown; null where none is known. */
export async function phoneOf(
  ctx: Ctx,
  residentId: string,
): Promise<{ sealed: string; masked: string } | null> {
  const row = await findOpen(ctx, residentId)
  return row?.phoneSealed ? { sealed: row.phoneSealed, masked: row.phoneMasked ?? '' } : null
}

/** Who of these residents has a guardian by decision, and does not sign themselves. */
export const wardsOf = (ctx: Ctx, residentIds: readonly string[]): Promise<Set<string>> =>
  asSystem(ctx, (all) => listWards(all, residentIds, dayOf(ctx.now)))

/** A resident found by number: how they are called, and what stands in the way of acting for them. */
export interface Found {
  readonly id: string
  readonly name: string
  /** The acting institution has a live basis to open the record. */
  readonly open: boolean
  readonly died: boolean
  /** A decision on guardianship says that somebody stands for them: they do not sign themselves. */
  readonly ward: boolean
}

/** The residents behind these Chinese identity numbers of 18 digits; who is not in the answer is not in the index. As the system. */
export async function findResidents(ctx: Ctx, numbers: readonly string[]): Promise<Map<string, Found>> {
  const blinds = new Map(numbers.map((value) => [identifierBlind({ system: CHINESE_ID, value }), value]))
  const owners = await ownersByBlind(ctx, [...blinds.keys()])
  const ids = owners.map((one) => one.residentId)
  const names = new Map((await namesOf(ctx, ids)).map((one) => [one.residentId, one.name]))
  const open = new Set((await liveGrants(ctx, ids)).map((one) => one.residentId))
  const dead = await listDied(ctx, ids)
  const wards = await listWards(ctx, ids, dayOf(ctx.now))
  return new Map(
    owners.flatMap(({ blind, residentId: id }) => {
      const number = blinds.get(blind)
      const found = {
        id,
        name: names.get(id) ?? '',
        open: open.has(id),
        died: dead.has(id),
        ward: wards.has(id),
      }
      return number === undefined ? [] : [[number, found] as const]
    }),
  )
}
