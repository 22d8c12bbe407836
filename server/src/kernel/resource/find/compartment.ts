import { refuse } from '../../refusal.ts'
import { searchable } from '../parameter.ts'
import { compartments } from '../parameters.gen.ts'
import { type Condition, some } from './condition.ts'
import { pointingAt } from './parameter-condition.ts'

const table = JSON.parse(compartments) as Record<string, Record<string, string>>

/** The compartments of R4, the patient's first. */
export const compartmentNames: readonly string[] = ['Patient', ...Object.keys(table)]

/** Whether resources of the type can lie in a compartment. */
export const liesIn = (of: string, type: string): boolean =>
  of === type || (Object.hasOwn(table, of) && table[of]?.[type] !== undefined)

/** What is some patient's own; undefined for the type Patient, all of which is, and for types that are nobody's. */
export function ofSomebody(type: string): Condition | undefined {
  const { own } = searchable(type)
  return own && { kind: 'value', slot: own.name, leaf: { exact: ['@'] }, index: undefined, weight: 9 }
}

/**
 * What lies in a compartment. A patient's is their record and that of whoever is the same person, as with `$everything`;
 * in all others lies what points at it by the parameters that R4 names.
 */
export function withinCompartment(of: string, id: string, type: string): Condition {
  if (of === 'Patient') return { kind: 'patient', ids: [id] }
  if (of === type) return { kind: 'id', ids: [id] }
  const codes = Object.hasOwn(table, of) ? table[of]?.[type]?.split(' ') : undefined
  if (!codes) return refuse('missing', 'record.no-compartment', { details: { compartment: of, type } })
  const { parameters, slots } = searchable(type)
  const names = new Set(codes.flatMap((code) => parameters.get(code)?.slots ?? []))
  return some([...names].flatMap((name) => slots.get(name) ?? []).map((slot) => pointingAt(slot, of, [id])))
}
