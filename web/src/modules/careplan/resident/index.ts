import type { ResidentModule } from '../../../kernel/module.ts'
import { myCareTitles } from './titles.ts'

/** A resident's own care: the plan in plain words, when they are seen next. */
export const careplanResident: ResidentModule<typeof myCareTitles> = {
  name: 'careplan',
  titles: myCareTitles,
  words: () => import('./words.ts').then((m) => m.myCareWords),
  pages: [
    {
      path: '/careplan',
      title: 'careplan.title',
      load: () => import('./my-care.tsx').then((m) => m.MyCare),
    },
    {
      path: '/careplan/$id/prepare',
      title: 'careplan.prepare.title',
      load: () => import('./prepare-page.tsx').then((m) => m.PreparePage),
    },
    {
      path: '/careplan/$id/answer',
      title: 'careplan.answer.title',
      load: () => import('./answer-page.tsx').then((m) => m.AnswerPage),
    },
    {
      path: '/readings',
      title: 'careplan.reading.title',
      load: () => import('./my-readings.tsx').then((m) => m.MyReadings),
    },
  ],
  cards: [{ order: 14, load: () => import('./my-care.tsx').then((m) => m.MyCareCard) }],
}
