import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import { demoId } from '../../../kernel/demo.ts'
import * as bulks from '../store/bulk.ts'
import { add as addFlag } from '../store/flag.ts'
import { listLaid } from '../store/lay.ts'
import { list as listPackages } from '../store/package.ts'
import type { ContractRow } from '../store/row.ts'

/** Deliveries of the first community that look odd, and a list of residents that was checked and waits to be signed. */
export async function demoOdd(ctx: Ctx, rows: readonly ContractRow[]): Promise<void> {
  const first = rows.find((row) => row.id === demoId('contract', 0))
  if (!first) return
  const { communityId } = first
  const here = new Map(rows.filter((row) => row.communityId === communityId).map((row) => [row.id, row]))
  const laid = (await listLaid(ctx, dayOf(ctx.now))).filter((one) => here.has(one.contractId))
  const odd = [
    { asks: 'placeAndTime', suspicion: { kind: 'neverLeft', details: { metres: 38 } } },
    {
      asks: 'measurement',
      suspicion: { kind: 'sameReadings', details: { readings: '收缩压 130 舒张压 80', residents: 3 } },
    },
  ] as const
  for (const { asks, suspicion } of odd) {
    const one = laid.find(({ evidence }) => evidence.includes(asks))
    if (!one) continue
    const { residentId, id: serviceId, assigneeId: practitionerId } = one
    await addFlag(ctx, { residentId, serviceId, communityId, practitionerId }, [suspicion])
  }
  await layBulk(ctx, first)
}

const lines = [
  ['周明', '990101********2315', 'unknownResident', {}],
  ['吴小满', '990101********0041', 'guardianMissing', {}],
  ['郑安', '990101********381X', 'idCheck', {}],
] as const

async function layBulk(ctx: Ctx, first: ContractRow): Promise<void> {
  const { communityId, teamId, doctorId, consentVersion, consentHash } = first
  const id = demoId('contract', 'bulk 1')
  const asked = { institutionId: communityId, offset: 0, limit: 1 }
  const packageIds = (await listPackages(ctx, asked)).items.map((one) => one.id)
  const form = {
    ...{ hash: '0'.repeat(64), fileName: '鼓楼社区签约名单（样例）.xlsx', teamId, doctorId, packageIds },
    ...{ secondaryId: null, tertiaryId: null, months: 12, consentVersion },
  }
  await bulks.add(ctx, { id, institutionId: communityId, form, consentHash })
  const row = await bulks.lock(ctx, id)
  await bulks.addLines(
    ctx,
    row,
    lines.map(([name, numberMasked, problem, details], n) => ({
      ...{
        line: n + 2,
        name,
        numberMasked,
        problem,
        details,
        residentId: null,
        teamId: null,
        doctorId: null,
      },
      ...{ packageIds: null, months: null, signer: null, relation: null },
    })),
  )
  await bulks.change(ctx, row, { status: 'checked', total: lines.length, bad: lines.length })
}
