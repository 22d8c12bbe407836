import { refuse } from '../../refusal.ts'
import { digitsOf, exactCopy, keepDigits, markExact } from '../exact.ts'
import type { Json, Resource } from '../owner.ts'
import { primitives } from '../primitive.ts'
import { shapeOf } from '../shape.ts'
import { OPERATIONS_MAX } from './json.ts'
import { elementOf, type Node, objectAt, type Spot, spotAt } from './locate.ts'

type Part = { readonly [name: string]: Json }

/** One operation of a FHIRPath Patch (R4, fhirpatch.html), its parts by name. */
interface Operation {
  readonly type: string
  readonly path: string
  readonly name: string
  readonly index: number
  readonly source: number
  readonly destination: number
  readonly value: Part | undefined
}

const bad = (path: string, problem: string): never =>
  refuse('unprocessable', 'record.patch-does-not-fit', { fields: [{ path, problem }] })

const isPart = (value: Json): value is { [name: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const list = (value: Json): Part[] => (Array.isArray(value) ? value.filter(isPart) : [])

/** `value[x]` of a part: the name of its type and the value. */
function datum(
  part: Part | undefined,
): { type: string; value: Json; digits: string | undefined } | undefined {
  const name = part && Object.keys(part).find((key) => /^value[A-Z]/.test(key))
  if (!name) return undefined
  const type = shapeOf('Parameters.parameter')?.elements.get(name)?.type ?? ''
  return { type, value: part[name], digits: digitsOf(part, name) }
}

/** Reads the operations of a FHIRPath Patch; 400 where they are none. */
export function pathPatchIn({ parameter }: Resource): readonly Operation[] {
  const all = list(parameter).filter(({ name }) => name === 'operation')
  if (all.length === 0 || all.length > OPERATIONS_MAX) refuse('invalid', 'record.bad-patch')
  return all.map(({ part }) => {
    const named = (name: string) => list(part).find((one) => one.name === name)
    const text = (name: string) => String(datum(named(name))?.value ?? '')
    const number = (name: string) => Number(datum(named(name))?.value ?? Number.NaN)
    return {
      type: text('type'),
      path: text('path'),
      name: text('name'),
      index: number('index'),
      source: number('source'),
      destination: number('destination'),
      value: named('value'),
    }
  })
}

/** A value for an element: a datatype as it is, or an object put together from named parts. */
function built(part: Part, typeHint: string): Json {
  const given = datum(part)
  if (given) return given.value
  if (part.resource !== undefined) return part.resource
  const shape = shapeOf(typeHint)
  const object: Record<string, Json> = {}
  if (!shape) return object
  for (const inner of list(part.part)) {
    const type = datum(inner)?.type
    const element = elementOf({ object, shape }, String(inner.name), type)
    if (!element) return bad(`${typeHint}.${String(inner.name)}`, 'is no element')
    const value = built(inner, element.type)
    const before = object[element.name]
    object[element.name] = element.list ? [...(Array.isArray(before) ? before : []), value] : value
    keepDigits(object, element.name, datum(inner)?.digits)
  }
  return object
}

const valueFor = (operation: Operation, type: string): Json =>
  operation.value ? built(operation.value, type) : bad(operation.path, 'needs a value')

/** `add`: a new element of an object, or one more item at the end of a list. */
function add(resource: Resource, operation: Operation): void {
  const holder = objectAt(resource, operation.path)
  const type = datum(operation.value)?.type
  const element = elementOf(holder, operation.name, type) ?? bad(operation.path, 'has no such element')
  const value = valueFor(operation, element.type)
  const before = holder.object[element.name]
  if (element.list) holder.object[element.name] = [...(Array.isArray(before) ? before : []), value]
  else if (before !== undefined) bad(`${operation.path}.${operation.name}`, 'is there already')
  else {
    holder.object[element.name] = value
    keepDigits(holder.object, element.name, datum(operation.value)?.digits)
  }
}

/** The list that `insert` and `move` speak of, with the extensions of its items beside it. */
function listAt(resource: Resource, path: string): { spots: Json[][]; type: string } {
  const holderPath = path.slice(0, path.lastIndexOf('.'))
  const holder: Node = objectAt(resource, holderPath)
  const element = elementOf(holder, path.slice(path.lastIndexOf('.') + 1))
  const values = element && holder.object[element.name]
  if (!element || !Array.isArray(values)) return bad(path, 'finds no list')
  const beside = holder.object[`_${element.name}`]
  return { spots: Array.isArray(beside) ? [values, beside] : [values], type: element.type }
}

function insert(resource: Resource, operation: Operation): void {
  const { path, index } = operation
  const { spots, type } = listAt(resource, path)
  const [values = [], beside] = spots
  if (!(index >= 0 && index <= values.length)) bad(path, 'has no such index')
  values.splice(index, 0, valueFor(operation, type))
  beside?.splice(index, 0, null)
}

function move(resource: Resource, { path, source, destination }: Operation): void {
  const { spots } = listAt(resource, path)
  const count = spots[0]?.length ?? 0
  if (!(source >= 0 && source < count && destination >= 0 && destination < count))
    bad(path, 'has no such index')
  for (const values of spots) values.splice(destination, 0, ...values.splice(source, 1))
}

function replace(resource: Resource, operation: Operation): void {
  const spot = spotAt(resource, operation.path) ?? bad(operation.path, 'finds no element')
  const { holder, element, index } = spot
  const isThere = [element.name, `_${element.name}`].some((name) => holder.object[name] !== undefined)
  if (!isThere) bad(operation.path, 'finds no element')
  const type = datum(operation.value)?.type
  const stem = element.choice?.replace('[x]', '')
  const target = (stem && elementOf({ ...holder, object: {} }, stem, type)) || element
  const value = valueFor(operation, target.type)
  if (index !== undefined) {
    ;(holder.object[element.name] as Json[])[index] = value
    return
  }
  remove(spot)
  holder.object[target.name] = value
  keepDigits(holder.object, target.name, datum(operation.value)?.digits)
}

/** Takes the element out, with its extensions; the last item of a list takes the list along. */
function remove({ holder, element, index }: Spot): void {
  const { object } = holder
  for (const name of primitives[element.type] ? [element.name, `_${element.name}`] : [element.name]) {
    const value = object[name]
    if (index !== undefined && Array.isArray(value)) value.splice(index, 1)
    if (index === undefined || (Array.isArray(value) && value.length === 0)) delete object[name]
  }
}

const acts: Readonly<Record<string, (resource: Resource, operation: Operation) => void>> = {
  add,
  insert,
  move,
  replace,
  delete: (resource, { path }) => {
    const spot = spotAt(resource, path)
    if (spot) remove(spot)
  },
}

/** The resource after the operations, all of them or none; 422 names the path that does not fit. */
export function patchedByPath(resource: Resource, operations: readonly Operation[]): Resource {
  const target = markExact(exactCopy(resource))
  for (const operation of operations) {
    const act = Object.hasOwn(acts, operation.type) ? acts[operation.type] : undefined
    if (!act) bad(operation.path, `${operation.type} is no operation`)
    else act(target, operation)
  }
  return target
}
