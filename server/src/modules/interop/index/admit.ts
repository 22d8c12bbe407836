import type { FastifyRequest } from 'fastify'
import { refuse } from '../../../kernel/refusal.ts'
import { isResourceType } from '../../../kernel/resource/shape.ts'
import type { World } from '../../../kernel/world.ts'
import type { ScopeVerb } from '../../identity/index.ts'
import { mayUse } from './may-use.ts'

/** Addresses of one type or one resource. */
export interface Place {
  readonly type: string
  readonly id: string
  readonly version: string
}

export const placeOf = (request: Pick<FastifyRequest, 'params'>): Place => request.params as Place

/** Who is it, and may they: before the body is read. */
export function admit(world: World, verb: ScopeVerb | undefined) {
  return async (request: FastifyRequest): Promise<void> => {
    const actor = await world.signedIn(request)
    request.actor = actor
    if (actor.kind === 'nobody') refuse('unauthenticated', 'kernel.sign-in-first')
    requirePlace(request, verb)
  }
}

type Signed = Pick<FastifyRequest, 'actor' | 'params'>

/** Refuses 404 a type that FHIR does not know and an operation that is not offered there, and 403 what the caller may not use. */
export function requirePlace(request: Signed, verb: ScopeVerb | undefined): void {
  const operation = Object.values(request.params as object).find((one) => String(one).startsWith('$'))
  if (operation) refuse('missing', 'record.no-such-operation', { details: { operation } })
  const { type = 'Patient' } = placeOf(request)
  if (!isResourceType(type)) refuse('missing', 'record.unknown-type', { details: { type } })
  if (verb) requireUse(request, type, verb)
}

/** Refuses 403 what neither scope nor role covers. */
export function requireUse(request: Pick<FastifyRequest, 'actor'>, type: string, verb: ScopeVerb): void {
  if (mayUse(request.actor, type, verb)) return
  refuse('forbidden', 'kernel.not-permitted', { details: { type, verb } })
}
