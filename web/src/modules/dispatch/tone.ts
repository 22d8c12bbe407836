import type { VehicleState } from '@tongmai/api/dispatch/fleet'
import type { MissionStatus } from '@tongmai/api/dispatch/flow'
import type { Tone } from '../../ui/state-tag.tsx'

const tones: Readonly<Record<MissionStatus, Tone>> = {
  called: 'wait',
  dispatched: 'note',
  departed: 'note',
  onScene: 'note',
  leftScene: 'accent',
  arrived: 'wait',
  handedOver: 'good',
  aborted: 'bad',
  ready: 'good',
  cancelled: 'idle',
}
export const toneOf = (status: MissionStatus): Tone => tones[status]

const vehicleTones: Readonly<Record<VehicleState, Tone>> = {
  ready: 'good',
  onMission: 'note',
  disinfecting: 'wait',
  offDuty: 'idle',
  outOfService: 'bad',
}
export const vehicleTone = (state: VehicleState): Tone => vehicleTones[state]
