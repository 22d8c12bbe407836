import {
  CalendarOutlined,
  SafetyCertificateOutlined,
  SolutionOutlined,
  TeamOutlined,
} from '@ant-design/icons'
import type { StaffModule } from '../../kernel/module.ts'
import { workforceTitles } from './titles.ts'

export { StaffChoice, useStaffSearch } from './staff-choice.tsx'

/** Staff directory, licences, teams and the duty rota. */
export const workforce: StaffModule<typeof workforceTitles> = {
  name: 'workforce',
  titles: workforceTitles,
  words: () => import('./words.ts').then((m) => m.workforceWords),
  routes: [
    {
      path: '/practitioners',
      may: 'workforce.read',
      title: 'workforce.staff.title',
      load: () => import('./staff-list.tsx').then((m) => m.StaffList),
    },
    {
      path: '/practitioners/$id',
      may: 'workforce.read',
      title: 'workforce.staff.one',
      load: () => import('./practitioner-page.tsx').then((m) => m.PractitionerPage),
    },
    {
      path: '/licences',
      may: 'workforce.read',
      title: 'workforce.expiring.title',
      load: () => import('./expiring-list.tsx').then((m) => m.ExpiringList),
    },
    {
      path: '/teams',
      may: 'workforce.read',
      title: 'workforce.team.title',
      load: () => import('./team-list.tsx').then((m) => m.TeamList),
    },
    {
      path: '/rota',
      may: 'workforce.read',
      title: 'workforce.rota.title',
      load: () => import('./rota-page.tsx').then((m) => m.RotaPage),
    },
  ],
  navigation: [
    {
      group: 'settings',
      path: '/practitioners',
      daily: 'workforce.manage',
      may: 'workforce.read',
      label: 'workforce.staff.title',
      icon: SolutionOutlined,
      order: 30,
    },
    {
      group: 'settings',
      path: '/teams',
      may: 'workforce.read',
      label: 'workforce.team.title',
      icon: TeamOutlined,
      order: 32,
    },
    {
      group: 'settings',
      path: '/rota',
      may: 'workforce.read',
      label: 'workforce.rota.title',
      icon: CalendarOutlined,
      order: 34,
    },
    {
      group: 'settings',
      path: '/licences',
      may: 'workforce.manage',
      label: 'workforce.expiring.title',
      icon: SafetyCertificateOutlined,
      order: 36,
    },
  ],
  slots: [
    {
      at: 'identity.practitioner',
      load: () => import('./practitioner-choice.tsx').then((m) => m.PractitionerChoice),
    },
  ],
}
