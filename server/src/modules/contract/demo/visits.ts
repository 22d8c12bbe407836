import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import { demoId } from '../../../kernel/demo.ts'
import { findInstitution } from '../../network/index.ts'
import type { ContractRow } from '../store/row.ts'
import { add } from '../store/visit.ts'

/** For what, how far from the centre (degrees), and between which times. */
const visits = [
  ['卧床老人巡诊、换药', 0.021, 0.012, '09:00', '11:00'],
  ['血压控制不满意，上门复查', -0.014, 0.018, null, null],
  ['糖尿病足部检查', 0.009, -0.016, '10:00', null],
  ['出院后第一次随访', -0.024, -0.007, null, '11:30'],
] as const

/** Today's visits of the first doctor: to be ordered by whoever opens the page. */
export async function demoVisits(ctx: Ctx, rows: readonly ContractRow[]): Promise<void> {
  const first = rows.find((row) => row.id === demoId('contract', 0))
  if (!first) return
  const { latitude, longitude } = await findInstitution(ctx, first.communityId)
  if (latitude === null || longitude === null) return
  const here = rows.filter((row) => row.communityId === first.communityId && row.status === 'active')
  for (const mine of Map.groupBy(here, (row) => row.doctorId).values())
    for (const [n, [reason, north, east, wantedFrom, wantedUntil]] of visits.entries()) {
      const contract = mine[n * 3]
      if (!contract) continue
      const { residentId, id: contractId, communityId, doctorId: practitionerId } = contract
      await add(ctx, {
        ...{ residentId, id: ctx.id(), contractId, communityId, practitionerId, reason, minutes: 30 },
        ...{ onDay: dayOf(ctx.now), wantedFrom, wantedUntil },
        place: { latitude: latitude + north, longitude: longitude + east },
      })
    }
}
