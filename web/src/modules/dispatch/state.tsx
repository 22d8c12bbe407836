import type { VehicleState } from '@tongmai/api/dispatch/fleet'
import type { MissionStatus } from '@tongmai/api/dispatch/flow'
import type { MissionUrgency } from '@tongmai/api/dispatch/urgency'
import { useWords } from '../../kernel/words.ts'
import { StateTag } from '../../ui/state-tag.tsx'
import { toneOf, vehicleTone } from './tone.ts'
import { dispatchWords } from './words.ts'

/** A mission's state in words and colour. */
export function MissionState({ status }: { status: MissionStatus }) {
  const t = useWords(dispatchWords)
  return <StateTag tone={toneOf(status)}>{t(`status.${status}`)}</StateTag>
}

/** A vehicle's state in words and colour. */
export function VehicleTag({ state }: { state: VehicleState }) {
  const t = useWords(dispatchWords)
  return <StateTag tone={vehicleTone(state)}>{t(`vehicle.state.${state}`)}</StateTag>
}

/** How urgent it is; routine needs no word. */
export function UrgencyTag({ urgency }: { urgency: MissionUrgency }) {
  const t = useWords(dispatchWords)
  if (urgency === 'routine') return null
  return <StateTag tone={urgency === 'emergency' ? 'bad' : 'wait'}>{t(`urgency.${urgency}`)}</StateTag>
}
