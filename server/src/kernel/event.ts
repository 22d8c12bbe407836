import type * as z from 'zod/mini'
import * as zod from 'zod/mini'
import type { Ctx } from './ctx.ts'
import { type InnerCtx, inside, type Told } from './ctx-inside.ts'
import type { Events } from './module.ts'

/** What is told: whose thing, which resident, which institutions see it live, and the event's own data. */
export interface Telling<T> {
  /** `referral:<id>`: events of one thing reach each reaction in order. */
  readonly thing: string
  readonly residentId?: string | null
  readonly audience?: readonly string[]
  readonly data: T
}

/** Binds `tell` to the events one module may announce. What is told is written with the transaction, or not at all. */
export function teller<E extends Events>(events: E) {
  return async function tell<N extends keyof E & string>(
    ctx: Ctx,
    name: N,
    telling: Telling<z.input<E[N]>>,
  ): Promise<void> {
    const schema = events[name]
    if (!schema) throw new Error(`no event ${name}`)
    zod.parse(schema, telling.data)
    const inner = inside(ctx)
    if (!inner.writing) throw new Error(`${name} told in a read`)
    inner.told.push({
      id: ctx.id(),
      name,
      thing: telling.thing,
      institutionId: ctx.actor.institutionId,
      residentId: telling.residentId ?? null,
      audience: telling.audience ?? [],
      data: JSON.stringify(telling.data),
      requestId: ctx.requestId,
    })
  }
}

const ONE = `with e as (insert into kernel.event
    (id, name, at, actor_kind, actor_id, institution_id, resident_id, thing, audience, data, request_id)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11))
  insert into kernel.fresh (kind, ref) values ('event', $1)`

const MANY = `with e as (insert into kernel.event
    (id, name, at, actor_kind, actor_id, institution_id, resident_id, thing, audience, data, request_id)
    select id, name, $2, $3, $4, institution_id, resident_id, thing, audience, data, request_id
    from jsonb_to_recordset($1::jsonb) t (id uuid, name text, institution_id uuid, resident_id uuid, thing text, audience uuid[],
      data jsonb, request_id text))
  insert into kernel.fresh (kind, ref) select 'event', x.id::uuid from unnest($5::text[]) with ordinality x (id, n) order by n`

/** More than this at once go in one statement. */
const FEW = 2

const many = ({ actor, now, told }: InnerCtx) => ({
  name: 'tell-many',
  text: MANY,
  values: [`[${told.map(oneOfMany).join(',')}]`, ...[now, actor.kind, actor.id, told.map((t) => t.id)]],
})

function oneOfMany({ data, institutionId, residentId, requestId, ...rest }: Told): string {
  const names = { institution_id: institutionId, resident_id: residentId, request_id: requestId }
  const row = JSON.stringify({ ...rest, ...names })
  return `${row.slice(0, -1)},"data":${data}}`
}

/** Writes what the action told; the outbox lines go in the same statements. Sent, not awaited one by one. */
export function writeTold(ctx: InnerCtx): Promise<unknown>[] {
  const { actor, now, told } = ctx
  if (told.length > FEW) return [ctx.client.query(many(ctx))]
  return told.map((t) =>
    ctx.client.query({
      name: 'tell',
      text: ONE,
      values: [
        t.id,
        t.name,
        now,
        actor.kind,
        actor.id,
        t.institutionId,
        t.residentId,
        t.thing,
        t.audience,
        t.data,
        t.requestId,
      ],
    }),
  )
}
