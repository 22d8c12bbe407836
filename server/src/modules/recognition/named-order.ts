import type { Json, Resource } from '../../kernel/resource/owner.ts'
import { ORDER, TEST_ORDER } from './fhir.ts'

/** Which ordered tests a result says it answers: by the test's own id, or by the order's number. */
export interface NamedOrders {
  readonly tests: readonly string[]
  readonly orders: readonly string[]
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const list = (value: Json): readonly Json[] => (Array.isArray(value) ? value : [])
const object = (value: Json): { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}

/** What `basedOn` and the identifiers of a result name, in the order of a FHIR result. */
export function namedOrders(resource: Resource): NamedOrders {
  const based = list(resource.basedOn).map(object)
  const numbers = [...based.map(({ identifier }) => identifier), ...list(resource.identifier)].map(object)
  const of = (wanted: string) =>
    numbers.flatMap(({ system, value }) =>
      system === wanted && uuid.test(String(value)) ? [String(value)] : [],
    )
  const pointed = based.flatMap(
    ({ reference }) => /(?:^|\/)ServiceRequest\/([0-9a-f-]{36})$/.exec(String(reference))?.[1] ?? [],
  )
  return {
    tests: [...new Set([...pointed.filter((id) => uuid.test(id)), ...of(TEST_ORDER)])],
    orders: [...new Set(of(ORDER))],
  }
}

/** Whether a result may answer a test that was ordered here. */
export function namesOrder(resource: Resource): boolean {
  const { tests, orders } = namedOrders(resource)
  return tests.length + orders.length > 0
}

const done = new Set(['final', 'amended', 'corrected', 'appended'])
const void_ = new Set(['entered-in-error', 'cancelled'])

/** What a result does to the test it names: answers it, takes its answer back, or leaves it waiting. */
export const effectOf = ({ status }: Resource): 'answers' | 'takes-back' | 'none' =>
  done.has(String(status)) ? 'answers' : void_.has(String(status)) ? 'takes-back' : 'none'
