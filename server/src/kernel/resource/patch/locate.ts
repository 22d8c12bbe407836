import { evalFhirPathTyped, type TypedValue, toTypedValue } from '@medplum/core'
import { refuse } from '../../refusal.ts'
import type { Json, Resource } from '../owner.ts'
import { type Element, type Shape, shapeOf } from '../shape.ts'

/** An object of a resource as JSON, with what the definitions say of it. */
export interface Node {
  readonly object: Record<string, Json>
  readonly shape: Shape
}

/** Where a path points: an element of an object; `index` where one item of a list is meant. */
export interface Spot {
  readonly holder: Node
  readonly element: Element
  readonly index: number | undefined
}

/** What a path in a patch may call: nothing that searches by pattern or walks the whole tree. */
const allowed = new Set(
  'where first last single tail skip take exists empty not ofType as is extension startsWith endsWith contains'.split(
    ' ',
  ),
)
const LONGEST = 500

const bad = (path: string, problem: string): never =>
  refuse('unprocessable', 'record.patch-does-not-fit', { fields: [{ path, problem }] })

/** The values a FHIRPath finds in the resource, as they lie in it. */
function evaluated(resource: Resource, path: string): TypedValue[] {
  try {
    return evalFhirPathTyped(path, [toTypedValue(resource)])
  } catch {
    return bad(path, 'is not understood')
  }
}

function requireSimple(path: string): void {
  if (path.length > LONGEST) bad(path.slice(0, 100), 'is too long')
  const bare = path.replace(/'(?:[^'\\]|\\.)*'/g, "''")
  for (const [, name = ''] of bare.matchAll(/([A-Za-z_]\w*)\s*\(/g))
    if (!allowed.has(name)) bad(path, `${name}() is not allowed in a patch`)
}

/** The one object a path means; 422 where it finds none or several. */
export function objectAt(resource: Resource, path: string): Node {
  requireSimple(path)
  const found = evaluated(resource, path)
  const value: unknown = found[0]?.value
  if (found.length !== 1 || typeof value !== 'object' || value === null)
    return bad(path, found.length > 1 ? 'finds several elements' : 'finds no element')
  return nodeOf(resource, value) ?? bad(path, 'finds no element')
}

/** The node of an object that lies somewhere in the resource. */
function nodeOf(resource: Resource, wanted: object): Node | undefined {
  const shape = shapeOf(resource.resourceType)
  return shape && within({ object: resource as Node['object'], shape }, wanted)
}

function within(node: Node, wanted: object): Node | undefined {
  if (node.object === wanted) return node
  for (const inner of nodesIn(node)) {
    const found = within(inner, wanted)
    if (found) return found
  }
  return undefined
}

const isObject = (value: Json): value is { [name: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The objects that lie directly in an object. */
function nodesIn({ object, shape }: Node): Node[] {
  return Object.entries(object).flatMap(([name, value]) => {
    const type = shape.elements.get(name)?.type ?? ''
    const objects = (Array.isArray(value) ? value : [value]).filter(isObject)
    return objects.flatMap((one) => {
      const inner = shapeOf(type === 'Resource' ? String(one.resourceType) : type)
      return inner ? [{ object: one, shape: inner }] : []
    })
  })
}

/** The element called `name` in an object; a choice by its stem (`value`) is the one that is there, or the type's. */
export function elementOf({ object, shape }: Node, name: string, type?: string): Element | undefined {
  const own = shape.elements.get(name)
  if (own) return own
  const choices = [...shape.elements.values()].filter((one) => one.choice === `${name}[x]`)
  return (
    (type ? choices.find((one) => one.type === type) : undefined) ??
    choices.find((one) => object[one.name] !== undefined || object[`_${one.name}`] !== undefined)
  )
}

interface Cut {
  readonly head: string
  readonly name: string
  readonly tail: string
}

/** The path with what stands in quotes, parentheses and brackets made unreadable, in its place. */
function masked(path: string): string {
  let text = path.replace(/'(?:[^'\\]|\\.)*'/g, (part) => '"'.repeat(part.length))
  for (let before = ''; before !== text; ) {
    before = text
    text = text.replace(/\([^()[\]]*\)/g, (part) => '%'.repeat(part.length))
    text = text.replace(/\[[^()[\]]*\]/g, (part) => '#'.repeat(part.length))
  }
  return text
}

/** `Patient.name.where(use = 'usual').given[1]` is head `Patient.name.where(…)`, name `given`, tail `[1]`. */
function cut(path: string): Cut {
  const names = [...masked(path).matchAll(/(?:^|(?<=\.))[A-Za-z]\w*(?![\w%])/g)]
  const last = names.at(-1)
  if (!last || names.length < 2) return bad(path, 'names no element')
  const to = last.index + last[0].length
  return { head: path.slice(0, last.index - 1), name: last[0], tail: path.slice(to) }
}

/** Where the path points; undefined where nothing is there. */
export function spotAt(resource: Resource, path: string): Spot | undefined {
  requireSimple(path)
  const { head, name, tail } = cut(path)
  if (evaluated(resource, head).length === 0) return undefined
  const holder = objectAt(resource, head)
  const element = elementOf(holder, name)
  if (!element) return undefined
  const value = holder.object[element.name]
  if (!Array.isArray(value))
    return tail !== '' && evaluated(resource, path).length === 0
      ? undefined
      : { holder, element, index: undefined }
  const index = itemOf(resource, value, { head, name, tail, path })
  return index === undefined ? undefined : { holder, element, index }
}

/** Which item of a list a path means: an object by itself, a primitive by its index. */
function itemOf(resource: Resource, list: Json[], cutPath: Cut & { path: string }): number | undefined {
  const { path, tail } = cutPath
  const found = evaluated(resource, path)
  if (found.length === 0) return undefined
  if (found.length > 1) return bad(path, 'finds several elements')
  const value: unknown = found[0]?.value
  if (typeof value === 'object' && value !== null) return list.indexOf(value as Json)
  const said = /^\[(\d+)\]$/.exec(tail)?.[1]
  const index = said === undefined ? list.indexOf(value as Json) : Number(said)
  return index >= 0 && index < list.length ? index : undefined
}
