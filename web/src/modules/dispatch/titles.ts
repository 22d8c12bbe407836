import { words } from '../../kernel/words.ts'

/** The titles of this module's pages: the only words of it in the first load. */
export const dispatchTitles = words('dispatch', {
  board: ['转运调度', 'Dispatch'],
  missions: ['转运任务', 'Missions'],
  call: ['申请转运', 'Call for transport'],
  mission: ['转运任务', 'Mission'],
  vehicles: ['车辆', 'Vehicles'],
})
