import { MedicineBoxOutlined } from '@ant-design/icons'
import type { StaffModule } from '../../kernel/module.ts'
import { pharmacyTitles } from './titles.ts'

export { gapPath } from './gap-path.ts'

const may = 'pharmacy.read'

/** The formulary, what we hold of it, and what is wanting. */
export const pharmacy: StaffModule<typeof pharmacyTitles> = {
  name: 'pharmacy',
  titles: pharmacyTitles,
  words: () => import('./words.ts').then((m) => m.pharmacyWords),
  routes: [
    {
      path: '/formulary',
      may,
      title: 'pharmacy.title',
      load: () => import('./formulary-page.tsx').then((m) => m.FormularyPage),
    },
    {
      path: '/formulary-gap',
      may,
      title: 'pharmacy.gap.title',
      load: () => import('./gap-page.tsx').then((m) => m.GapPage),
    },
    {
      path: '/shortages',
      may,
      title: 'pharmacy.shortage.title',
      load: () => import('./shortage-list.tsx').then((m) => m.ShortageList),
    },
    {
      path: '/shortages/$id',
      may,
      title: 'pharmacy.shortage.title',
      load: () => import('./shortage-list.tsx').then((m) => m.ShortageList),
    },
  ],
  navigation: [
    {
      group: 'care',
      path: '/formulary',
      daily: 'pharmacy.stock',
      may,
      label: 'pharmacy.title',
      icon: MedicineBoxOutlined,
      order: 45,
    },
  ],
}
