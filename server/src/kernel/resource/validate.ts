import { digitsOf } from './exact.ts'
import { rulesOf } from './invariant/check.ts'
import { containedIn, containedRules, extensionRules, referenceRules } from './invariant/everywhere.ts'
import { isResourceId, primitives } from './primitive.ts'
import { type Element, isResourceType, type Shape, shapeOf } from './shape.ts'

/** One thing wrong with a resource: where (a FHIRPath), the FHIR issue type, and what. */
export interface Problem {
  readonly path: string
  readonly code:
    | 'structure'
    | 'required'
    | 'value'
    | 'invariant'
    | 'code-invalid'
    | 'business-rule'
    | 'not-supported'
  readonly text: string
  /** Advice: the resource is stored all the same. */
  readonly advice?: true
}

const enough = 20
const deepest = 40

type Node = Record<string, unknown>

/** Looks at one value of an element for advice: codes that should be others. */
export type Advise = (look: Pick<Look, 'found'>, value: unknown, path: string, element: Element) => void

/** One validation under way: what was found, and the resources around the element that is looked at. */
interface Look {
  readonly found: Problem[]
  /** Rules and bindings that only advise are looked at too. */
  readonly advising: Advise | undefined
  readonly resource: Node
  /** What a reference by `#id` looks in. */
  readonly container: Node
}

const isObject = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Adds what was found, at most twenty of it. */
export function say(look: Pick<Look, 'found'>, problem: Problem): void {
  if (look.found.length < enough) look.found.push(problem)
}

const wrong = (look: Look, path: string, code: Problem['code'], text: string): void =>
  say(look, { path, code, text })

/**
 * Everything wrong with a resource by the R4 definitions (elements, types, codes, references, invariants), at most
 * twenty; empty where it is right. `advising` looks at each coded element besides, for advice.
 */
export function problemsOf(resource: unknown, advising?: Advise): readonly Problem[] {
  const root = isObject(resource) ? resource : {}
  const look = { found: [], advising, resource: root, container: root }
  resourceAt(look, resource, isObject(resource) ? String(resource.resourceType) : 'Resource', 0)
  return look.found
}

function resourceAt(look: Look, value: unknown, path: string, depth: number): void {
  const type = isObject(value) ? value.resourceType : undefined
  const shape = isResourceType(type) ? shapeOf(type) : undefined
  if (!isObject(value)) wrong(look, path, 'structure', 'must be an object')
  else if (!shape) wrong(look, path, 'structure', `unknown resourceType ${String(type)}`)
  else {
    const isContained = containedIn(look.container).includes(value)
    if (isContained && value.id !== undefined && !isResourceId(value.id))
      wrong(look, `${path}.id`, 'value', 'is no id')
    const within = { ...look, resource: value, container: isContained ? look.container : value }
    objectAt(within, value, { shape, path, depth, isResource: true })
    if (!isContained) containedRules(value, breaking(within, path))
  }
}

/** How a rule says that it is broken, at or below `path`. */
const breaking =
  (look: Look, path: string) =>
  (key: string, text: string, below?: string): void =>
    wrong(look, below ? `${path}.${below}` : path, 'invariant', `${key}: ${text}`)

interface Place {
  readonly shape: Shape
  readonly path: string
  readonly depth: number
  readonly isResource: boolean
}

function objectAt(look: Look, value: Node, place: Place): void {
  const { shape, path, depth } = place
  if (depth > deepest) {
    wrong(look, path, 'structure', 'is nested too deeply')
    return
  }
  const before = look.found.length
  let choices: Map<string, string> | undefined
  let count = 0
  for (const name in value) {
    count += 1
    if (place.isResource && name === 'resourceType') continue
    const element = shape.elements.get(name)
    if (!element) {
      beside(look, shape, name, { value: value[name], path, depth })
      continue
    }
    if (element.choice) {
      choices ??= new Map()
      chosen(look, choices, element, path)
    }
    const at = { path: pathTo(path, element), depth }
    if (wholeNumbers.has(element.type) && digitsOf(value, name))
      wrong(look, at.path, 'value', `is no ${element.type}`)
    else elementAt(look, value[name], element, at)
  }
  if (count === 0) wrong(look, path, 'structure', 'must not be empty')
  requiredAt(look, value, shape, path)
  if (look.found.length === before) rulesAt(look, value, shape, path)
}

const wholeNumbers = new Set(['integer', 'unsignedInt', 'positiveInt'])

/** The FHIRPath of an element: a choice by its stem and type. */
const pathTo = (path: string, { name, type, choice }: Element): string =>
  choice ? `${path}.${choice.slice(0, -3)}.ofType(${type})` : `${path}.${name}`

