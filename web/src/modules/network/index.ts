import {
  ApartmentOutlined,
  BankOutlined,
  BlockOutlined,
  EnvironmentOutlined,
  FileProtectOutlined,
  NodeIndexOutlined,
} from '@ant-design/icons'
import type { StaffModule } from '../../kernel/module.ts'
import { networkTitles } from './titles.ts'

export {
  findAllianceChoices,
  findDivisionChoices,
  findInstitutionChoices,
  listDepartmentChoices,
} from './choice.ts'
export { useRegionDivisions } from './use-region.ts'

const may = 'network.read'

/** Institutions, alliances, agreements, the map and the grids. */
export const network: StaffModule<typeof networkTitles> = {
  name: 'network',
  titles: networkTitles,
  words: () => import('./words.ts').then((m) => m.networkWords),
  routes: [
    {
      path: '/institutions',
      may,
      title: 'network.directory.title',
      load: () => import('./directory-page.tsx').then((m) => m.DirectoryPage),
    },
    {
      path: '/institutions/$id',
      may,
      title: 'network.institution',
      load: () => import('./institution-page.tsx').then((m) => m.InstitutionPage),
    },
    {
      path: '/alliances',
      may,
      title: 'network.alliances',
      load: () => import('./alliance-list.tsx').then((m) => m.AllianceList),
    },
    {
      path: '/alliances/$id',
      may,
      title: 'network.alliances',
      load: () => import('./alliance-page.tsx').then((m) => m.AlliancePage),
    },
    {
      path: '/duties',
      may,
      title: 'network.duties-here',
      load: () => import('./duty-page.tsx').then((m) => m.DutyPage),
    },
    {
      path: '/agreements',
      may,
      title: 'network.agreements',
      load: () => import('./agreement-list.tsx').then((m) => m.AgreementList),
    },
    {
      path: '/agreements/$id',
      may,
      title: 'network.agreements',
      load: () => import('./agreement-page.tsx').then((m) => m.AgreementPage),
    },
    {
      path: '/map',
      may,
      title: 'network.map',
      load: () => import('./map-page.tsx').then((m) => m.MapPage),
    },
    {
      path: '/roads',
      may,
      title: 'network.roads',
      load: () => import('./road-page.tsx').then((m) => m.RoadPage),
    },
    {
      path: '/grids',
      may,
      title: 'network.grids',
      load: () => import('./grid-layout-page.tsx').then((m) => m.GridLayoutPage),
    },
    {
      path: '/grids/$id',
      may,
      title: 'network.grid',
      load: () => import('./grid-page.tsx').then((m) => m.GridPage),
    },
  ],
  navigation: [
    {
      group: 'alliance',
      path: '/alliances',
      may,
      label: 'network.alliances',
      icon: ApartmentOutlined,
      order: 10,
    },
    {
      group: 'alliance',
      path: '/institutions',
      may,
      label: 'network.directory.title',
      icon: BankOutlined,
      order: 20,
    },
    {
      group: 'alliance',
      path: '/agreements',
      may,
      label: 'network.agreements',
      icon: FileProtectOutlined,
      order: 30,
    },
    { group: 'alliance', path: '/map', may, label: 'network.map', icon: EnvironmentOutlined, order: 40 },
    { group: 'alliance', path: '/grids', may, label: 'network.grids', icon: BlockOutlined, order: 50 },
    {
      group: 'alliance',
      path: '/roads',
      may: 'network.roads',
      label: 'network.roads',
      icon: NodeIndexOutlined,
      order: 60,
    },
  ],
}
