import { words } from '../../kernel/words.ts'

/** The titles of this module's pages: the only words of it in the first load. */
export const capacityTitles = words('capacity', {
  'bed.title': ['床位看板', 'Bed board'],
  'bed.mine': ['本院病区', 'My wards'],
  'calendar.title': ['出诊日历', 'Clinic calendar'],
  'schedule.title': ['出诊与检查排班', 'Schedules'],
  'wait.title': ['候补名单', 'Waiting list'],
  'times.title': ['候诊时间', 'Waiting times'],
})
