import type { CodeTable } from '../code-table.ts'
import { r4SetOf, r4SystemOf, type Shown } from '../fhir.ts'
import { type R4Terms, readR4 } from '../gateway.ts'
import { allListed, tableFrom } from './shipped.ts'

/** Codes of one system of FHIR R4. */
export interface R4Codes {
  readonly system: string
  readonly title: string
  readonly table: CodeTable
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
  const made = { system: url, title: found.title, table: tableFrom(namesIn(found.codes)) }
  systemTables.set(url, made)
  return made
}

/** What a value set of R4 holds, by system; undefined where R4 does not publish it whole. */
export const findR4Set = (url: string): readonly R4Codes[] | undefined =>
  terms()
    .sets.get(url)
    ?.parts.flatMap(({ system, codes }) => {
      const whole = findR4System(system)
      if (!codes) return whole ? [whole] : []
      return [{ system, title: whole?.title ?? system, table: tableFrom(namesIn(codes)) }]
    })

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
