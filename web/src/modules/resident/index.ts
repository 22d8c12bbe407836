import {
  AlertOutlined,
  IdcardOutlined,
  MessageOutlined,
  TeamOutlined,
  UserAddOutlined,
} from '@ant-design/icons'
import { lazy } from 'react'
import type { StaffModule } from '../../kernel/module.ts'
import { residentTitles } from './titles.ts'

/** The banner of one resident, opened on a lawful basis, for the pages of other modules: `<ResidentBanner residentId={…} />`. */
export const ResidentBanner = lazy(async () => ({
  default: (await import('./resident-banner.tsx')).ResidentBanner,
}))

/** The same for a case, which may be seen longer than the record: masked where that is not open to my institution. */
export const CaseBanner = lazy(async () => ({
  default: (await import('./resident-banner.tsx')).CaseBanner,
}))

/** The same where the resident has been read already. */
export const OpenedBanner = lazy(async () => ({
  default: (await import('./resident-banner.tsx')).OpenedBanner,
}))

/** Finds a resident by number, or by name and birth date: for a call, for an app. */
export const PatientChoice = lazy(async () => ({
  default: (await import('./patient-choice.tsx')).PatientChoice,
}))

/** Finding, registering and opening residents. */
export const resident: StaffModule<typeof residentTitles> = {
  name: 'resident',
  titles: residentTitles,
  words: () => import('./words.ts').then((m) => m.residentWords),
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
      path: '/residents/$id/consents/new',
      may: 'resident.register',
      title: 'resident.consent.new',
      load: () => import('./consent-form.tsx').then((m) => m.ConsentForm),
    },
    {
      path: '/consents/$id',
      may: 'resident.read',
      title: 'resident.consent.page',
      load: () => import('./consent-page.tsx').then((m) => m.ConsentPage),
    },
    {
      path: '/proxy-requests',
      may: 'resident.register',
      title: 'resident.proxy.title',
      load: () => import('./proxy-list.tsx').then((m) => m.ProxyList),
    },
    {
      path: '/proxy-requests/$id',
      may: 'resident.register',
      title: 'resident.proxy.title',
      load: () => import('./proxy-list.tsx').then((m) => m.ProxyPage),
    },
    {
      path: '/objections/$id',
      may: 'office.head',
      title: 'resident.objection.title',
      load: () => import('./objection-list.tsx').then((m) => m.ObjectionList),
    },
    {
      path: '/objections',
      may: 'office.head',
      title: 'resident.objection.title',
      load: () => import('./objection-list.tsx').then((m) => m.ObjectionList),
    },
    {
      path: '/resident-links',
      may: 'resident.link',
      title: 'resident.links.title',
      load: () => import('./link-list.tsx').then((m) => m.LinkList),
    },
    {
      path: '/resident-links/$id',
      may: 'resident.link',
      title: 'resident.links.compare',
      load: () => import('./link-page.tsx').then((m) => m.LinkPage),
    },
    {
      path: '/emergency-accesses',
      may: 'office.head',
      title: 'resident.emergency.title',
      load: () => import('./emergency-list.tsx').then((m) => m.EmergencyList),
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
      group: 'care',
      path: '/proxy-requests',
      may: 'resident.register',
      label: 'resident.proxy.title',
      icon: TeamOutlined,
      order: 14,
    },
    {
      group: 'work',
      path: '/objections',
      may: 'office.head',
      label: 'resident.objection.title',
      icon: MessageOutlined,
      order: 60,
    },
    {
      group: 'work',
      path: '/emergency-accesses',
      may: 'office.head',
      label: 'resident.emergency.title',
      icon: AlertOutlined,
      order: 61,
    },
    {
      group: 'work',
      path: '/resident-links',
      may: 'resident.link',
      label: 'resident.links.title',
      icon: TeamOutlined,
      order: 62,
    },
  ],
  slots: [
    {
      at: 'identity.patient',
      load: () => import('./patient-choice.tsx').then((m) => m.PatientChoice),
    },
    {
      at: 'person',
      order: 80,
      may: 'resident.read',
      load: () => import('./household-card.tsx').then((m) => m.HouseholdCard),
    },
    {
      at: 'person',
      order: 82,
      may: 'resident.read',
      load: () => import('./consent-card.tsx').then((m) => m.ConsentCard),
    },
    {
      at: 'person',
      order: 83,
      may: 'office.head',
      load: () => import('./opening-card.tsx').then((m) => m.OpeningCard),
    },
    {
      at: 'person',
      order: 84,
      may: 'resident.read',
      load: () => import('./link-card.tsx').then((m) => m.LinkCard),
    },
  ],
}
