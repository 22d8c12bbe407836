import {
  AccountBookOutlined,
  CheckSquareOutlined,
  FileDoneOutlined,
  GiftOutlined,
  TableOutlined,
  TeamOutlined,
} from '@ant-design/icons'
import type { StaffModule } from '../../kernel/module.ts'
import { contractTitles } from './titles.ts'

/** Family-doctor contracts: list, contract page, signing, packages. */
export const contract: StaffModule<typeof contractTitles> = {
  name: 'contract',
  titles: contractTitles,
  words: () => import('./words.ts').then((m) => m.contractWords),
  routes: [
    {
      path: '/contracts',
      may: 'contract.read',
      title: 'contract.list',
      load: () => import('./contract-list.tsx').then((m) => m.ContractList),
    },
    {
      path: '/contracts/new',
      may: 'contract.sign',
      title: 'contract.sign.title',
      load: () => import('./sign-page.tsx').then((m) => m.SignPage),
    },
    {
      path: '/contracts/$id',
      may: 'contract.read',
      title: 'contract.title',
      load: () => import('./contract-page.tsx').then((m) => m.ContractPage),
    },
    {
      path: '/contract-services',
      may: 'contract.read',
      title: 'contract.service.title',
      load: () => import('./service-list.tsx').then((m) => m.ServiceList),
    },
    {
      path: '/contract-bulks',
      may: 'contract.manage',
      title: 'contract.bulk.title',
      load: () => import('./bulk-list.tsx').then((m) => m.BulkList),
    },
    {
      path: '/contract-bulks/$id',
      may: 'contract.manage',
      title: 'contract.bulk.title',
      load: () => import('./bulk-page.tsx').then((m) => m.BulkPage),
    },
    {
      path: '/contract-residents',
      may: 'contract.serve',
      title: 'contract.mine.title',
      load: () => import('./resident-list.tsx').then((m) => m.ResidentList),
    },
    {
      path: '/contract-settlements',
      may: 'contract.manage',
      title: 'contract.settlement.title',
      load: () => import('./settlement-list.tsx').then((m) => m.SettlementList),
    },
    {
      path: '/contract-settlements/$id',
      may: 'contract.manage',
      title: 'contract.settlement.title',
      load: () => import('./settlement-page.tsx').then((m) => m.SettlementPage),
    },
    {
      path: '/contract-flags',
      may: 'contract.read',
      title: 'contract.flag.title',
      load: () => import('./flag-list.tsx').then((m) => m.FlagList),
    },
    {
      path: '/service-packages',
      may: 'contract.read',
      title: 'contract.package.title',
      load: () => import('./package-list.tsx').then((m) => m.PackageList),
    },
  ],
  navigation: [
    {
      group: 'family',
      path: '/contracts',
      may: 'contract.read',
      label: 'contract.title',
      icon: FileDoneOutlined,
      order: 11,
    },
    {
      group: 'family',
      path: '/contract-residents',
      may: 'contract.serve',
      label: 'contract.mine.title',
      icon: TeamOutlined,
      order: 11,
    },
    {
      group: 'family',
      path: '/contract-services',
      may: 'contract.serve',
      label: 'contract.service.title',
      icon: CheckSquareOutlined,
      order: 12,
    },
    {
      group: 'family',
      path: '/contract-bulks',
      may: 'contract.manage',
      label: 'contract.bulk.title',
      icon: TableOutlined,
      order: 13,
    },
    {
      group: 'family',
      path: '/contract-settlements',
      may: 'contract.manage',
      label: 'contract.settlement.title',
      icon: AccountBookOutlined,
      order: 14,
    },
    {
      group: 'settings',
      path: '/service-packages',
      may: 'contract.manage',
      label: 'contract.package.title',
      icon: GiftOutlined,
      order: 30,
    },
  ],
  slots: [
    {
      at: 'person',
      order: 10,
      may: 'contract.read',
      load: () => import('./person-contract.tsx').then((m) => m.PersonContract),
    },
  ],
}
