import type { FastifyRequest } from 'fastify'
import type { World } from '../../../kernel/world.ts'
import { requireLicensed } from '../../workforce/index.ts'
import { isRecord } from './may-use.ts'

/**
 * Refuses 403 staff who would write into the record without a current licence for that act. A client that names no
 * practitioner hands on what its own system recorded; one that names somebody is bound by that person's licence.
 */
export async function requireLicensedToRecord(
  world: World,
  request: FastifyRequest,
  types: readonly string[],
): Promise<void> {
  const { kind, practitionerId, institutionId, permissions } = request.actor
  const isBound = kind === 'staff' || (kind === 'client' && practitionerId !== null)
  // Whose role does not reach so far is refused for that, not for the licence.
  if (!isBound || !permissions.has('record.write')) return
  if (institutionId === null || !types.some(isRecord)) return
  const origin = { requestId: request.id }
  await world.read(
    request.actor,
    (ctx) => requireLicensed(ctx, practitionerId, 'record', institutionId),
    origin,
  )
}
