import type { Ctx } from '../../../kernel/ctx.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { type Condition, every, some } from '../../../kernel/resource/find/condition.ts'
import { askedFor } from '../../../kernel/resource/query.ts'
import { scopeAllows } from '../../identity/index.ts'
import type { Fault, Wish } from '../fhir.ts'
import { topicOf } from '../topic.ts'

/** Parameters that say how to answer, not what to find: none of a filter’s business. */
const answering = /^_(count|cursor|sort|summary|elements|total|contained|include|revinclude)\b/

type Filtered = Pick<Wish, 'topic' | 'filters'>

/** Whether a filter says how to answer besides what to find. */
export const saysHow = (filter: string): boolean =>
  [...new URLSearchParams(parted(filter)[1]).keys()].some((name) => answering.test(name))

const parted = (filter: string): [type: string, query: string] => {
  const at = filter.indexOf('?')
  return at < 0 ? [filter, ''] : [filter.slice(0, at), filter.slice(at + 1)]
}

/** The types a subscription is about: those its filters name, or all of its topic. */
export function typesOf({ topic, filters }: Filtered): readonly string[] {
  const named = filters.map((filter) => parted(filter)[0])
  return named.length > 0 ? [...new Set(named)] : topicOf(topic).types
}

async function conditionIn(ctx: Ctx, filter: string): Promise<Condition> {
  const [type, query] = parted(filter)
  const may = (one: string) => scopeAllows(ctx.actor.scopes, one, 's')
  return (await askedFor(ctx, type, new URLSearchParams(query), { strict: true, may })).query.condition
}

/** What a resource of a type must be like: as one of the filters for it says. Anything, where none is for it. */
export async function conditionFor(
  ctx: Ctx,
  { filters }: Pick<Filtered, 'filters'>,
  type: string,
): Promise<Condition> {
  const own = filters.filter((filter) => parted(filter)[0] === type)
  if (own.length === 0) return every([])
  const conditions: Condition[] = []
  for (const filter of own) conditions.push(await conditionIn(ctx, filter))
  return some(conditions)
}

/** Why the filters cannot be so: types that the client may not read, parameters that R4 does not know. */
export async function filterFaults(ctx: Ctx, wish: Filtered): Promise<readonly Fault[]> {
  const path = 'Subscription.criteria.extension'
  const faults: Fault[] = []
  for (const type of typesOf(wish))
    if (!scopeAllows(ctx.actor.scopes, type, 'r'))
      faults.push({ path, problem: `the client’s scopes do not cover reading ${type}` })
  for (const filter of wish.filters) {
    if (saysHow(filter)) faults.push({ path, problem: `${filter} says how to answer` })
    else await conditionIn(ctx, filter).catch((error: unknown) => faults.push(...why(error, filter)))
  }
  return faults
}

function why(error: unknown, filter: string): Fault[] {
  if (!(error instanceof Refusal)) throw error
  const { fields = [{ path: '', problem: error.code }] } = error.extra
  return fields.map((one) => ({
    path: 'Subscription.criteria.extension',
    problem: `${filter}: ${one.path} ${one.problem}`,
  }))
}
