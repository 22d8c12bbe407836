import { applyPatch, type Operation, Pointer } from 'rfc6902'
import { refuse } from '../../refusal.ts'
import { alikeThroughout, digitsOf, exactCopy, keepDigits, markExact } from '../exact.ts'
import type { Json, Resource } from '../owner.ts'

/** What a patch may make of a resource at most, in characters of JSON. */
export const GROWN_MAX = 5 * 1_048_576
export const OPERATIONS_MAX = 500

const verbs = new Set(['add', 'remove', 'replace', 'move', 'copy', 'test'])

/** A JSON Patch (RFC 6902) as it came; 400 where it is none. */
export function jsonPatchIn(body: Json): readonly Operation[] {
  if (!Array.isArray(body) || body.length > OPERATIONS_MAX) return bad('[]', 'is no list of operations')
  for (const [index, one] of body.entries()) {
    const { op, path, from } = (typeof one === 'object' && one !== null ? one : {}) as Record<string, Json>
    if (typeof op !== 'string' || !verbs.has(op)) bad(`[${index}].op`, 'is no operation')
    if (!isPointer(path)) bad(`[${index}].path`, 'is no pointer')
    if ((op === 'move' || op === 'copy') && !isPointer(from)) bad(`[${index}].from`, 'is no pointer')
  }
  return body as unknown as readonly Operation[]
}

const isPointer = (path: Json): boolean =>
  typeof path === 'string' && path.startsWith('/') && !/\/(__proto__|constructor|prototype)(\/|$)/.test(path)

const bad = (path: string, problem: string): never =>
  refuse('invalid', 'record.bad-patch', { fields: [{ path, problem }] })

/** The resource after the operations, all of them or none; 422 names the one that cannot be done or whose test fails. */
export function patchedByJson(resource: Resource, operations: readonly Operation[]): Resource {
  const target = markExact(exactCopy(resource))
  let grown = 0
  for (const [index, operation] of operations.entries()) {
    if (operation.op === 'copy') grown += JSON.stringify(target).length
    if (grown > GROWN_MAX) refuse('too-large', 'kernel.body-too-large')
    const [error] = applyPatch(target, [operation])
    if (error)
      refuse('unprocessable', 'record.patch-does-not-fit', {
        fields: [{ path: operation.path, problem: `operation ${index} (${operation.op}): ${error.name}` }],
      })
    if (operation.op === 'add' || operation.op === 'replace') keepWritten(target, operation)
  }
  return target
}

/** Numbers that an operation brings stay as it writes them. */
function keepWritten(target: Resource, operation: Operation & { readonly value: Json }): void {
  const tokens = operation.path.split('/').slice(0, -1)
  const holder = Pointer.fromJSON(tokens.join('/')).get(target)
  const said = operation.path.slice(operation.path.lastIndexOf('/') + 1)
  const name = said === '-' ? String(holder.length - 1) : said.replaceAll('~1', '/').replaceAll('~0', '~')
  if (typeof operation.value === 'number') keepDigits(holder, name, digitsOf(operation, 'value'))
  else alikeThroughout(holder[name], operation.value)
}
