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

export const placeOf = (request: FastifyRequest): Place => request.params as Place

/** Who is it, and may they: before the body is read. A type that FHIR does not know, or an operation that is not offered there, is 404. */
export function admit(world: World, verb: ScopeVerb | undefined) {
  return async (request: FastifyRequest): Promise<void> => {
    const actor = await world.signedIn(request)
    request.actor = actor
    if (actor.kind === 'nobody') refuse('unauthenticated', 'kernel.sign-in-first')
    const operation = Object.values(request.params as object).find((one) => String(one).startsWith('$'))
    if (operation) refuse('missing', 'record.no-such-operation', { details: { operation } })
    const { type = 'Patient' } = placeOf(request)
    if (!isResourceType(type)) refuse('missing', 'record.unknown-type', { details: { type } })
    if (verb) requireUse(request, type, verb)
  }
}

/** Refuses 403 what neither scope nor role covers. */
export function requireUse(request: FastifyRequest, type: string, verb: ScopeVerb): void {
  if (mayUse(request.actor, type, verb)) return
  refuse('forbidden', 'kernel.not-permitted', { details: { type, verb } })
}
