import type { Place, Slot } from './parameter.ts'
import { type Element, shapeOf } from './shape.ts'
import { systems } from './systems.gen.ts'

/** By an element of type `code` (`Observation.status`) the number of its code systems. */
const table = JSON.parse(systems) as { sets: string[]; elements: Record<string, string> }

function elementAt(type: string, { steps, fromRoot }: Place): Element | undefined {
  if (fromRoot) return undefined
  let owner = type
  let element: Element | undefined
  for (const { name } of steps) {
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
export function impliedSystems(type: string, slot: Slot): ReadonlySet<string> | undefined {
  const key = `${type} ${slot.name}`
  if (known.has(key)) return known.get(key)
  const sets = slot.places
    .filter((place) => place.type === 'code')
    .map((place) => table.sets[Number(table.elements[elementAt(type, place)?.key ?? ''] ?? -1)])
  const isBound = sets.length > 0 && sets.every((one) => one !== undefined)
  const implied = isBound ? new Set(sets.flatMap((one) => one?.split(' ') ?? [])) : undefined
  known.set(key, implied)
  return implied
}
