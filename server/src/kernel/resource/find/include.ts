import type { Ctx } from '../../ctx.ts'
import { between } from '../comparable.ts'
import { type Slot, searchable } from '../parameter.ts'
import { findMany, type Match, search } from '../search.ts'
import { isResourceType, resourceTypes } from '../shape.ts'
import { pointingAt } from './parameter-condition.ts'

/** `_include=Observation:patient`, `_revinclude=Provenance:target`, with `:iterate` and a type behind. */
export interface Include {
  readonly isReverse: boolean
  readonly iterates: boolean
  /** Where the reference stands. */
  readonly source: string
  /** By which parameter; `*` is by all. */
  readonly code: string
  readonly target: string | undefined
}

/** One include as it was asked; undefined where it names no reference of the type. */
export function includeIn(type: string, name: string, value: string): Include | undefined {
  const isReverse = name.startsWith('_rev')
  const iterates = name.includes(':')
  const [source = '', code = '*', target] = value === '*' ? [type, '*'] : value.split(':')
  if (!isResourceType(source) || (target !== undefined && !isResourceType(target))) return undefined
  if (code !== '*' && searchable(source).parameters.get(code)?.kind !== 'reference') return undefined
  return { isReverse, iterates, source, code, target }
}

const most = 1_000
const roundsMost = 5

function slotsOf({ source, code }: Include): Slot[] {
  const { parameters, slots } = searchable(source)
  const named =
    code === '*'
      ? [...parameters.values()].filter(({ kind }) => kind === 'reference')
      : [parameters.get(code)]
  return [...new Set(named.flatMap((one) => one?.slots ?? []))].flatMap((name) => slots.get(name) ?? [])
}

const refOf = ({ type, id }: { type: string; id: string }) => `${type}/${id}`

interface Gathering {
  readonly ctx: Ctx
  readonly may: (type: string) => boolean
  readonly seen: Set<string>
  readonly added: Match[]
}

/** What the matches point at by these includes, by type; Patients by the resident whose the pointer is. */
function pointed(include: Include, matches: readonly Match[]) {
  const wanted = new Map<string, { ids: Set<string>; residents: Set<string> }>()
  const of = (type: string) => {
    const known = wanted.get(type) ?? { ids: new Set<string>(), residents: new Set<string>() }
    wanted.set(type, known)
    return known
  }
  const prefixes = slotsOf(include).map(({ name }) => `${name}=`)
  for (const match of matches.filter(({ type }) => type === include.source)) {
    for (const key of match.keys) {
      const prefix = prefixes.find((one) => key.startsWith(one))
      if (prefix === undefined) continue
      const [id = '', type] = key.slice(prefix.length).split(between)
      if (id === '@' && match.residentId) of('Patient').residents.add(match.residentId)
      else if (type !== undefined && !id.startsWith('#') && isResourceType(type)) of(type).ids.add(id)
    }
  }
  return wanted
}

async function forward(gathering: Gathering, include: Include, matches: readonly Match[]): Promise<Match[]> {
  const found: Match[] = []
  for (const [type, { ids, residents }] of pointed(include, matches)) {
    if ((include.target !== undefined && include.target !== type) || !gathering.may(type)) continue
    found.push(...(await findMany(gathering.ctx, type, { ids: [...ids], residents: [...residents] })))
  }
  return found
}

async function reverse(gathering: Gathering, include: Include, matches: readonly Match[]): Promise<Match[]> {
  if (!gathering.may(include.source)) return []
  const byType = Map.groupBy(matches, ({ type }) => type)
  const found: Match[] = []
  for (const [type, some_] of byType) {
    if (include.target !== undefined && include.target !== type) continue
    const ids = some_.map(({ id }) => id)
    for (const slot of slotsOf(include)) {
      const condition = pointingAt(slot, type, ids)
      const page = await search(gathering.ctx, { type: include.source, condition, sorts: [], limit: most })
      found.push(...page.found)
    }
  }
  return found
}

function add({ seen, added }: Gathering, found: readonly Match[]): Match[] {
  const fresh = found.filter((one) => !seen.has(refOf(one)) && seen.add(refOf(one)))
  const room = fresh.slice(0, Math.max(0, most - added.length))
  added.push(...room)
  return room
}

/** What is to be answered beside the matches: whatever the actor may see of it, each once, a thousand at most. */
export async function included(
  ctx: Ctx,
  matches: readonly Match[],
  { includes, may }: { includes: readonly Include[]; may: (type: string) => boolean },
): Promise<readonly Match[]> {
  const gathering: Gathering = { ctx, may, seen: new Set(matches.map(refOf)), added: [] }
  const follow = (include: Include, from: readonly Match[]) =>
    include.isReverse ? reverse(gathering, include, from) : forward(gathering, include, from)
  let last: Match[] = []
  for (const include of includes) last.push(...add(gathering, await follow(include, matches)))
  const iterating = includes.filter(({ iterates }) => iterates)
  for (let round = 0; round < roundsMost && last.length > 0 && iterating.length > 0; round++) {
    const next: Match[] = []
    for (const include of iterating) next.push(...add(gathering, await follow(include, last)))
    last = next
  }
  return gathering.added
}

/** Every type that has a parameter by which it may point at `type`. */
export const pointers = (type: string): readonly string[] =>
  resourceTypes.filter((one) =>
    [...searchable(one).parameters.values()].some(
      ({ kind, targets }) => kind === 'reference' && targets.includes(type),
    ),
  )
