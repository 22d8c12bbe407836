import type { Ctx } from '../../ctx.ts'
import { refuse } from '../../refusal.ts'
import { between, beyond } from '../comparable.ts'
import { type Parameter, type Slot, searchable } from '../parameter.ts'
import { isResourceType } from '../shape.ts'
import { grants, lawful, visible } from '../visible.ts'
import { Bind, type Condition, seekOf, some, sqlOf } from './condition.ts'
import { pointingAt } from './parameter-condition.ts'
import { prepared, sought } from './statement.ts'

/** More links than this are not followed: the search is to be narrowed. */
const most = 2_000

/** What a search on another type asks, as it stands in a chain or behind `_has`. */
export type Ask = (ctx: Ctx, type: string, name: string, value: string) => Promise<Condition | undefined>

interface Link {
  readonly type: string
  readonly name: string
  readonly value: string
  /** Whether the caller may look at resources of a type at all. */
  readonly may: (type: string) => boolean
  readonly ask: Ask
}

const bad = (name: string, problem: string): never =>
  refuse('invalid', 'record.bad-search', { fields: [{ path: name, problem }] })

/** Neither all nor nothing would be a true answer. */
const uncovered = (type: string): never =>
  refuse('forbidden', 'kernel.not-permitted', { details: { type, verb: 's' } })

/** Rows of a type as the condition wants them and the actor may see them. */
function rowsWhere(ctx: Ctx, type: string, condition: Condition) {
  const bind = new Bind([...visible(ctx), type])
  const seek = condition.kind === 'id' || hasPatient(condition) ? undefined : seekOf(condition)
  const where = `r.type = $5 and not r.deleted and ${sqlOf(condition, bind)} and ${lawful}
    ${seek ? `and ${sought(seek.ranges, bind)}` : ''}`
  return { bind, from: `kernel.resource r ${grants}`, where }
}

/** Whether the patient is given, so that the resident's key leads to the rows. */
export const hasPatient = (condition: Condition): boolean =>
  condition.kind === 'patient' || (condition.kind === 'all' && condition.of.some(hasPatient))

async function few(ctx: Ctx, name: string, query: { text: string; values: unknown[] }): Promise<string[]> {
  const { rows } = await ctx.client.query<{ id: string | null }>(prepared(query))
  if (rows.length > most) bad(name, `follows more than ${most} links; narrow it`)
  return rows.flatMap(({ id }) => id ?? [])
}

/** `subject:Patient.name`: what points at something that is as the rest says. */
export async function chained(
  ctx: Ctx,
  { type, name, value, may, ask }: Link,
): Promise<Condition | undefined> {
  const dot = name.indexOf('.')
  const [code = '', only] = name.slice(0, dot).split(':')
  const rest = name.slice(dot + 1)
  const parameter = searchable(type).parameters.get(code)
  if (parameter?.kind !== 'reference') return undefined
  if (only !== undefined && !isResourceType(only)) return bad(name, 'names no type')
  const targets = only === undefined ? parameter.targets : [only]
  if (targets.includes('*')) return bad(name, `needs a type: ${code}:Type.${rest}`)
  const found: Condition[] = []
  if (!targets.some(may)) return uncovered(targets[0] ?? '')
  let isKnown = false
  for (const target of targets) {
    const condition = may(target) ? await ask(ctx, target, rest, value) : undefined
    if (!condition) continue
    isKnown = true
    const ids = await idsWhere(ctx, target, { condition, name })
    if (ids.length > 0) found.push(...slotsOf(type, parameter).map((slot) => pointingAt(slot, target, ids)))
  }
  return isKnown ? some(found) : undefined
}

const slotsOf = (type: string, parameter: Parameter): Slot[] =>
  parameter.slots.flatMap((name) => searchable(type).slots.get(name) ?? [])

function idsWhere(ctx: Ctx, type: string, { condition, name }: { condition: Condition; name: string }) {
  const { bind, from, where } = rowsWhere(ctx, type, condition)
  const text = `select r.id from ${from} where ${where} limit ${bind.add(most + 1)}`
  return few(ctx, name, { text, values: bind.values })
}

/** `_has:Observation:patient:code`: what something points at that is as the rest says. */
export async function pointedAt(
  ctx: Ctx,
  { type, name, value, may, ask }: Link,
): Promise<Condition | undefined> {
  const [, source = '', code = '', ...more] = name.split(':')
  const parameter = isResourceType(source) ? searchable(source).parameters.get(code) : undefined
  const rest = more.join(':')
  if (parameter?.kind !== 'reference' || rest === '') return bad(name, 'is not understood')
  if (!may(source)) return uncovered(source)
  const condition = await ask(ctx, source, rest, value)
  if (!condition) return bad(name, `${rest} is no parameter of ${source}`)
  const { bind, from, where } = rowsWhere(ctx, source, condition)
  const targets = slotsOf(source, parameter).map((slot) => {
    const own = `(select p.id from kernel.resource p where p.resident_id = r.resident_id and p.type = 'Patient' limit 1)`
    const isTarget = `k >= ${bind.add(`${slot.name}=`)} and k < ${bind.add(`${slot.name}=${beyond}`)}
      and (right(k, ${type.length + 1}) = ${bind.add(between + type)}${type === 'Patient' ? " or right(k, 2) = '=@'" : ''})`
    const id = `case when right(k, 2) = '=@' then ${own} else split_part(substr(k, ${slot.name.length + 2}), '${between}', 1) end`
    return `select ${id} as id from unnest(r.keys) k where ${isTarget}`
  })
  const text = `select distinct t.id from ${from} cross join lateral (${targets.join(' union all ')}) t
    where ${where} limit ${bind.add(most + 1)}`
  return { kind: 'id', ids: await few(ctx, name, { text, values: bind.values }) }
}
