import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLDirective,
  GraphQLError,
  GraphQLNonNull,
  GraphQLString,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql'
import { isRaw } from '../../kernel/resource/exact.ts'

/** FHIR's directives that lay an answer out flat, for whoever puts it into a table (R4, 3.1.8.6). */
const description: Readonly<Record<string, string>> = {
  flatten:
    'The field itself is left out; what it selects stands in its place, as lists where the field repeats.',
  first: 'Only the first of the elements.',
  singleton: 'One value and no list; an error where there are more.',
  slice:
    'Each element has a name of its own: `.` and what the path says of it (`$index`, or elements by name).',
}

const made = (name: string): GraphQLDirective =>
  new GraphQLDirective({
    name,
    description: description[name],
    locations: ['FIELD'],
    args: name === 'slice' ? { path: { type: new GraphQLNonNull(GraphQLString) } } : {},
  })
export const flatteningDirectives: readonly GraphQLDirective[] = Object.keys(description).map(made)

const directiveOf = (field: FieldNode, name: string): DirectiveNode | undefined =>
  field.directives?.find((one) => one.name.value === name)

const INDEX = '$index'
const path = /^[A-Za-z_]\w*(\[\d{1,4}\])?(\.[A-Za-z_]\w*(\[\d{1,4}\])?)*$/

/** The path of `@slice`, where the field has one; a plain path, no other FHIRPath. */
export function sliceOf(
  field: FieldNode | undefined,
  variables: Record<string, unknown>,
): string | undefined {
  const argument = field && directiveOf(field, 'slice')?.arguments?.[0]?.value
  if (!argument) return undefined
  const said =
    argument.kind === Kind.VARIABLE ? variables[argument.name.value] : 'value' in argument && argument.value
  if (said === INDEX || (typeof said === 'string' && path.test(said))) return said
  throw new GraphQLError('@slice takes $index, or elements by name: use, type.coding[0].code', {
    nodes: field,
  })
}

/** What the path says of an element, as text; empty where it says nothing. */
export function nameBy(said: string, element: unknown, index: number): string {
  if (said === INDEX) return String(index)
  let at: unknown = element
  for (const step of said.split('.')) {
    const [, name = '', place] = /^(\w+)(?:\[(\d+)\])?$/.exec(step) ?? []
    const here: unknown = Array.isArray(at) ? at[0] : at
    at =
      typeof here === 'object' && here !== null && Object.hasOwn(here, name)
        ? here[name as keyof typeof here]
        : ''
    if (place !== undefined) at = Array.isArray(at) ? at[Number(place)] : ''
  }
  const one: unknown = Array.isArray(at) ? at[0] : at
  return ['string', 'number', 'boolean'].includes(typeof one) ? String(one) : ''
}

type Answer = Record<string, unknown>
/** Names are the query's own: none of them may mean anything to the language. */
const empty = (): Answer => Object.create(null) as Answer
const isAnswer = (value: unknown): value is Answer =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !isRaw(value)

/** How the names of `@slice` were found while the query ran: by where the list stands in the answer. */
export type Slices = ReadonlyMap<string, readonly string[]>
type Step = string | number
export const placeOf = (steps: readonly Step[]): string => steps.join('/')

interface Place {
  readonly steps: readonly Step[]
  /** What the names of this part end in. */
  readonly suffix: string
  /** Below a list that was flattened: values come together in lists. */
  readonly isCollating: boolean
}

interface Plan {
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>
  readonly slices: Slices
}

/** The fields of a selection under their names in the answer, fragments put in. */
function fieldsOf(plan: Plan, sets: readonly SelectionSetNode[], found = new Map<string, FieldNode[]>()) {
  for (const one of sets.flatMap(({ selections }) => selections)) {
    if (one.kind === Kind.FIELD) {
      const key = one.alias?.value ?? one.name.value
      found.set(key, [...(found.get(key) ?? []), one])
    } else {
      const inner = one.kind === Kind.INLINE_FRAGMENT ? one : plan.fragments.get(one.name.value)
      if (inner) fieldsOf(plan, [inner.selectionSet], found)
    }
  }
  return found
}

const has = (fields: readonly FieldNode[], name: string): boolean =>
  fields.some((one) => directiveOf(one, name))

const kindOf = (value: unknown): string =>
  Array.isArray(value) ? 'list' : isRaw(value) ? 'number' : typeof value

