import type { deviceApi } from '@tongmai/api/careplan/device'
import { ownInstitution } from '../../../kernel/actor.ts'
import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Actions } from '../../../kernel/module.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { project, unproject } from '../../../kernel/resource/project.ts'
import { hashToken, newToken } from '../../../kernel/secret.ts'
import { requireResident } from '../../resident/index.ts'
import { tell } from '../events.ts'
import { toDevice } from '../fhir.ts'
import * as devices from '../store/device.ts'
import { listStrays } from '../store/stray.ts'

async function moved(
  ctx: Ctx,
  name: 'careplan.device-lent' | 'careplan.device-taken-back',
  of: devices.Lent,
) {
  const { residentId, institutionId, practitionerId, deviceId } = of
  await tell(ctx, name, {
    ...{ thing: `device:${deviceId}`, residentId, audience: [institutionId] },
    data: { institutionId, practitionerId, deviceId },
  })
}

/** A device on loan leaves its borrower. */
async function leaves(ctx: Ctx, { id: deviceId, institutionId }: { id: string; institutionId: string }) {
  const { resident, since } = await devices.find(ctx, deviceId)
  await unproject(ctx, 'Device', deviceId)
  if (!resident || !since) return
  const of = { deviceId, institutionId, practitionerId: ctx.actor.practitionerId, since }
  await moved(ctx, 'careplan.device-taken-back', { ...of, residentId: resident.id, loanId: '' })
}

/** Devices: taken into stock, lent, taken back, ended; what they sent that could not be taken. */
export const lending: Actions<typeof deviceApi> = {
  listDevices: (ctx, { query }) => devices.list(ctx, query),

  async addDevice(ctx, { body }) {
    const id = ctx.id()
    const token = newToken()
    const tokenDigest = hashToken(token)
    await devices.add(ctx, { ...body, id, institutionId: ownInstitution(ctx.actor), tokenDigest })
    return { id, token }
  },

  async lendDevice(ctx, { params, body }) {
    const row = await devices.lock(ctx, params.id)
    if (row.status !== 'stock') refuse('conflict', 'careplan.device-not-in-stock')
    await requireResident(ctx, body.residentId)
    const { id: deviceId, institutionId } = row
    const { practitionerId } = ctx.actor
    const of = { deviceId, institutionId, practitionerId, residentId: body.residentId, since: ctx.now }
    await devices.lend(ctx, { ...of, agreement: body.agreement, signer: body.signer })
    await project(ctx, {
      resource: toDevice(row, body.residentId),
      residentId: body.residentId,
      institutionId,
    })
    await moved(ctx, 'careplan.device-lent', { ...of, loanId: '' })
    return devices.find(ctx, deviceId)
  },

  async takeBackDevice(ctx, { params }) {
    const row = await devices.lock(ctx, params.id)
    if (row.status !== 'lent') refuse('conflict', 'careplan.device-not-lent')
    await leaves(ctx, row)
    await devices.takeBack(ctx, row.id)
    return devices.find(ctx, row.id)
  },

  async endDevice(ctx, { params, body }) {
    const row = await devices.lock(ctx, params.id)
    if (row.status === 'retired') refuse('conflict', 'careplan.device-ended')
    if (row.status === 'lent') await leaves(ctx, row)
    await devices.end(ctx, row.id, body)
    const { institutionId, id: deviceId } = row
    await tell(ctx, 'careplan.device-ended', {
      ...{ thing: `device:${deviceId}`, audience: [institutionId] },
      data: { institutionId, practitionerId: ctx.actor.practitionerId, deviceId, reason: body.reason },
    })
    return devices.find(ctx, row.id)
  },

  async listRefusedReadings(ctx, { params, query }) {
    const { id } = await devices.find(ctx, params.id)
    return devices.listRefused(ctx, id, query)
  },

  listStrayMessages(ctx, { query }) {
    const nobodys = ctx.actor.permissions.has('it.operate')
    return nobodys
      ? asSystem(ctx, (all) => listStrays(all, { ...query, nobodys }))
      : listStrays(ctx, { ...query, nobodys })
  },
}
