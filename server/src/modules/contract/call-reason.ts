import type { CallReason, PanelResident } from '@tongmai/api/contract/panel'
import { startOf } from '../../kernel/day.ts'

/**
 * Why somebody should ring a resident: they left a ward or measured badly and nobody has reached them since, they asked to be
 * rung again, or the last call did not get through.
 */
export function callReasons({
  dischargedOn,
  badly,
  lastCall,
}: Pick<PanelResident, 'dischargedOn' | 'badly' | 'lastCall'>): CallReason[] {
  const spoken = lastCall && (lastCall.outcome === 'reached' || lastCall.outcome === 'calledUs')
  const since = (moment: Date | null) => moment !== null && !(spoken && lastCall.at >= moment)
  const reasons: CallReason[] = []
  if (since(dischargedOn ? startOf(dischargedOn) : null)) reasons.push('discharged')
  if (since(badly?.at ?? null)) reasons.push('badly')
  if (lastCall?.outcome === 'callBack' || lastCall?.outcome === 'notReached') reasons.push(lastCall.outcome)
  return reasons
}
