import type { FastifyRequest } from 'fastify'
import { paramsOf } from './read-route.ts'

/** Parameters of the address, and those of a Parameters resource where one was posted. */
export function askedIn(request: FastifyRequest): URLSearchParams {
  const params = paramsOf(request)
  const { parameter } = (request.body ?? {}) as { parameter?: unknown }
  for (const one of Array.isArray(parameter) ? parameter : []) {
    const value = Object.entries(one ?? {}).find(([key]) => key.startsWith('value'))?.[1]
    if (typeof one?.name === 'string' && typeof value === 'string') params.append(one.name, value)
  }
  return params
}
