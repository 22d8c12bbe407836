import type { ResidentModule } from '../../../kernel/module.ts'
import { myContractTitles } from './titles.ts'

/** A resident's own contract: who the doctor is, what they are entitled to, and how to choose one. */
export const contractResident: ResidentModule<typeof myContractTitles> = {
  name: 'contract',
  titles: myContractTitles,
  words: () => import('./words.ts').then((m) => m.myContractWords),
  pages: [
    {
      path: '/doctor',
      title: 'contract.title',
      tab: { sign: '医', order: 15, label: 'contract.tab' },
      load: () => import('./my-contract.tsx').then((m) => m.MyContracts),
    },
    {
      path: '/doctor/choose',
      title: 'contract.apply.title',
      load: () => import('./apply-page.tsx').then((m) => m.ApplyPage),
    },
    {
      path: '/doctor/renew/$id',
      title: 'contract.renew',
      load: () => import('./apply-page.tsx').then((m) => m.RenewPage),
    },
    {
      path: '/doctor/survey/$id',
      title: 'contract.survey.title',
      load: () => import('./my-survey.tsx').then((m) => m.MySurveyPage),
    },
    {
      path: '/doctor/ask',
      title: 'contract.ask.title',
      load: () => import('./my-advice.tsx').then((m) => m.MyAdvice),
    },
    {
      path: '/doctor/ask/$id',
      title: 'contract.ask.title',
      load: () => import('./my-advice-page.tsx').then((m) => m.MyAdvicePage),
    },
  ],
  cards: [
    { order: 12, load: () => import('./my-survey.tsx').then((m) => m.MySurveys) },
    { order: 10, load: () => import('./my-contract.tsx').then((m) => m.MyDoctorCard) },
  ],
}
