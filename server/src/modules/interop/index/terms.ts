import type { Ctx } from '../../../kernel/ctx.ts'
import { Refusal, refuse } from '../../../kernel/refusal.ts'
import { byUrl } from '../../../kernel/resource/find/value-set.ts'
import { type Node, nodes } from '../../../kernel/resource/node.ts'
import type { Json, Resource } from '../../../kernel/resource/owner.ts'
import {
  type Code,
  type CodeTable,
  findCodes,
  findListed,
  findR4Concepts,
  findR4Set,
  findR4System,
  narrowed,
  tableFrom,
  tableOf,
} from '../../record/index.ts'
import { type Concepts, isAbstract, isInactive, nestedConcepts, writtenConcepts } from '../concept.ts'
import { filterOf } from './value-set-filter.ts'

/** Codes of one system, as far as they belong to what is asked for. */
export interface Part {
  readonly system: string
  readonly title: string
  readonly table: CodeTable
  readonly version?: string
  /** In which language its names are, where that is said. */
  readonly language?: string
  /** How much of the system a stored CodeSystem holds, where that is not all. */
  readonly content?: string
}

const words = (value: Json): string => (typeof value === 'string' ? value : '')

/** The concepts of a code system and those below them. */
const flat = (concepts: readonly Node[]): (readonly [string, string])[] =>
  concepts.flatMap((one) => [
    [words(one.code), words(one.display) || words(one.code)] as const,
    ...flat(nodes(one.concept)),
  ])

const bare = (url: string): string => url.replace(/\|.*$/, '')

/**
 * A code system by url: one that the product or R4 brings along, or a stored one, of the version where one is named and held;
 * undefined where there is neither.
 */
export async function findSystem(ctx: Ctx, url: string, version?: string): Promise<Part | undefined> {
  const listed = findListed(bare(url))
  if (listed && bare(url) === listed.url)
    return { system: listed.url, title: listed.title, table: tableOf(listed), language: 'zh-CN' }
  const ofR4 = findR4System(bare(url))
  if (ofR4) return { ...ofR4, language: 'en' }
  const named = version ? await byUrl(ctx, 'CodeSystem', bare(url), version) : undefined
  const stored = named ?? (await byUrl(ctx, 'CodeSystem', bare(url)))
  if (!stored) return undefined
  const title = words(stored.title) || words(stored.name) || bare(url)
  const [content, own] = [words(stored.content), words(stored.version)]
  return {
    ...{ system: bare(url), title, table: tableFrom(flat(nodes(stored.concept))) },
    ...(content === 'complete' ? {} : { content }),
    ...(own ? { version: own } : {}),
    ...(words(stored.language) ? { language: words(stored.language) } : {}),
  }
}

/** What a code system by url says of its codes besides their names. */
export async function findConcepts(ctx: Ctx, url: string, version?: string): Promise<Concepts> {
  const listed = findListed(bare(url))
  if (listed) return writtenConcepts(listed.url, tableOf(listed))
  const system = findR4Concepts(bare(url)) ?? (await byUrl(ctx, 'CodeSystem', bare(url), version))
  return system ? nestedConcepts(system) : writtenConcepts(bare(url), tableFrom([]))
}

const tooComplex = (what: string, more: Readonly<Record<string, string>> = {}) =>
  refuse('unprocessable', 'interop.value-set-not-understood', { details: { what, ...more } })

/** Value sets that name value sets are followed so far. */
const DEEP = 5

const isIn = (parts: readonly Part[], system: string, code: string): boolean =>
  parts.some((one) => one.system === system && one.table.byCode.has(code))

/** These parts with the codes that fit only. */
const keeping = (parts: readonly Part[], fits: (system: string, code: string) => boolean): readonly Part[] =>
  parts.map((one) => ({
    ...one,
    table: narrowed(one.table, (code) => fits(one.system, code)),
  }))

/** What stands in one `include` or `exclude`: of a system, and of every value set that is named beside it. */
async function included(ctx: Ctx, part: Node, depth: number): Promise<readonly Part[]> {
  if (depth === 0) return tooComplex('valueSet')
  const named = Array.isArray(part.valueSet) ? part.valueSet.map(words) : []
  const sets: (readonly Part[])[] = []
  for (const url of named) sets.push(await findValueSet(ctx, url, depth - 1))
  if (nodes(part.filter).length > 0 && !part.system) return tooComplex('filter without system')
  const [first, ...others] = part.system ? [[await ofSystem(ctx, part)], ...sets] : sets
  return others.length === 0
    ? (first ?? [])
    : keeping(first ?? [], (system, code) => others.every((one) => isIn(one, system, code)))
}

async function ofSystem(ctx: Ctx, part: Node): Promise<Part> {
  const system = words(part.system)
  const version = words(part.version)
  const whole = await findSystem(ctx, system, version)
  const [listed, filters] = [nodes(part.concept), nodes(part.filter)]
  if (listed.length > 0 && filters.length > 0) return tooComplex('filter beside concept', { system })
  if (listed.length === 0) {
    if (!whole) return refuse('missing', 'interop.no-such-code-system', { details: { system } })
    requireVersion(whole, version)
    if (whole.content)
      return tooComplex('code system that is not held whole', { system, content: whole.content })
    return filters.length > 0 ? filtered(ctx, whole, filters) : whole
  }
  const chosen = listed.map(({ code, display }) => {
    const known = whole?.table.byCode.get(words(code))?.display
    return [words(code), words(display) || known || words(code)] as const
  })
  return {
    ...{ system, title: whole?.title ?? system, table: tableFrom(chosen) },
    ...(version ? { version } : {}),
  }
}

