import { IdcardOutlined, MessageOutlined, UserAddOutlined } from '@ant-design/icons'
import { lazy } from 'react'
import type { StaffModule } from '../../kernel/module.ts'
import { residentWords } from './words.ts'

/** The banner of one resident, opened on a lawful basis, for the pages of other modules: `<ResidentBanner residentId={…} />`. */
export const ResidentBanner = lazy(async () => ({
  default: (await import('./resident-banner.tsx')).ResidentBanner,
}))

/** Finding, registering and opening residents. */
export const resident: StaffModule = {
  name: 'resident',
  words: residentWords,
  routes: [
    {
      path: '/residents',
      may: 'resident.read',
      title: 'resident.search.title',
      load: () => import('./search-page.tsx').then((m) => m.SearchPage),
    },
    {
      path: '/residents/new',
      may: 'resident.register',
      title: 'resident.register.title',
      load: () => import('./register-page.tsx').then((m) => m.RegisterPage),
    },
    {
      path: '/residents/$id',
      may: 'resident.read',
      title: 'resident.page.title',
      load: () => import('./resident-page.tsx').then((m) => m.ResidentPage),
    },
    {
      path: '/objections',
      may: 'office.head',
      title: 'resident.objection.title',
      load: () => import('./objection-list.tsx').then((m) => m.ObjectionList),
    },
  ],
  navigation: [
    {
      group: 'care',
      path: '/residents',
      may: 'resident.read',
      label: 'resident.search.title',
      icon: IdcardOutlined,
      order: 10,
    },
    {
      group: 'care',
      path: '/residents/new',
      may: 'resident.register',
      label: 'resident.register.title',
      icon: UserAddOutlined,
      order: 12,
    },
    {
      group: 'work',
      path: '/objections',
      may: 'office.head',
      label: 'resident.objection.title',
      icon: MessageOutlined,
      order: 60,
    },
  ],
  slots: [
    {
      at: 'person',
      order: 80,
      may: 'resident.read',
      load: () => import('./household-card.tsx').then((m) => m.HouseholdCard),
    },
  ],
}
