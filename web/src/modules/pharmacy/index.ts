import { MedicineBoxOutlined } from '@ant-design/icons'
import type { StaffModule } from '../../kernel/module.ts'
import { pharmacyTitles } from './titles.ts'

const may = 'pharmacy.read'

/** The formulary and what we hold of it. */
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
  ],
  navigation: [
    { group: 'care', path: '/formulary', may, label: 'pharmacy.title', icon: MedicineBoxOutlined, order: 45 },
  ],
}