/** 422 where a value set takes the codes of another version of a system than the one that is held. */
function requireVersion({ system, version: held }: Part, version: string): void {
  if (version === '' || version === held) return
  refuse('unprocessable', 'interop.no-such-version', { details: { system, version, held: held ?? '' } })
}

/** What all of these filters leave of a system. */
async function filtered(ctx: Ctx, whole: Part, filters: readonly Node[]): Promise<Part> {
  const concepts = await findConcepts(ctx, whole.system, whole.version)
  let { table } = whole
  for (const filter of filters)
    table = narrowed(table, await filterOf(ctx, filter, { system: whole.system, concepts, table }))
  return { ...whole, table }
}

/** What a ValueSet resource holds: its expansion where it brings one, else what it includes. */
export async function partsOf(ctx: Ctx, set: Resource, depth = DEEP): Promise<readonly Part[]> {
  const compose = nodes([set.compose])[0]
  const given = nodes(nodes([set.expansion])[0]?.contains)
  if (!compose && given.length > 0)
    return [...Map.groupBy(given, ({ system }) => words(system))].map(([system, codes]) => ({
      ...{ system, title: system, table: tableFrom(flat(codes)) },
    }))
  if (!compose) return []
  const parts: Part[] = []
  for (const part of nodes(compose.include)) parts.push(...(await included(ctx, part, depth)))
  const gone: Part[] = []
  for (const part of nodes(compose.exclude)) gone.push(...(await included(ctx, part, depth)))
  return gone.length === 0 ? parts : keeping(parts, (system, code) => !isIn(gone, system, code))
}

/** A value set that is held, and what it holds. */
export interface HeldSet {
  readonly url: string
  readonly version?: string
  readonly parts: readonly Part[]
}

/** 404 where another version of it is asked for (`url|version`) than the one that is held. */
function requireHeld(canonical: string, held: string | undefined): void {
  const [url = '', version] = canonical.split('|')
  if (version === undefined || version === held) return
  refuse('missing', 'interop.no-such-version', { details: { url, version, held: held ?? '' } })
}

/**
 * A value set by its canonical url, which may name a version: all of a code system that the product brings along (its url
 * and `/vs`), one that R4 publishes whole, or a stored one; 404 else.
 */
export async function heldSet(ctx: Ctx, canonical: string, depth = DEEP): Promise<HeldSet> {
  const [url = '', version] = canonical.split('|')
  const listed = findListed(url)
  const ofR4 = listed ? undefined : findR4Set(url)
  if (listed || ofR4) requireHeld(canonical, ofR4?.version)
  if (listed) return { url, parts: [{ system: listed.url, title: listed.title, table: tableOf(listed) }] }
  if (ofR4) return { url, ...ofR4 }
  const stored = await byUrl(ctx, 'ValueSet', url, version)
  const other = stored ?? (version === undefined ? undefined : await byUrl(ctx, 'ValueSet', url))
  if (!other) return refuse('missing', 'interop.no-such-value-set', { details: { url } })
  requireHeld(canonical, words(other.version))
  return {
    url,
    ...(other.version ? { version: words(other.version) } : {}),
    parts: await partsOf(ctx, other, depth),
  }
}

/** What a value set holds, by its canonical url. */
export const findValueSet = async (ctx: Ctx, canonical: string, depth = DEEP): Promise<readonly Part[]> =>
  (await heldSet(ctx, canonical, depth)).parts

/** What a value set holds, for searches by it; undefined where it is not here or not understood. */
export async function codesIn(ctx: Ctx, url: string) {
  try {
    const parts = await findValueSet(ctx, url)
    return parts.map(({ system, table }) => ({ system, codes: table.byCode.keys() }))
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

/** These parts with what is still used, or may be chosen, only. */
export async function choosable(
  ctx: Ctx,
  parts: readonly Part[],
  { activeOnly, selectableOnly }: { activeOnly: boolean; selectableOnly: boolean },
): Promise<readonly Part[]> {
  if (!activeOnly && !selectableOnly) return parts
  const kept: Part[] = []
  for (const part of parts) {
    const concepts = await findConcepts(ctx, part.system)
    const isKept = (code: string) =>
      !(activeOnly && isInactive(concepts, code)) && !(selectableOnly && isAbstract(concepts, code))
    kept.push({ ...part, table: narrowed(part.table, isKept) })
  }
  return kept
}

/** One page of the codes that fit what is typed, over all parts, one after the other. */
export function pageOfParts(
  parts: readonly Part[],
  typed: string,
  { offset, count }: { offset: number; count: number },
) {
  const contains: (Code & { system: string })[] = []
  let total = 0
  for (const { system, table } of parts) {
    const from = Math.max(0, offset - total)
    const found = findCodes(table, typed, { offset: from, limit: Math.max(0, count - contains.length) })
    contains.push(...found.items.map((one) => ({ system, ...one })))
    total += found.total
  }
  return { contains, total }
}
