import type { ResidentModule } from '../../../kernel/module.ts'
import { myTestTitles } from './titles.ts'

/** Which of a resident's results were used again, so that nothing was done twice. */
export const recognitionResident: ResidentModule<typeof myTestTitles> = {
  name: 'recognition',
  titles: myTestTitles,
  words: () => import('./words.ts').then((m) => m.myTestWords),
  pages: [
    {
      path: '/tests',
      title: 'recognition.title',
      load: () => import('./my-tests.tsx').then((m) => m.MyTests),
    },
  ],
  cards: [{ order: 40, load: () => import('./my-tests.tsx').then((m) => m.MyTestCard) }],
}
