import type { FastifyRequest } from 'fastify'
import type { Json } from '../../../kernel/resource/owner.ts'

/** What stands behind the question mark. */
export const paramsOf = (request: Pick<FastifyRequest, 'url'>): URLSearchParams => {
  const at = request.url.indexOf('?')
  return new URLSearchParams(at < 0 ? '' : request.url.slice(at + 1))
}

type Part = { readonly [name: string]: Json }

/** The parts of a Parameters resource, whatever stands there; nothing of any other body. */
export function partsIn(body: unknown): readonly Part[] {
  const { parameter } = (body ?? {}) as { parameter?: unknown }
  const isPart = (one: unknown): one is Part => typeof one === 'object' && one !== null && !Array.isArray(one)
  return Array.isArray(parameter) ? parameter.filter(isPart) : []
}

/** Parameters of the address, and those of a Parameters resource where one was posted. */
export function askedIn(request: Pick<FastifyRequest, 'url' | 'body'>): URLSearchParams {
  const params = paramsOf(request)
  for (const one of partsIn(request.body)) {
    const value = Object.entries(one).find(([key]) => key.startsWith('value'))?.[1]
    if (typeof one.name === 'string' && ['string', 'number', 'boolean'].includes(typeof value))
      params.append(one.name, String(value))
  }
  return params
}

/** What a search by POST asks: in the address, in the form, or in Parameters where it stands in a Bundle. */
export function searchIn(request: Pick<FastifyRequest, 'url' | 'body'>): URLSearchParams {
  const params = askedIn(request)
  const form = typeof request.body === 'string' ? request.body : ''
  for (const [name, value] of new URLSearchParams(form)) params.append(name, value)
  return params
}
