import type { FastifyRequest } from 'fastify'
import { refuse } from '../../../kernel/refusal.ts'
import { type Node, nodes } from '../../../kernel/resource/node.ts'
import type { Json } from '../../../kernel/resource/owner.ts'

/** What stands behind the question mark. */
export const paramsOf = (request: Pick<FastifyRequest, 'url'>): URLSearchParams => {
  const at = request.url.indexOf('?')
  return new URLSearchParams(at < 0 ? '' : request.url.slice(at + 1))
}

/** The parts of a Parameters resource, whatever stands there; nothing of any other body. */
export const partsIn = (body: unknown): readonly Node[] =>
  nodes(((body ?? {}) as { readonly parameter?: Json }).parameter)

/** What a part holds: its `value[x]` with the name under which it stands. */
export const valueIn = (part: Node): readonly [string, Json] | undefined =>
  Object.entries(part).find(([key]) => key.startsWith('value'))

/** Parameters of the address, and those of a Parameters resource where one was posted. */
export function askedIn(request: Pick<FastifyRequest, 'url' | 'body'>): URLSearchParams {
  const params = paramsOf(request)
  for (const one of partsIn(request.body)) {
    const value = valueIn(one)?.[1]
    if (typeof one.name === 'string' && ['string', 'number', 'boolean'].includes(typeof value))
      params.append(one.name, String(value))
  }
  return params
}

/** What a search by POST asks: in the address, in the form, or in Parameters where it stands in a Bundle. */
export function searchIn(request: Pick<FastifyRequest, 'url' | 'body'>): URLSearchParams {
  const { resourceType } = (request.body ?? {}) as { readonly resourceType?: unknown }
  if (typeof request.body === 'object' && request.body !== null && resourceType !== 'Parameters')
    refuse('invalid', 'record.bad-search', {
      fields: [{ path: 'body', problem: 'is no form (application/x-www-form-urlencoded)' }],
    })
  const params = askedIn(request)
  const form = typeof request.body === 'string' ? request.body : ''
  for (const [name, value] of new URLSearchParams(form)) params.append(name, value)
  return params
}
