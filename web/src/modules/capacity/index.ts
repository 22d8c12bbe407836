import {
  CalendarOutlined,
  FieldTimeOutlined,
  HourglassOutlined,
  MedicineBoxOutlined,
  ScheduleOutlined,
} from '@ant-design/icons'
import type { StaffModule } from '../../kernel/module.ts'
import { capacityTitles } from './titles.ts'

const may = 'capacity.read'

/** Schedules, clinic calendar, bed board, waiting list and waiting times. */
export const capacity: StaffModule<typeof capacityTitles> = {
  name: 'capacity',
  titles: capacityTitles,
  words: () => import('./words.ts').then((m) => m.capacityWords),
  routes: [
    {
      path: '/beds',
      may,
      title: 'capacity.bed.title',
      load: () => import('./bed-board.tsx').then((m) => m.BedBoard),
    },
    {
      path: '/wards',
      may,
      title: 'capacity.bed.mine',
      load: () => import('./ward-page.tsx').then((m) => m.WardPage),
    },
    {
      path: '/clinic-calendar',
      may,
      title: 'capacity.calendar.title',
      load: () => import('./clinic-calendar.tsx').then((m) => m.ClinicCalendar),
    },
    {
      path: '/schedules',
      may,
      title: 'capacity.schedule.title',
      load: () => import('./schedule-page.tsx').then((m) => m.SchedulePage),
    },
    {
      path: '/waiting',
      may,
      title: 'capacity.wait.title',
      load: () => import('./waiting-list.tsx').then((m) => m.WaitingList),
    },
    {
      path: '/waitings/$id',
      may,
      title: 'capacity.wait.title',
      load: () => import('./waiting-list.tsx').then((m) => m.WaitingOne),
    },
    {
      path: '/waiting-times',
      may,
      title: 'capacity.times.title',
      load: () => import('./waiting-times.tsx').then((m) => m.WaitingTimes),
    },
  ],
  navigation: [
    { group: 'place', path: '/beds', may, label: 'capacity.bed.title', icon: MedicineBoxOutlined, order: 40 },
    {
      group: 'place',
      path: '/clinic-calendar',
      may,
      label: 'capacity.calendar.title',
      icon: CalendarOutlined,
      order: 41,
    },
    {
      group: 'place',
      path: '/waiting',
      may,
      label: 'capacity.wait.title',
      icon: HourglassOutlined,
      order: 42,
    },
    {
      group: 'insight',
      path: '/waiting-times',
      may,
      label: 'capacity.times.title',
      icon: FieldTimeOutlined,
      order: 40,
    },
    {
      group: 'settings',
      path: '/schedules',
      may: 'capacity.manage',
      label: 'capacity.schedule.title',
      icon: ScheduleOutlined,
      order: 40,
    },
  ],
  slots: [
    {
      at: 'person',
      order: 25,
      may,
      load: () => import('./person-bookings.tsx').then((m) => m.PersonBookings),
    },
  ],
}

export { BedKindChoice } from './bed-kind-choice.tsx'
export { type PlaceChoice, PlacePicker } from './place-picker.tsx'
