import { primitives } from './primitive.ts'
import { type Element, isResourceType, type Shape, shapeOf } from './shape.ts'

/** One thing wrong with a resource: where (a FHIRPath), the FHIR issue type, and what. */
export interface Problem {
  readonly path: string
  readonly code: 'structure' | 'required' | 'value' | 'invalid' | 'code-invalid' | 'business-rule'
  readonly text: string
}

const enough = 20
const deepest = 40

type Found = Problem[]
type Node = Record<string, unknown>

const isObject = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function say(found: Found, path: string, code: Problem['code'], text: string): void {
  if (found.length < enough) found.push({ path, code, text })
}

/** Everything wrong with the shape of a resource by the R4 definitions, at most twenty; empty where it is right. */
export function problemsOf(resource: unknown): readonly Problem[] {
  const found: Found = []
  resourceAt(found, resource, isObject(resource) ? String(resource.resourceType) : 'Resource', 0)
  return found
}

function resourceAt(found: Found, value: unknown, path: string, depth: number): void {
  const type = isObject(value) ? value.resourceType : undefined
  const shape = isResourceType(type) ? shapeOf(type) : undefined
  if (!isObject(value)) say(found, path, 'structure', 'must be an object')
  else if (!shape) say(found, path, 'structure', `unknown resourceType ${String(type)}`)
  else objectAt(found, value, { shape, path, depth, isResource: true })
}

interface Place {
  readonly shape: Shape
  readonly path: string
  readonly depth: number
  readonly isResource: boolean
}

function objectAt(found: Found, value: Node, place: Place): void {
  const { shape, path, depth } = place
  if (depth > deepest) {
    say(found, path, 'structure', 'is nested too deeply')
    return
  }
  let choices: Map<string, string> | undefined
  let count = 0
  for (const name in value) {
    count += 1
    if (place.isResource && name === 'resourceType') continue
    const element = shape.elements.get(name)
    if (!element) {
      beside(found, shape, name, { value: value[name], path, depth })
      continue
    }
    if (element.choice) {
      choices ??= new Map()
      chosen(found, choices, element, path)
    }
    elementAt(found, value[name], element, { path: `${path}.${name}`, depth })
  }
  if (count === 0) say(found, path, 'structure', 'must not be empty')
  requiredAt(found, value, shape, path)
}

function chosen(found: Found, choices: Map<string, string>, element: Element, path: string): void {
  const group = element.choice ?? ''
  const other = choices.get(group)
  if (other)
    say(found, `${path}.${element.name}`, 'structure', `only one of ${other} and ${element.name} is allowed`)
  choices.set(group, element.name)
}

function requiredAt(found: Found, value: Node, shape: Shape, path: string): void {
  for (const { name, names } of shape.required) {
    if (!names.some((each) => value[each] !== undefined || value[`_${each}`] !== undefined))
      say(found, `${path}.${name}`, 'required', 'is required')
  }
}

/** `_birthDate` carries the extensions of `birthDate`; any other unknown name is a mistake. */
function beside(found: Found, shape: Shape, name: string, at: At & { value: unknown }): void {
  const element = name.startsWith('_') ? shape.elements.get(name.slice(1)) : undefined
  if (!element || !primitives[element.type]) {
    say(found, `${at.path}.${name}`, 'structure', 'is no element of this type')
    return
  }
  const parts = Array.isArray(at.value) ? at.value : [at.value]
  const path = `${at.path}.${name}`
  const carrier = shapeOf('Element')
  for (const part of parts) {
    if (part === null) continue
    if (!isObject(part) || !carrier) say(found, path, 'structure', 'must be an object with id or extension')
    else objectAt(found, part, { shape: carrier, path, depth: at.depth + 1, isResource: false })
  }
}

interface At {
  readonly path: string
  readonly depth: number
}

function elementAt(found: Found, value: unknown, element: Element, at: At): void {
  const isList = Array.isArray(value)
  if (!element.list) {
    if (isList) say(found, at.path, 'structure', 'must not be a list')
    else oneAt(found, value, element, at)
  } else if (!isList) say(found, at.path, 'structure', 'must be a list')
  else if (value.length === 0) say(found, at.path, 'structure', 'must not be empty')
  else {
    for (let index = 0; index < value.length; index++) {
      if (value[index] === null && primitives[element.type]) continue
      oneAt(found, value[index], element, { path: `${at.path}[${index}]`, depth: at.depth })
    }
  }
}

function oneAt(found: Found, value: unknown, element: Element, at: At): void {
  const { type } = element
  const check = primitives[type]
  if (check) primitiveAt(found, value, element, at)
  else if (type === 'Resource' || isResourceType(type)) resourceAt(found, value, at.path, at.depth + 1)
  else {
    const shape = shapeOf(type)
    if (!shape || !isObject(value)) say(found, at.path, 'structure', `must be a ${type}`)
    else objectAt(found, value, { shape, path: at.path, depth: at.depth + 1, isResource: false })
  }
}

function primitiveAt(found: Found, value: unknown, element: Element, at: At): void {
  if (!primitives[element.type]?.(value)) say(found, at.path, 'value', `is no ${element.type}`)
  else if (element.codes && !element.codes.has(value as string))
    say(found, at.path, 'code-invalid', `${String(value).slice(0, 60)} is not one of the codes allowed`)
}
