import type { Ctx } from '../ctx.ts'
import { samePerson } from '../same-person.ts'
import { columns, rowsOf } from './row.ts'
import { type Found, matchOf, type Page } from './search.ts'
import { basisOf, grants, isOpening, lawful, visible } from './visible.ts'

/** What of one resident's record is asked for; the order is by type and id, so that pages do not shift. */
export interface CompartmentQuery {
  readonly types?: readonly string[]
  readonly since?: Date
  /** When it happened, from and until; what has no such time is there whenever. */
  readonly from?: Date
  readonly to?: Date
  readonly limit: number
  readonly after?: readonly string[]
}

const compartment = `select ${columns}, g.basis, null as keys from kernel.resource r ${grants}
  where r.resident_id = any (${samePerson('$5')}) and not r.deleted and (r.type, r.id) > ($6, $7)
    and ($8::text[] is null or r.type = any ($8)) and ($9::timestamptz is null or r.updated_at >= $9)
    and ($11::timestamptz is null or r.happened_at is null or r.happened_at >= $11)
    and ($12::timestamptz is null or r.happened_at is null or r.happened_at <= $12)
    and ${lawful} order by r.type, r.id limit $10`

/** One page of everything about one resident that the actor may see. */
export async function listCompartment(ctx: Ctx, residentId: string, query: CompartmentQuery): Promise<Page> {
  const [lastType = '', afterId = ''] = query.after ?? []
  const rows = await rowsOf<Found>(ctx, 'fhir-compartment', compartment, [
    ...visible(ctx),
    residentId,
    lastType,
    afterId,
    query.types ?? null,
    query.since ?? null,
    query.limit + 1,
    ...[query.from ?? null, query.to ?? null],
  ])
  const first = rows[0]
  if (first && isOpening(ctx)) ctx.opened({ residentId, basis: basisOf(ctx, first), thing: 'record' })
  const taken = rows.slice(0, query.limit)
  const last = taken.at(-1)
  return {
    found: await Promise.all(taken.map((row) => matchOf(ctx, row))),
    next: rows.length > query.limit && last ? [last.type, last.id] : undefined,
  }
}
