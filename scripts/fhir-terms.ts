import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { R4Terms } from '../server/src/modules/record/gateway.ts'
import { type Definition, read } from './fhir-definitions.ts'

/**
 * Writes the code systems that FHIR R4 brings along and the value sets it publishes expanded, for the terminology
 * operations. SNOMED CT and LOINC have licences of their own: sets that hold their codes are left out, as are those that
 * HL7 publishes in part only.
 */

interface Concept {
  readonly code: string
  readonly display?: string
  readonly concept?: readonly Concept[]
  readonly property?: readonly { readonly code: string; readonly [value: string]: unknown }[]
}
interface CodeSystem extends Definition {
  readonly title?: string
  readonly content: string
  readonly concept?: readonly Concept[]
  readonly property?: readonly object[]
}
interface Contained {
  readonly system?: string
  readonly code?: string
  readonly display?: string
  readonly abstract?: boolean
  readonly contains?: readonly Contained[]
}
interface ValueSet extends Definition {
  readonly title?: string
  readonly compose?: {
    readonly include?: readonly { readonly system?: string; readonly concept?: readonly Concept[] }[]
  }
  readonly expansion?: { readonly total?: number; readonly contains?: readonly Contained[] }
}

type Codes = R4Terms['systems'][number]['codes']
type R4Part = R4Terms['sets'][number]['parts'][number]

const licensed = new Set(['http://snomed.info/sct', 'http://loinc.org'])
/** HL7 cuts a longer expansion off here and does not always say so. */
const CUT = 1000

/** What becomes of a concept is told by R4 itself; when it was is left out. */
const told = ({ property = [] }: Concept) => property.filter(({ code }) => code !== 'deprecationDate')

const flat = (all: readonly Concept[] = [], depth = 0): Codes =>
  all.flatMap((one) => [lineOf(one, depth), ...flat(one.concept, depth + 1)])

function lineOf(one: Concept, depth: number): Codes[number] {
  const { code, display = code } = one
  const property = told(one)
  if (property.length > 0) return [code, display, depth, property as never]
  return depth > 0 ? [code, display, depth] : [code, display]
}

/** What R4 says of a definition besides its codes. */
const head = (one: object): R4Terms['systems'][number]['head'] =>
  Object.fromEntries(
    heading.flatMap((name) => {
      const value = (one as Record<string, unknown>)[name]
      return value === undefined ? [] : [[name, value]]
    }),
  ) as R4Terms['systems'][number]['head']

const heading = [
  ...['id', 'version', 'name', 'title', 'status', 'experimental', 'publisher', 'description', 'immutable'],
  ...[
    'caseSensitive',
    'valueSet',
    'hierarchyMeaning',
    'compositional',
    'versionNeeded',
    'property',
    'compose',
  ],
]

const listed = (all: readonly Contained[] = []): Contained[] =>
  all.flatMap((one) => [one, ...listed(one.contains)])

const titleOf = ({ title, name, url }: { title?: string; name?: string; url: string }): string =>
  title ?? name ?? url

const systemsOf = () =>
  ['valuesets.json', 'v3-codesystems.json', 'v2-tables.json']
    .flatMap((file) => read<CodeSystem>(file))
    .filter(
      (one) => one.resourceType === 'CodeSystem' && one.content === 'complete' && !licensed.has(one.url),
    )
    .map((one) => ({ url: one.url, title: titleOf(one), head: head(one), codes: flat(one.concept) }))
    .filter(({ codes }) => codes.length > 0)

function expanded(): ValueSet[] {
  const folder = join(import.meta.dirname, '../node_modules/hl7.fhir.r4.expansions')
  return readdirSync(folder)
    .filter((name) => /^ValueSet-.*\.json$/.test(name))
    .toSorted()
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as ValueSet)
}

/** The systems and value sets, each by its url once. */
export function terms(): R4Terms {
  const systems = [...new Map(systemsOf().map((one) => [one.url, one])).values()]
  const known = new Map(
    systems.map(({ url, codes }) => [url, new Map(codes.map(([code, display]) => [code, display]))]),
  )
  const sets = expanded().flatMap((set) => {
    const all = listed(set.expansion?.contains).filter((one) => one.code !== undefined && !one.abstract)
    const isWhole = all.length > 0 && all.length % CUT !== 0 && (set.expansion?.total ?? 0) <= all.length
    if (!isWhole || all.some(({ system = '' }) => licensed.has(system))) return []
    const named = namesIn(set)
    const nameOf = ({ system = '', code = '', display }: Contained): string =>
      named.get(`${system}|${code}`) ?? display ?? code
    const parts = [...Map.groupBy(all, ({ system = '' }) => system)].map(([system, codes]) =>
      partOf(system, new Map(codes.map((one) => [one.code ?? '', nameOf(one)])), known),
    )
    return [{ url: set.url, title: titleOf(set), head: head(set), parts }]
  })
  return { systems, sets }
}

/** What codes are called where they are listed: HL7's expansions take some names from another language. */
const namesIn = ({ compose }: ValueSet): ReadonlyMap<string, string> =>
  new Map(
    (compose?.include ?? []).flatMap(({ system = '', concept = [] }) =>
      concept.flatMap(({ code, display }) => (display ? [[`${system}|${code}`, display] as const] : [])),
    ),
  )

function partOf(
  system: string,
  codes: ReadonlyMap<string, string>,
  known: ReadonlyMap<string, ReadonlyMap<string, string>>,
): R4Part {
  const whole = known.get(system)
  const isAll = whole?.size === codes.size && [...codes.keys()].every((code) => whole.has(code))
  return isAll ? { system } : { system, codes: [...codes] }
}

if (import.meta.main) {
  const target = new URL('../server/material/terminology/fhir-r4.json.gz', import.meta.url)
  writeFileSync(target, gzipSync(JSON.stringify(terms()), { level: 9 }))
}
