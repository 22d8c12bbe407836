import type { preValidationHookHandler } from 'fastify'
import { refuse } from './refusal.ts'

const DEEPEST = 100

/** Whether a database can keep the text as it is: no null character, no half of a surrogate pair. */
export const isKeepable = (text: string): boolean => !text.includes('\0') && text.isWellFormed()

/** The path to the first text in `value` that cannot be kept, or to what is nested too deeply; undefined where all is well. */
export function unkeepable(value: unknown, depth = 0): string[] | undefined {
  if (typeof value === 'string') return isKeepable(value) ? undefined : []
  if (typeof value !== 'object' || value === null) return undefined
  if (depth > DEEPEST) return []
  // Of a list, `in` gives the indexes.
  for (const name in value) {
    const path = isKeepable(name) ? unkeepable((value as Record<string, unknown>)[name], depth + 1) : []
    if (path) return [name, ...path]
  }
  return undefined
}

/** Refuses what no table can hold, before anything looks at it: 404 in the address, 400 in query and body. */
export const requireKeepable: preValidationHookHandler = (request, _reply, done) => {
  if (unkeepable(request.params)) refuse('missing', 'kernel.missing')
  for (const part of ['query', 'body'] as const) {
    const path = unkeepable(request[part])
    if (path)
      refuse('invalid', `kernel.invalid-${part}`, {
        fields: [{ path: path.join('.').slice(0, 200), problem: 'unkeepable' }],
      })
  }
  done()
}
