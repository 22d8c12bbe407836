import type { Actor } from '../actor.ts'
import { arrayText } from '../array-text.ts'
import type { Ctx } from '../ctx.ts'
import { together } from '../together.ts'
import type { World } from '../world.ts'
import { concernOf } from './concern.ts'
import type { Wanted } from './create-together.ts'
import { happenedAt } from './happened.ts'
import { keysOf } from './keys.ts'
import { requireInScope } from './narrow.ts'
import { type Followed, type Follower, followersOf, ownersOf, type Resource, type Stored } from './owner.ts'
import { render, rowsOf } from './row.ts'
import { grants, lawful, visible } from './visible.ts'
import { requirePast } from './write.ts'

const lists = [
  ...['text', 'text', 'text', 'timestamptz', 'text', 'text', 'int', 'uuid', 'text', 'jsonb', 'text'],
].map((type, n) => `(select $${n + 5}::${type}[])`)

/**
 * The commonest write of all, a fact about a patient that no module owns: resource, what it is found by, audit line and
 * outbox in one statement, for all that come at the same moment. One statement is atomic by itself, so it needs no
 * transaction around it and makes one round trip where a transaction makes two; measured, that is half the cost of the write.
 */
const statement = `with w as materialized (select * from unnest(${lists.join(', ')})
    as w (patient, type, id, happened_at, content, keys, indexed, event_id, thing, data, request_id)),
  p as materialized (select w.*, x.resident_id from w cross join lateral (
    select r.resident_id from kernel.resource r ${grants}
    where r.type = 'Patient' and r.id = w.patient and not r.deleted and ${lawful} limit 1) x),
  i as (insert into kernel.resource_key (resident_id, type, key, id)
    select p.resident_id, p.type, k, p.id from p, unnest((p.keys::text[])[1:p.indexed]) k),
  e as (insert into kernel.event
      (id, name, at, actor_kind, actor_id, institution_id, resident_id, thing, audience, data, request_id)
    select p.event_id, 'record.stored', $2, $16, $17, $1, p.resident_id, p.thing, '{}', p.data, p.request_id from p),
  f as (insert into kernel.fresh (kind, ref) select 'event', p.event_id from p)
  insert into kernel.resource
    (resident_id, type, id, version, updated_at, happened_at, institution_id, content, keys)
  select p.resident_id, p.type, p.id, 1, $2, p.happened_at, $1, p.content, p.keys::text[] from p returning id, resident_id`

/** Whether a create of this resource is just one row about one patient, and whoever follows it takes many at once. */
export const isAlone = (resource: Resource): boolean =>
  ownersOf(resource.resourceType).length === 0 &&
  followersOf(resource).every(({ followAll }) => followAll) &&
  concernOf(resource).kind === 'patient'

/** Stores them in one statement; undefined where the patient is not found by this id, and nothing of it was written. */
async function addAll(ctx: Ctx, wanted: readonly Wanted[]): Promise<(Stored | undefined)[]> {
  const facts = wanted.map((one) => factOf(ctx, one))
  const pick = <K extends keyof Fact>(key: K) => facts.map((fact) => fact[key])
  const rows = await rowsOf<{ id: string; resident_id: string }>(ctx, 'fhir-alone', statement, [
    ...visible(ctx),
    ...[pick('patientId'), pick('type'), pick('id'), pick('happened'), pick('content'), pick('keys')],
    ...[pick('indexed'), pick('eventId'), pick('thing'), pick('data'), pick('requestId')],
    ...[ctx.actor.kind, ctx.actor.id],
  ])
  const whose = new Map(rows.map((row) => [row.id, row.resident_id]))
  return facts.map(({ type, id, content }) => {
    const residentId = whose.get(id)
    return residentId === undefined
      ? undefined
      : {
          ...{ type, id, ownId: id, version: 1, updatedAt: ctx.now, residentId },
          ...{
            institutionId: ctx.actor.institutionId,
            audience: null,
            sensitivity: 0,
            deleted: false,
            content,
          },
        }
  })
}

type Fact = ReturnType<typeof factOf>

function factOf(ctx: Ctx, { resource, requestId }: Wanted) {
  requirePast(ctx, resource)
  requireInScope(ctx.actor, 'c', resource)
  const concern = concernOf(resource)
  const [id, type] = [ctx.id(), resource.resourceType]
  const { keys, indexed } = keysOf(resource, true)
  return {
    ...{ type, id, indexed, requestId, keys: arrayText(keys), happened: happenedAt(resource) },
    patientId: concern.kind === 'patient' ? concern.patientId : null,
    content: render(resource, { id, version: 1, updatedAt: ctx.now }),
    ...{ eventId: ctx.id(), thing: `${type}/${id}` },
    data: JSON.stringify({ type, id, version: 1, change: 'created' }),
  }
}

/** The same with the part of those who follow them, in one transaction. */
async function addFollowed(ctx: Ctx, wanted: readonly Wanted[]): Promise<(Stored | undefined)[]> {
  const all = await addAll(ctx, wanted)
  const told = new Map<Follower, Followed[]>()
  for (const [n, stored] of all.entries()) {
    const resource = wanted[n]?.resource
    if (!stored || !resource) continue
    for (const follower of followersOf(resource))
      told.set(follower, [...(told.get(follower) ?? []), { stored, resource }])
  }
  for (const [follower, followed] of told) await follower.followAll?.(ctx, followed)
  return all
}

type Adder = (actor: Actor, wanted: Wanted) => Promise<Stored | undefined>

/** Stores such resources, those of one actor and moment together; undefined as `addAll` says. */
export function adder(world: World): Adder {
  const adding = (add: (actor: Actor, wanted: readonly Wanted[]) => Promise<(Stored | undefined)[]>) =>
    together<Wanted, Stored | undefined>({
      all: add,
      one: async (actor, wanted) => (await add(actor, [wanted]))[0],
    })
  const origin = ([first]: readonly Wanted[]) => ({ requestId: first?.requestId ?? '' })
  const unfollowed = adding((actor, wanted) =>
    world.alone(actor, (ctx) => addAll(ctx, wanted), origin(wanted)),
  )
  const followed = adding((actor, wanted) =>
    world.write(actor, (ctx) => addFollowed(ctx, wanted), origin(wanted)),
  )
  return (actor, wanted) =>
    followersOf(wanted.resource).length > 0 ? followed(actor, '', wanted) : unfollowed(actor, '', wanted)
}