/** The invariants of a type, on an object whose elements are right. */
function rulesAt(look: Look, value: Node, { name }: Shape, path: string): void {
  if (name === 'Extension') extensionRules(value, breaking(look, path))
  else if (name === 'Reference') referenceRules(value, look.container, breaking(look, path))
  for (const rule of rulesOf(name)) {
    const isAdvice = rule.severity === 'warning'
    if ((isAdvice && !look.advising) || rule.holds(value, look.resource)) continue
    const text = `${rule.key}: ${rule.human}`
    say(look, { path, code: 'invariant', text, ...(isAdvice ? { advice: true } : {}) })
  }
}

function chosen(look: Look, choices: Map<string, string>, element: Element, path: string): void {
  const group = element.choice ?? ''
  const other = choices.get(group)
  if (other)
    wrong(look, pathTo(path, element), 'structure', `only one of ${other} and ${element.name} is allowed`)
  choices.set(group, element.name)
}

function requiredAt(look: Look, value: Node, shape: Shape, path: string): void {
  for (const { name, names } of shape.required) {
    if (!names.some((each) => value[each] !== undefined || value[`_${each}`] !== undefined))
      wrong(look, `${path}.${name}`, 'required', 'is required')
  }
}

/** `_birthDate` carries the extensions of `birthDate`; any other unknown name is a mistake. */
function beside(look: Look, shape: Shape, name: string, at: At & { value: unknown }): void {
  const element = name.startsWith('_') ? shape.elements.get(name.slice(1)) : undefined
  if (!element || !primitives[element.type]) {
    wrong(look, `${at.path}.${name.slice(0, 60)}`, 'structure', 'is no element of this type')
    return
  }
  const parts = Array.isArray(at.value) ? at.value : [at.value]
  const path = pathTo(at.path, element)
  const carrier = shapeOf('Element')
  for (const part of parts) {
    if (part === null) continue
    if (!isObject(part) || !carrier) wrong(look, path, 'structure', 'must be an object with id or extension')
    else objectAt(look, part, { shape: carrier, path, depth: at.depth + 1, isResource: false })
  }
}

interface At {
  readonly path: string
  readonly depth: number
}

function elementAt(look: Look, value: unknown, element: Element, at: At): void {
  const isList = Array.isArray(value)
  if (!element.list) {
    if (isList) wrong(look, at.path, 'structure', 'must not be a list')
    else oneAt(look, value, element, at)
  } else if (!isList) wrong(look, at.path, 'structure', 'must be a list')
  else if (value.length === 0) wrong(look, at.path, 'structure', 'must not be empty')
  else {
    for (let index = 0; index < value.length; index++) {
      if (value[index] === null && primitives[element.type]) continue
      oneAt(look, value[index], element, { path: `${at.path}[${index}]`, depth: at.depth })
    }
  }
}

function oneAt(look: Look, value: unknown, element: Element, at: At): void {
  const { type } = element
  look.advising?.(look, value, at.path, element)
  if (primitives[type]) primitiveAt(look, value, element, at)
  else if (type === 'Resource' || isResourceType(type)) resourceAt(look, value, at.path, at.depth + 1)
  else {
    const shape = shapeOf(type)
    if (!shape || !isObject(value)) wrong(look, at.path, 'structure', `must be a ${type}`)
    else {
      objectAt(look, value, { shape, path: at.path, depth: at.depth + 1, isResource: false })
      if (element.codes && !isOneOf(value, element))
        wrong(look, at.path, 'code-invalid', 'has no code allowed here')
      if (element.targets) targetAt(look, value, element.targets, at.path)
    }
  }
}

/** Whether a concept or a coding bears one of the codes it must; an extension may say that there is none. */
function isOneOf(value: Node, { type, codes }: Element): boolean {
  const codings = type === 'Coding' ? [value] : Array.isArray(value.coding) ? value.coding : []
  if (codings.length === 0 && value.extension !== undefined) return true
  return codings.some((one) => isObject(one) && codes?.has(`${String(one.system)}|${String(one.code)}`))
}

const pointing = /(?:^|\/)([A-Z][A-Za-z]+)\/[A-Za-z0-9\-.]{1,64}(?:\/_history\/[^/]+)?$|^([A-Z][A-Za-z]+)\?/

/** A reference that says to which type it points must point to one allowed. */
function targetAt(look: Look, value: Node, targets: ReadonlySet<string>, path: string): void {
  const text = typeof value.reference === 'string' ? value.reference : ''
  const inner = text.startsWith('#')
    ? containedIn(look.container).find(({ id }) => id === text.slice(1))
    : undefined
  const [, direct, searched] = pointing.exec(text) ?? []
  const type = inner?.resourceType ?? direct ?? searched ?? value.type
  if (isResourceType(type) && !targets.has(type))
    wrong(look, path, 'value', `must not point at a ${type}; allowed: ${[...targets].join(', ')}`)
}

function primitiveAt(look: Look, value: unknown, element: Element, at: At): void {
  if (!primitives[element.type]?.(value)) wrong(look, at.path, 'value', `is no ${element.type}`)
  else if (element.codes && !element.codes.has(value as string))
    wrong(look, at.path, 'code-invalid', `${String(value).slice(0, 60)} is not one of the codes allowed`)
}
