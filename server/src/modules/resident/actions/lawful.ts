import type { HeldDocument, OpenedResident, ResidentCard } from '@tongmai/api/resident/person'
import type { Ctx } from '../../../kernel/ctx.ts'
import { liveGrants } from '../../../kernel/grant.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { listSame } from '../../../kernel/same-person.ts'
import { type Lawful, strongest } from '../basis.ts'
import * as store from '../store/person.ts'

/**
 * On which basis the actor may open this record now, and how deep; null where there is none. The one function of
 * law 6: residents open their own and those they stand for, an institution what it holds a live grant for.
 */
export async function basisFor(ctx: Ctx, residentId: string): Promise<Lawful | null> {
  return (await basesFor(ctx, [residentId])).get(residentId) ?? null
}

/** `basisFor` of many at once; who is not in the answer may not be opened. */
export async function basesFor(ctx: Ctx, residentIds: readonly string[]): Promise<Map<string, Lawful>> {
  const { kind } = ctx.actor
  if (kind === 'system') return new Map(residentIds.map((id) => [id, { basis: 'own', depth: 'full' }]))
  if (kind === 'resident') return ownBases(ctx, residentIds)
  if (kind === 'nobody') return new Map()
  const held = Map.groupBy(await liveGrants(ctx, residentIds), (grant) => grant.residentId)
  const bases = [...held].map(([id, grants]) => [id, strongest(grants)] as const)
  return new Map(bases.filter((pair): pair is readonly [string, Lawful] => pair[1] !== null))
}

/** Residents open their own record, and as proxies those of the people they stand for. */
async function ownBases(ctx: Ctx, asked: readonly string[]): Promise<Map<string, Lawful>> {
  const own = ctx.actor.residentIds
  const same = await listSame(ctx, own.slice(0, 1))
  const isSelf = (id: string) => id === own[0] || same.some(({ otherId }) => otherId === id)
  const basisOf = (id: string): Lawful => ({ basis: isSelf(id) ? 'self' : 'proxy', depth: 'full' })
  return new Map(asked.filter((id) => own.includes(id)).map((id) => [id, basisOf(id)]))
}

const shownDocument = (row: store.IdentifierRow): HeldDocument => ({
  id: row.blind,
  kind: row.kind,
  system: row.system,
  country: row.country,
  valueMasked: row.valueMasked,
})

/** A resident's page once it has been opened: the name in full, the rest masked. */
export async function opened(ctx: Ctx, row: store.Whole, lawful: Lawful): Promise<OpenedResident> {
  const identifiers = await store.listIdentifiers(ctx, row.residentId)
  return {
    ...{ id: row.residentId, nameMasked: row.nameMasked, sex: row.sex, birthDate: row.birthDate },
    ...{
      idMasked: row.idMasked,
      name: row.name,
      phoneMasked: row.phoneMasked,
      addressMasked: row.addressMasked,
    },
    ...{ unknown: row.unknown, foundAt: row.foundAt, foundPlace: row.foundPlace, version: row.version },
    ...lawful,
    documents: identifiers.filter((n) => !n.derived).map(shownDocument),
  }
}

/** Opens who a resident is, or with it what the record says: the resident reads in the log which of the two. */
export type Extent = 'card' | 'record'

/** Opens a resident on a lawful basis and logs it; 404 where there is no such resident, or no basis. */
export async function requireResident(ctx: Ctx, id: string, thing: Extent = 'card'): Promise<OpenedResident> {
  const [row, lawful] = await Promise.all([store.findOpen(ctx, id), basisFor(ctx, id)])
  if (!row || !lawful) return refuse('missing', 'resident.missing')
  if (ctx.actor.kind !== 'system') ctx.opened({ residentId: id, basis: lawful.basis, thing })
  return opened(ctx, row, lawful)
}

/** As `requireResident`, for who needs the right to open the record and nothing of the card. */
export async function requireOpen(ctx: Ctx, id: string): Promise<Lawful> {
  const lawful = (await basisFor(ctx, id)) ?? refuse('missing', 'resident.missing')
  if (ctx.actor.kind !== 'system') ctx.opened({ residentId: id, basis: lawful.basis, thing: 'card' })
  return lawful
}

/** Masked cards of these residents, for lists of things one is a party of. */
export async function cards(ctx: Ctx, ids: readonly string[]): Promise<Map<string, ResidentCard>> {
  if (ids.length === 0) return new Map()
  return new Map((await store.listCards(ctx, [...new Set(ids)])).map((card) => [card.id, card]))
}
