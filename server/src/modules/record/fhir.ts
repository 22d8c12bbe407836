import type { Json, Resource } from '../../kernel/resource/owner.ts'
import { GENDER, genderToSex, type Listed, sexToGender } from './code-list.ts'
import type { R4Terms } from './gateway.ts'

export type Shown = Resource & { readonly id: string }

/** The ConceptMap between sex as China writes it and FHIR's gender. */
export const SEX_MAP = 'urn:tongmai:concept-map:sex'

/** R4 has value sets of these names, which are read under its ids. */
const ofR4 = new Set(['marital-status'])

const head = ({ name, title, source }: Listed) => ({
  ...{ id: name, status: 'active', title, description: source },
  // A name may be read by a program: no hyphen.
  name: name.replace(/(^|-)(\w)/g, (_, __, first: string) => first.toUpperCase()),
})

/** A code system that comes along: with its codes where they are few, else only said to be here. */
export const codeSystemOf = (listed: Listed): Shown => ({
  resourceType: 'CodeSystem',
  ...{ ...head(listed), url: listed.url, valueSet: `${listed.url}/vs`, caseSensitive: true },
  content: listed.codes.length > 0 ? 'complete' : 'not-present',
  ...(listed.codes.length > 0 ? { concept: listed.codes.map(([code, display]) => ({ code, display })) } : {}),
})

/** All of its codes as a value set, which `$expand` lists and searches. */
export const valueSetOf = (listed: Listed): Shown => ({
  resourceType: 'ValueSet',
  ...{ ...head(listed), url: `${listed.url}/vs` },
  ...(ofR4.has(listed.name) ? { id: `${listed.name}-cn` } : {}),
  compose: { include: [{ system: listed.url }] },
})

const element = ([code, target]: readonly [string, string]) => ({
  ...{ code, target: [{ code: target, equivalence: target === 'unknown' ? 'wider' : 'equivalent' }] },
})

/** Sex to and fro. */
export const sexMapOf = (sex: Listed): Shown => ({
  resourceType: 'ConceptMap',
  ...{
    id: 'sex',
    url: SEX_MAP,
    name: 'Sex',
    title: '性别代码对照',
    status: 'active',
    description: sex.source,
  },
  group: [
    { source: sex.url, target: GENDER, element: Object.entries(sexToGender).map(element) },
    { source: GENDER, target: sex.url, element: Object.entries(genderToSex).map(element) },
  ],
})

type Concept = { code: string; display: string; property?: Json; concept?: Concept[] }

/** Packed concepts as FHIR nests them. */
function conceptsOf(codes: R4Terms['systems'][number]['codes']): Concept[] {
  const root: Concept[] = []
  const last: Concept[] = []
  for (const [code, display, depth = 0, property] of codes) {
    const concept: Concept = { code, display, ...(property ? { property } : {}) }
    const above = depth > 0 ? last[depth - 1] : undefined
    if (above) above.concept = above.concept ?? []
    ;(above?.concept ?? root).push(concept)
    last[depth] = concept
  }
  return root
}

/** A code system of R4 with its codes. */
export const r4SystemOf = ({ url, head, codes }: R4Terms['systems'][number]): Shown => ({
  resourceType: 'CodeSystem',
  ...{ ...head, url, content: 'complete', concept: conceptsOf(codes) },
})

/** A value set of R4 as R4 composes it. */
export const r4SetOf = ({ url, head }: R4Terms['sets'][number]): Shown => ({
  resourceType: 'ValueSet',
  ...{ ...head, url },
})
