import type { Ctx } from '../../../kernel/ctx.ts'
import type { ContractRow } from './row.ts'

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

const ADD = `with given as materialized (
    select (x.value ->> 'step_id')::uuid as step_id, r from jsonb_array_elements($1::jsonb) x
    cross join lateral jsonb_populate_record(null::contract.contract, x.value || ($2::jsonb -> (x.value ->> 'terms')::int)) r),
  added as (insert into contract.contract select (g.r).* from given g
    on conflict do nothing returning resident_id, id, status),
  told as (insert into contract.step
      (resident_id, contract_id, id, at, move, to_status, actor_kind, actor_id, practitioner_id, institution_id)
    select a.resident_id, a.id, g.step_id, $3, $4, a.status, $5, $6, $7, $8
    from added a join given g on (g.r).id = a.id)
  select id from added`

/** What many contracts have in common is sent once: their packages and fees. */
const SHARED = ['packages', 'packageNames', 'levels', 'fee'] as const

/**
 * Adds very many contracts in one statement, each with the first line of its story; answers the ids of those that went
 * in. Where a resident has one of its kind already, that one alone is left out.
 */
export async function addMany(ctx: Ctx, rows: readonly ContractRow[], move: string): Promise<Set<string>> {
  const terms = new Map<string, number>()
  const plain = rows.map((row) => {
    const shared = JSON.stringify(Object.fromEntries(SHARED.map((name) => [snake(name), row[name]])))
    const at = terms.get(shared) ?? terms.size
    terms.set(shared, at)
    const rest = Object.entries(row).filter(([name]) => !(SHARED as readonly string[]).includes(name))
    return {
      ...Object.fromEntries(rest.map(([name, value]) => [snake(name), value])),
      ...{ terms: at, step_id: ctx.id() },
    }
  })
  const { actor } = ctx
  const { rows: added } = await ctx.client.query<{ id: string }>({
    name: 'contract-add-many',
    text: ADD,
    values: [
      ...[JSON.stringify(plain), `[${[...terms.keys()].join(',')}]`, ctx.now, move],
      ...[actor.kind, actor.id, actor.practitionerId, actor.institutionId],
    ],
  })
  return new Set(added.map((row) => row.id))
}
