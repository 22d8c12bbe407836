import { arrayText } from '../array-text.ts'
import type { Ctx } from '../ctx.ts'
import { onBehalfOf } from '../ctx-inside.ts'
import { nobodysId } from './concern.ts'
import { Apart } from './create-together.ts'
import { tell } from './events.ts'
import { happenedAt } from './happened.ts'
import { keysOf } from './keys.ts'
import { concernsTheSame, past } from './next.ts'
import { followersOf, type Resource, type Stored } from './owner.ts'
import { columns, type Row, render, rowsOf, storedOf } from './row.ts'
import { grants, lawful, visible } from './visible.ts'
import {
  isFree,
  ownerNow,
  requireChangeInScope,
  requirePast,
  requireRecorder,
  requireVersion,
} from './write.ts'

/** The next version of a resource, the version it is to follow (If-Match), and the request that brings it. */
export interface Change {
  readonly resource: Resource & { readonly id: string }
  readonly expected: number | undefined
  readonly requestId: string
}

const lock = `select ${columns} from unnest((select $5::text[]), (select $6::text[])) w (type, id)
  join kernel.resource r on r.type = w.type and r.id = w.id ${grants}
  where ${lawful} order by r.resident_id, r.type, r.id for update of r`

const lists = ['uuid', 'text', 'text', 'text', 'int', 'text', 'timestamptz', 'text']
  .map((type, n) => `(select $${n + 1}::${type}[])`)
  .join(', ')
const same = (a: string, b: string) =>
  `${a}.resident_id = ${b}.resident_id and ${a}.type = ${b}.type and ${a}.id = ${b}.id`

/** As the next version of one, for many; whom each is of and who may see it stays. */
const step = `with w as materialized (select w.*, coalesce(r.keys, '{}') as before from unnest(${lists})
      as w (resident_id, type, id, keys, indexed, audience, happened_at, content)
    join kernel.resource r on ${same('r', 'w')}),
  h as (insert into kernel.resource_history (${past})
    select ${past
      .split(/,\s*/)
      .map((name) => `r.${name}`)
      .join(', ')} from w join kernel.resource r on ${same('r', 'w')}),
  gone as (delete from kernel.resource_key k using w, unnest(w.before) as o (key)
    where ${same('k', 'w')} and k.key = o.key and o.key <> all ((w.keys::text[])[1:w.indexed])),
  added as (insert into kernel.resource_key (resident_id, type, key, id, audience)
    select w.resident_id, w.type, v, w.id, w.audience::uuid[] from w, unnest((w.keys::text[])[1:w.indexed]) v
    where v <> all (w.before) on conflict do nothing)
  update kernel.resource r set version = r.version + 1, updated_at = $9, happened_at = w.happened_at, content = w.content,
    extra = null, keys = w.keys::text[] from w where ${same('r', 'w')}`

/** The next versions of what no module owns and none follows, all of them or, with `Apart`, none. */
export async function changeTogether(ctx: Ctx, changes: readonly Change[]): Promise<readonly Stored[]> {
  const nameOf = ({ resourceType, id }: Change['resource']) => `${resourceType}/${id}`
  if (new Set(changes.map(({ resource }) => nameOf(resource))).size < changes.length) throw new Apart()
  const rows = await rowsOf<Row>(ctx, 'fhir-hold-many', lock, [
    ...visible(ctx),
    changes.map(({ resource }) => resource.resourceType),
    changes.map(({ resource }) => resource.id),
  ])
  const held = new Map(rows.map((row) => [`${row.type}/${row.id}`, storedOf(row)]))
  const next = changes.map((change) => nextOf(ctx, held.get(nameOf(change.resource)), change))
  const pick = <T>(value: (one: (typeof next)[number]) => T): T[] => next.map(value)
  await rowsOf(ctx, 'fhir-next-many', step, [
    pick(({ stored }) => stored.residentId ?? nobodysId),
    ...[pick(({ stored }) => stored.type), pick(({ stored }) => stored.id)],
    ...[pick(({ keys }) => arrayText(keys.keys)), pick(({ keys }) => keys.indexed)],
    pick(({ stored }) => stored.audience && arrayText(stored.audience)),
    ...[pick(({ happened }) => happened), pick(({ stored }) => stored.content), ctx.now],
  ])
  for (const [n, { stored }] of next.entries()) {
    const { type, id, version, residentId } = stored
    const by = onBehalfOf(ctx, changes[n]?.requestId ?? ctx.requestId)
    const data = { type, id, version, change: 'changed' as const }
    await tell(by, 'record.stored', { thing: `${type}/${id}`, residentId, data })
  }
  return next.map(({ stored }) => stored)
}

/** What is to be written, where it is a plain change that may be. */
function nextOf(ctx: Ctx, stored: Stored | undefined, { resource, expected }: Change) {
  if (!stored || followersOf(resource).length > 0) throw new Apart()
  requireVersion(stored, expected)
  requirePast(ctx, resource)
  requireChangeInScope(ctx.actor, stored, resource)
  if (ownerNow(stored, resource) || stored.deleted || isFree(stored)) throw new Apart()
  if (!concernsTheSame(stored, resource)) throw new Apart()
  requireRecorder(ctx, stored)
  const label = { id: stored.id, version: stored.version + 1, updatedAt: ctx.now }
  return {
    stored: { ...stored, ...label, content: render(resource, label) },
    keys: keysOf(resource, stored.residentId !== null),
    happened: happenedAt(resource),
  }
}
