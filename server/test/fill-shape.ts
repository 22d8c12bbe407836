import * as z from 'zod/mini'

interface Shape {
  readonly type?: string | readonly string[]
  readonly format?: string
  readonly pattern?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly minimum?: number
  readonly minLength?: number
  readonly minItems?: number
  readonly anyOf?: readonly Shape[]
  readonly oneOf?: readonly Shape[]
  readonly items?: Shape
  readonly properties?: Readonly<Record<string, Shape>>
  readonly required?: readonly string[]
}

const shapeOf = (schema: unknown): Shape =>
  schema ? (z.toJSONSchema(schema as never, { io: 'input', unrepresentable: 'any' }) as Shape) : {}

/** The names that a body or query may hold at its first level. */
export const namesIn = (schema: unknown): string[] => Object.keys(shapeOf(schema).properties ?? {})

type Known = Readonly<Record<string, string>>

/** The least that a body or query must hold to be well-formed, with what is known put in wherever it may stand. */
export const filled = (schema: unknown, known: Known): Record<string, unknown> =>
  (make(shapeOf(schema), known) ?? {}) as Record<string, unknown>

function make(shape: Shape, known: Known): unknown {
  if (shape.const !== undefined) return shape.const
  if (shape.enum) return shape.enum[0]
  const [first] = shape.anyOf ?? shape.oneOf ?? []
  if (first) return make(first, known)
  if (shape.properties) return fields(shape, known)
  if (shape.type === 'array')
    return Array.from({ length: shape.minItems ?? 0 }, () => make(shape.items ?? {}, known))
  if (shape.type === 'integer' || shape.type === 'number') return Math.max(shape.minimum ?? 1, 1)
  if (shape.type === 'boolean') return true
  return words(shape)
}

function fields({ properties = {}, required = [] }: Shape, known: Known): Record<string, unknown> {
  const named = Object.entries(properties).filter(
    ([name]) => required.includes(name) || name === 'residentId',
  )
  return Object.fromEntries(named.map(([name, shape]) => [name, known[name] ?? make(shape, known)]))
}

function words({ format, minLength = 1 }: Shape): string {
  if (format === 'uuid') return '0192f7a4-0000-7000-8000-00000000cafe'
  if (format === 'date') return '2026-11-23'
  if (format === 'date-time') return '2026-11-23T02:00:00Z'
  return 'x'.repeat(Math.max(minLength, 2))
}
