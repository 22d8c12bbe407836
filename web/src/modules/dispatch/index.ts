import { CarOutlined, DeploymentUnitOutlined, TruckOutlined } from '@ant-design/icons'
import type { StaffModule } from '../../kernel/module.ts'
import { dispatchTitles } from './titles.ts'

export { CallButton } from './call-button.tsx'
export { MissionLines } from './mission-lines.tsx'
export { LatestVitals, VitalChart } from './vital-chart.tsx'

const may = 'dispatch.read'

/** Transport: the dispatcher's board, missions, vehicles. */
export const dispatch: StaffModule<typeof dispatchTitles> = {
  name: 'dispatch',
  titles: dispatchTitles,
  words: () => import('./words.ts').then((m) => m.dispatchWords),
  routes: [
    {
      path: '/dispatch',
      may,
      title: 'dispatch.board',
      load: () => import('./dispatch-board.tsx').then((m) => m.DispatchBoard),
    },
    {
      path: '/missions',
      may,
      title: 'dispatch.missions',
      load: () => import('./mission-list.tsx').then((m) => m.MissionList),
    },
    {
      path: '/missions/new',
      may: 'dispatch.call',
      title: 'dispatch.call',
      load: () => import('./call-page.tsx').then((m) => m.CallPage),
    },
    {
      path: '/missions/$id',
      may,
      title: 'dispatch.mission',
      load: () => import('./mission-page.tsx').then((m) => m.MissionPage),
    },
    {
      path: '/vehicles',
      may,
      title: 'dispatch.vehicles',
      load: () => import('./vehicle-list.tsx').then((m) => m.VehicleList),
    },
  ],
  navigation: [
    {
      group: 'referral',
      path: '/dispatch',
      daily: 'dispatch.dispatch',
      may,
      label: 'dispatch.board',
      icon: DeploymentUnitOutlined,
      order: 40,
    },
    {
      group: 'referral',
      path: '/missions',
      daily: 'dispatch.drive',
      may,
      label: 'dispatch.missions',
      icon: TruckOutlined,
      order: 41,
    },
    { group: 'referral', path: '/vehicles', may, label: 'dispatch.vehicles', icon: CarOutlined, order: 42 },
  ],
  slots: [
    {
      at: 'person',
      order: 30,
      may,
      load: () => import('./person-missions.tsx').then((m) => m.PersonMissions),
    },
  ],
}
