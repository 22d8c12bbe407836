import type { CodeTable } from '../code-table.ts'
import { type R4Terms, readR4 } from '../gateway.ts'
import { allListed, findListed, tableFrom, tableOf } from './shipped.ts'

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

const systemTables = new Map<string, R4Codes>()

/** A code system that R4 itself defines whole; SNOMED CT and LOINC are none. */
export function findR4System(url: string): R4Codes | undefined {
  const known = systemTables.get(url)
  if (known) return known
  const found = terms().systems.get(url)
  if (!found) return undefined
  const made = { system: url, title: found.title, table: tableFrom(found.codes) }
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
      return [{ system, title: whole?.title ?? system, table: tableFrom(codes) }]
    })

/** The codes of every value set that comes along, of China's or of R4's, by system. */
export function codesOfSet(url: string) {
  const listed = findListed(url)
  const parts = listed ? [{ system: listed.url, table: tableOf(listed) }] : findR4Set(url)
  return parts?.map(({ system, table }) => ({ system, codes: table.byCode.keys() }))
}

/** Every code system that comes along, by url. */
export const heldSystems = (): readonly string[] => [
  ...allListed.map(({ url }) => url),
  ...terms().systems.keys(),
]
