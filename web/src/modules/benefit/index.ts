import { AccountBookOutlined, CalculatorOutlined, PayCircleOutlined } from '@ant-design/icons'
import type { StaffModule } from '../../kernel/module.ts'
import { benefitTitles } from './titles.ts'

const may = 'benefit.read'

/** Costs before choosing, insurance rules and prices. */
export const benefit: StaffModule<typeof benefitTitles> = {
  name: 'benefit',
  titles: benefitTitles,
  words: () => import('./words.ts').then((m) => m.benefitWords),
  routes: [
    {
      path: '/cost',
      may,
      title: 'benefit.title',
      load: () => import('./cost-page.tsx').then((m) => m.CostPage),
    },
    {
      path: '/insurance-rules',
      may,
      title: 'benefit.rules.title',
      load: () => import('./rule-list.tsx').then((m) => m.RuleList),
    },
    {
      path: '/entitlement-rules',
      may,
      title: 'benefit.waivers.title',
      load: () => import('./entitlement-list.tsx').then((m) => m.EntitlementList),
    },
    {
      path: '/diagnosis-groups',
      may,
      title: 'benefit.groups.title',
      load: () => import('./group-list.tsx').then((m) => m.GroupList),
    },
    {
      path: '/benefit-changes',
      may,
      title: 'benefit.changes.title',
      load: () => import('./change-list.tsx').then((m) => m.ChangeList),
    },
    {
      path: '/tariffs',
      may,
      title: 'benefit.tariff.title',
      load: () => import('./tariff-list.tsx').then((m) => m.TariffList),
    },
  ],
  navigation: [
    { group: 'care', path: '/cost', may, label: 'benefit.title', icon: CalculatorOutlined, order: 40 },
    {
      group: 'settings',
      path: '/insurance-rules',
      may,
      label: 'benefit.rules.title',
      icon: AccountBookOutlined,
      order: 20,
    },
    {
      group: 'settings',
      path: '/tariffs',
      may,
      label: 'benefit.tariff.title',
      icon: PayCircleOutlined,
      order: 22,
    },
  ],
  slots: [
    {
      at: 'person',
      order: 60,
      may,
      load: () => import('./insurance-card.tsx').then((m) => m.InsuranceCard),
    },
  ],
}
