import type { FastifyRequest } from 'fastify'
import type { Json } from '../../../kernel/resource/owner.ts'
import { paramsOf } from './read-route.ts'

type Part = { readonly [name: string]: Json }

/** The parts of a Parameters resource, whatever stands there; nothing of any other body. */
export function partsIn(body: unknown): readonly Part[] {
  const { parameter } = (body ?? {}) as { parameter?: unknown }
  const isPart = (one: unknown): one is Part => typeof one === 'object' && one !== null && !Array.isArray(one)
  return Array.isArray(parameter) ? parameter.filter(isPart) : []
}

/** Parameters of the address, and those of a Parameters resource where one was posted. */
export function askedIn(request: FastifyRequest): URLSearchParams {
  const params = paramsOf(request)
  for (const one of partsIn(request.body)) {
    const value = Object.entries(one).find(([key]) => key.startsWith('value'))?.[1]
    if (typeof one.name === 'string' && typeof value === 'string') params.append(one.name, value)
  }
  return params
}
