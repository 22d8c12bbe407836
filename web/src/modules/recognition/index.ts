import { AuditOutlined, SafetyCertificateOutlined, SolutionOutlined } from '@ant-design/icons'
import type { StaffModule } from '../../kernel/module.ts'
import { recognitionTitles } from './titles.ts'

const may = 'recognition.read'

/** Mutual recognition: ordering with what others have found shown first, catalogue, assessments, ledger. */
export const recognition: StaffModule<typeof recognitionTitles> = {
  name: 'recognition',
  titles: recognitionTitles,
  words: () => import('./words.ts').then((m) => m.recognitionWords),
  routes: [
    {
      path: '/residents/$id/order-tests',
      may: 'recognition.order',
      title: 'recognition.order.title',
      load: () => import('./order-page.tsx').then((m) => m.OrderPage),
    },
    {
      path: '/recognition-items',
      may,
      title: 'recognition.items.title',
      load: () => import('./item-list.tsx').then((m) => m.ItemList),
    },
    {
      path: '/recognition-items/$id',
      may,
      title: 'recognition.items.title',
      load: () => import('./item-page.tsx').then((m) => m.ItemPage),
    },
    {
      path: '/recognition-gates',
      may,
      title: 'recognition.gates.title',
      load: () => import('./gate-list.tsx').then((m) => m.GateList),
    },
    {
      path: '/recognition-ledger',
      may,
      title: 'recognition.ledger.title',
      load: () => import('./ledger-page.tsx').then((m) => m.LedgerPage),
    },
    {
      path: '/recognition-decisions',
      may,
      title: 'recognition.decisions.title',
      load: () => import('./decision-list.tsx').then((m) => m.DecisionList),
    },
  ],
  navigation: [
    {
      group: 'insight',
      path: '/recognition-ledger',
      daily: 'oversight.read',
      may,
      label: 'recognition.ledger.title',
      icon: AuditOutlined,
      order: 40,
    },
    {
      group: 'settings',
      path: '/recognition-items',
      may,
      label: 'recognition.items.title',
      icon: SolutionOutlined,
      order: 14,
    },
    {
      group: 'settings',
      path: '/recognition-gates',
      daily: 'recognition.gate',
      may,
      label: 'recognition.gates.title',
      icon: SafetyCertificateOutlined,
      order: 15,
    },
  ],
  slots: [
    {
      at: 'person',
      order: 15,
      may: 'recognition.order',
      load: () => import('./person-tests.tsx').then((m) => m.PersonTests),
    },
  ],
}
