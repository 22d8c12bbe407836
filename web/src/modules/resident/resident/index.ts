import type { ResidentModule } from '../../../kernel/module.ts'
import { residentOwnTitles } from './titles.ts'

/** My card, and who looked at my record. */
export const residentOwn: ResidentModule<typeof residentOwnTitles> = {
  name: 'resident',
  titles: residentOwnTitles,
  words: () => import('./words.ts').then((m) => m.residentOwnWords),
  pages: [
    {
      path: '/card',
      title: 'resident.card.title',
      load: () => import('./card-page.tsx').then((m) => m.CardPage),
    },
    {
      path: '/consents',
      title: 'resident.consent.title',
      load: () => import('./consent-page.tsx').then((m) => m.ConsentPage),
    },
    {
      path: '/family',
      title: 'resident.family.title',
      load: () => import('./family-page.tsx').then((m) => m.FamilyPage),
    },
    {
      path: '/access',
      title: 'resident.access.title',
      tab: { sign: '看', order: 40, label: 'resident.access.short' },
      load: () => import('./access-page.tsx').then((m) => m.AccessPage),
    },
  ],
  own: [{ order: 10, load: () => import('./own-card.tsx').then((m) => m.OwnCard) }],
}
