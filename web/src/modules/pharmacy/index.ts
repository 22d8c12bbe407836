import { MedicineBoxOutlined } from '@ant-design/icons'
import type { StaffModule } from '../../kernel/module.ts'
import { pharmacyWords } from './words.ts'

const may = 'pharmacy.read'

/** The formulary and what we hold of it. */
export const pharmacy: StaffModule = {
  name: 'pharmacy',
  words: pharmacyWords,
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
