import type { ResidentModule } from '../../../kernel/module.ts'
import { myTestWords } from './words.ts'

/** Which of a resident's results were used again, so that nothing was done twice. */
export const recognitionResident: ResidentModule = {
  name: 'recognition',
  words: myTestWords,
  pages: [
    {
      path: '/tests',
      title: 'recognition.title',
      load: () => import('./my-tests.tsx').then((m) => m.MyTests),
    },
  ],
  cards: [{ order: 40, load: () => import('./my-tests.tsx').then((m) => m.MyTestCard) }],
}
