import type { EndReason } from '@tongmai/api/contract/flow'
import { closeCase, setDue } from '../../../kernel/case.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import * as advices from '../store/advice.ts'
import * as beds from '../store/bed.ts'
import type { ContractRow } from '../store/row.ts'
import { cancelPlanned } from '../store/visit.ts'
import { thingOf as bedThing, closeBed, declineBed } from './bed-care.ts'
import { endDouble } from './one-person.ts'

const OVER = '签约协议已结束'

/**
 * What rests on a contract ends with it: planned visits are called off, open questions closed, a bed that was only
 * proposed is not opened. An open bed closes where the resident has died; else a physician has to say today what becomes of it.
 */
export async function endWhatRests(ctx: Ctx, row: ContractRow, reason: EndReason): Promise<void> {
  await endDouble(ctx, row.residentId)
  await cancelPlanned(ctx, { contractId: row.id }, OVER)
  for (const one of await advices.lockOpen(ctx, row.id)) {
    await advices.move(ctx, one, 'close', {})
    await closeCase(ctx, `contract-advice:${one.id}`)
  }
  for (const bed of await beds.lockLive(ctx, row.id)) {
    if (bed.status === 'proposed') await declineBed(ctx, bed, OVER)
    else if (reason === 'died') await closeBed(ctx, bed, { outcome: 'died', summary: '居民去世' })
    else await setDue(ctx, bedThing(bed.id), ctx.now)
  }
}
