import type { ResidentModule } from '../../../kernel/module.ts'
import { myMedicineTitles } from './titles.ts'

/** What a resident takes, and where it is to be had. */
export const pharmacyResident: ResidentModule<typeof myMedicineTitles> = {
  name: 'pharmacy',
  titles: myMedicineTitles,
  words: () => import('./words.ts').then((m) => m.myMedicineWords),
  pages: [
    {
      path: '/medicines',
      title: 'pharmacy.title',
      load: () => import('./my-medicines.tsx').then((m) => m.MyMedicines),
    },
  ],
  cards: [{ order: 15, load: () => import('./my-medicines.tsx').then((m) => m.MyMedicineCard) }],
}