/** Adds values under a name that may have some already. */
function collate(out: Answer, name: string, values: readonly unknown[], isOne: boolean): void {
  const known = Object.hasOwn(out, name)
  if (isOne) {
    if (values.length > 1 || (known && values.length > 0))
      throw new GraphQLError(`${name} has more than one value and is asked for as @singleton.`)
    if (values.length === 1) out[name] = values[0]
    return
  }
  const before = known ? [out[name]].flat() : []
  const kinds = new Set([...before, ...values].map(kindOf))
  if (kinds.size > 1) throw new GraphQLError(`${name} collates what is of several types.`)
  if (before.length + values.length > 0) out[name] = [...before, ...values]
}

type Sets = readonly SelectionSetNode[]

function layOut(plan: Plan, value: Answer, sets: Sets, { place, out }: { place: Place; out: Answer }): void {
  for (const [key, fields] of fieldsOf(plan, sets)) {
    if (!Object.hasOwn(value, key)) continue
    layField(plan, { key, fields, held: value[key] }, { place, out })
  }
}

interface Field {
  readonly key: string
  readonly fields: readonly FieldNode[]
  readonly held: unknown
}

/** One field's elements, with how each of them is called. */
interface Laid {
  readonly isList: boolean
  readonly items: readonly unknown[]
  readonly sets: Sets
  /** Where an element stands, and what the names that come of it end in. */
  readonly at: (index: number) => Pick<Place, 'steps' | 'suffix'>
  readonly isSliced: boolean
}

function elementsOf(plan: Plan, { key, fields, held }: Field, place: Place): Laid {
  const steps = [...place.steps, key]
  const isList = Array.isArray(held)
  const all = isList ? held : [held].filter((one) => one !== null && one !== undefined)
  const names = plan.slices.get(placeOf(steps))
  return {
    isList,
    items: has(fields, 'first') ? all.slice(0, 1) : all,
    sets: fields.flatMap(({ selectionSet }) => selectionSet ?? []),
    at: (index) => ({
      steps: isList ? [...steps, index] : steps,
      suffix: names ? `${place.suffix}.${names[index] ?? ''}` : place.suffix,
    }),
    isSliced: names !== undefined,
  }
}

function layField(plan: Plan, field: Field, { place, out }: { place: Place; out: Answer }): void {
  const { key, fields, held } = field
  const all = elementsOf(plan, field, place)
  if (has(fields, 'flatten') && all.sets.length > 0) {
    inPlace(plan, all, { place, out })
    return
  }
  const laid = all.items.map((item, index) =>
    within(plan, item, { sets: all.sets, steps: all.at(index).steps }),
  )
  const isOne = has(fields, 'singleton')
  if (all.isSliced) {
    for (const [index, one] of laid.entries()) collate(out, key + all.at(index).suffix, [one], isOne)
  } else if (place.isCollating || isOne) collate(out, key + place.suffix, laid, isOne)
  else out[key + place.suffix] = all.isList ? laid : (laid[0] ?? held)
}

/** What the elements select, where the field itself would stand. */
function inPlace(plan: Plan, all: Laid, { place, out }: { place: Place; out: Answer }): void {
  const isCollating = place.isCollating || all.isList
  for (const [index, item] of all.items.entries())
    if (isAnswer(item)) layOut(plan, item, all.sets, { place: { ...all.at(index), isCollating }, out })
}

/** An element of the answer, what it selects laid out within it. */
function within(plan: Plan, item: unknown, { sets, steps }: { sets: Sets; steps: readonly Step[] }): unknown {
  if (!isAnswer(item)) return item
  const out = empty()
  layOut(plan, item, sets, { place: { steps, suffix: '', isCollating: false }, out })
  return out
}

const isOurs = new Set(Object.keys(description))

/** Whether a query says anything of this kind, at a glance. */
export const wantsFlattening = (text: string): boolean =>
  [...text.matchAll(/@\s*(\w+)/g)].some(([, name = '']) => isOurs.has(name))

/** The answer as the query's directives want it laid out; refused where they cannot be followed. */
export function flattened(
  data: Answer,
  {
    document,
    operation,
    slices,
  }: { document: DocumentNode; operation: OperationDefinitionNode; slices: Slices },
): Answer {
  const fragments = new Map(
    document.definitions.flatMap((one) =>
      one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one] as const] : [],
    ),
  )
  const out = empty()
  const place: Place = { steps: [], suffix: '', isCollating: false }
  layOut({ fragments, slices }, data, [operation.selectionSet], { place, out })
  return out
}
