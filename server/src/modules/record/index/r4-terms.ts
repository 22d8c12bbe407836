import type { Json } from '../../../kernel/resource/owner.ts'
import type { CodeTable } from '../code-table.ts'
import { r4SetOf, r4SystemOf, type Shown } from '../fhir.ts'
import { type R4Terms, readR4 } from '../gateway.ts'
import { allListed, tableFrom } from './shipped.ts'

/** Codes of one system of FHIR R4. */
export interface R4Codes {
  readonly system: string
  readonly title: string
  readonly table: CodeTable
  /** Under which R4 publishes it. */
  readonly version?: string
}

interface Held {
  readonly systems: ReadonlyMap<string, R4Terms['systems'][number]>
  readonly sets: ReadonlyMap<string, R4Terms['sets'][number]>
}
let held: Held | undefined

const byUrl = <T extends { readonly url: string }>(all: readonly T[]): ReadonlyMap<string, T> =>
  new Map(all.map((one) => [one.url, one]))

/** Read when somebody first asks; most installations never do. */
function terms(): Held {
  if (held) return held
  const { systems, sets } = readR4()
  held = { systems: byUrl(systems), sets: byUrl(sets) }
  return held
}

const namesIn = (codes: R4Terms['systems'][number]['codes']) =>
  codes.map(([code, display]) => [code, display] as const)

const systemTables = new Map<string, R4Codes>()

/** A code system that R4 itself defines whole; SNOMED CT and LOINC are none. */
export function findR4System(url: string): R4Codes | undefined {
  const known = systemTables.get(url)
  if (known) return known
  const found = terms().systems.get(url)
  if (!found) return undefined
  const { title, codes } = found
  const made = { system: url, title, table: tableFrom(namesIn(codes)), ...versionOf(found) }
  systemTables.set(url, made)
  return made
}

const versionOf = ({ head: { version } }: { readonly head: { readonly [name: string]: Json } }) =>
  typeof version === 'string' ? { version } : {}

/** A value set of R4: what it holds, by system. */
export interface R4Set {
  readonly version?: string
  readonly parts: readonly R4Codes[]
}

/** A value set of R4; undefined where R4 does not publish it whole. */
export function findR4Set(url: string): R4Set | undefined {
  const found = terms().sets.get(url)
  if (!found) return undefined
  const parts = found.parts.flatMap(({ system, codes }) => {
    const whole = findR4System(system)
    if (!codes) return whole ? [whole] : []
    const { title = system, version } = whole ?? {}
    return [{ system, title, table: tableFrom(namesIn(codes)), ...(version ? { version } : {}) }]
  })
  return { ...versionOf(found), parts }
}

/** A code system of R4 with its hierarchy and properties. */
export function findR4Concepts(url: string): Shown | undefined {
  const found = terms().systems.get(url)
  return found && r4SystemOf(found)
}

/** Every code system and value set of R4 that comes along, as FHIR shows it. */
export function* r4Shown(): Generator<Shown> {
  const { systems, sets } = readR4()
  for (const one of systems) yield r4SystemOf(one)
  for (const one of sets) yield r4SetOf(one)
}

/** Every code system that comes along, by url. */
export const heldSystems = (): readonly string[] => [
  ...allListed.map(({ url }) => url),
  ...terms().systems.keys(),
]
