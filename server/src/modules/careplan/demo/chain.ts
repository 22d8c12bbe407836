import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import { demoId } from '../../../kernel/demo.ts'
import { demoResidents } from '../../resident/index.ts'
import { noteRecords } from '../actions/chain.ts'
import { note } from '../store/chain.ts'
import type { Past } from '../store/past.ts'

/** The chain of the demonstration region: what the records say of everybody, and who is in a programme. */
export async function demoChain(ctx: Ctx, past: readonly Past[]): Promise<void> {
  const residents = demoResidents().map((one) => ({
    ...{ id: one.id, institutionId: demoId('network', one.institution) },
  }))
  for (let from = 0; from < residents.length; from += 500)
    await noteRecords(ctx, residents.slice(from, from + 500))
  await note(
    ctx,
    past.map(({ residentId, programme, institutionId, enrolledOn, last }) => ({
      ...{ residentId, programme, institutionId, confirmedOn: enrolledOn },
      screenedOn: last ? dayOf(last.at) : enrolledOn,
    })),
  )
}
