import type { Place, Step } from './parameter.ts'
import { type Element, shapeOf } from './shape.ts'
import { systems } from './systems.gen.ts'

/** By an element of type `code` (`Observation.status`) the number of its code systems. */
const table = JSON.parse(systems) as { sets: string[]; elements: Record<string, string> }

/** Where codes lie: a slot, or a part of a composite, whose places lie in the entries of its list. */
interface Coded {
  readonly name: string
  readonly places: readonly Place[]
  readonly list: readonly Step[]
}

function elementAt(type: string, { steps, fromRoot }: Place, list: readonly Step[]): Element | undefined {
  let owner = type
  let element: Element | undefined
  for (const { name } of fromRoot ? steps : [...list, ...steps]) {
    element = shapeOf(owner)?.elements.get(name)
    owner = element?.type ?? ''
  }
  return element
}

const known = new Map<string, ReadonlySet<string> | undefined>()

/**
 * The systems that the codes of these elements are of by their required binding, although nobody writes them; undefined where
 * the elements are no codes, or are not bound.
 */
export function impliedSystems(type: string, coded: Coded): ReadonlySet<string> | undefined {
  const key = `${type} ${coded.name}`
  if (known.has(key)) return known.get(key)
  const sets = coded.places
    .filter((place) => place.type === 'code')
    .map((place) => table.sets[Number(table.elements[elementAt(type, place, coded.list)?.key ?? ''] ?? -1)])
  const isBound = sets.length > 0 && sets.every((one) => one !== undefined)
  const implied = isBound ? new Set(sets.flatMap((one) => one?.split(' ') ?? [])) : undefined
  known.set(key, implied)
  return implied
}
