import type { readingApi } from '@tongmai/api/careplan/reading'
import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf, startOf } from '../../../kernel/day.ts'
import type { Actions } from '../../../kernel/module.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { currentContract } from '../../contract/index.ts'
import { institutionOf, requireResident } from '../../resident/index.ts'
import { checkReading } from '../check-reading.ts'
import { tell } from '../events.ts'
import * as devices from '../store/device.ts'
import { lockLive } from '../store/enrolment.ts'
import { rawSince } from '../store/form.ts'
import * as store from '../store/reading.ts'
import { alerting } from './alerting.ts'
import { keepReadings, takeIn } from './intake.ts'
import { requireOwn } from './own.ts'
import { keepPhoto } from './photos.ts'

const YEAR_MS = 366 * 86_400_000
const MONTH_MS = 30 * 86_400_000
const LONGEST_MS = 3 * YEAR_MS

/** Who hears of what a resident measures: the contracted doctor, else the programme, else who wrote them down. */
async function whoFollows(
  ctx: Ctx,
  residentId: string,
): Promise<{ institutionId: string; practitionerId: string | null }> {
  const contract = await currentContract(ctx, residentId)
  if (contract) return { institutionId: contract.communityId, practitionerId: contract.doctorId }
  const [enrolment] = await lockLive(ctx, residentId)
  if (enrolment) return { institutionId: enrolment.institutionId, practitionerId: enrolment.practitionerId }
  const institutionId = await institutionOf(ctx, residentId)
  if (!institutionId) return refuse('conflict', 'careplan.nobody-follows')
  return { institutionId, practitionerId: null }
}

/** A span a chart can show. */
function spanOf(
  ctx: Ctx,
  asked: { from?: Date | undefined; to?: Date | undefined },
): { from: Date; to: Date } {
  const { to = ctx.now } = asked
  const { from = new Date(to.getTime() - MONTH_MS) } = asked
  if (to > from && to.getTime() - from.getTime() <= LONGEST_MS) return { from, to }
  return refuse('unprocessable', 'careplan.span-too-long')
}

export const measuring: Actions<typeof readingApi> = {
  ...alerting,
  sendReadings: (ctx, { body }) => takeIn(ctx, body),
  async listLatest(ctx, { params }) {
    await requireResident(ctx, params.id, 'record')
    return store.listLatest(ctx, params.id)
  },

  async readSeries(ctx, { params, query }) {
    await requireResident(ctx, params.id, 'record')
    return store.series(ctx, { kind: query.kind, residentId: params.id, ...spanOf(ctx, query) })
  },

  async listMyLatest(ctx, { query: { residentId } }) {
    requireOwn(ctx, residentId)
    return {
      latest: await store.listLatest(ctx, residentId),
      devices: await devices.listOwn(ctx, residentId),
    }
  },

  async readMySeries(ctx, { query }) {
    requireOwn(ctx, query.residentId)
    const { residentId, kind } = query
    return store.series(ctx, { residentId, kind, ...spanOf(ctx, query) })
  },

  async measure(ctx, { body }) {
    const { residentId, at, photoHash, ...given } = body
    requireOwn(ctx, residentId)
    const oldest = startOf(await rawSince(ctx))
    const raw = { ...given, seq: Math.floor(at.getTime() / 1000), at: at.toISOString() }
    const checked = checkReading(raw, { now: ctx.now, since: oldest, oldest })
    if ('problem' in checked) {
      const when = ['careplan.reading-in-future', 'careplan.reading-too-old'].includes(checked.problem)
      const fields = [{ path: when ? 'body.at' : 'body.value', problem: checked.problem }]
      return refuse('unprocessable', checked.problem, { fields })
    }
    const readings = 'reading' in checked ? [checked.reading] : []
    const accepted = await asSystem(ctx, async (all) => {
      const owner = await whoFollows(all, residentId)
      const of = { residentId, deviceId: residentId, ...owner }
      const [added] = await keepReadings(all, [{ of, readings }])
      return added ?? 0
    })
    if (photoHash) await keepPhoto(ctx, { residentId, at, ...given, fileHash: photoHash })
    await tell(ctx, 'careplan.measured', {
      ...{ thing: `reading:${residentId}`, residentId },
      data: { accepted },
    })
    return { accepted, on: dayOf(at) }
  },
}
