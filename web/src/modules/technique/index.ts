import { ExperimentOutlined } from '@ant-design/icons'
import type { StaffModule } from '../../kernel/module.ts'
import { techniqueTitles } from './titles.ts'

export { findTechniqueChoices } from './choice.ts'

const may = 'network.read'

/** The catalogue of techniques, and who masters what. */
export const technique: StaffModule<typeof techniqueTitles> = {
  name: 'technique',
  titles: techniqueTitles,
  words: () => import('./words.ts').then((m) => m.techniqueWords),
  routes: [
    {
      path: '/techniques',
      may,
      title: 'technique.title',
      load: () => import('./technique-list.tsx').then((m) => m.TechniqueList),
    },
    {
      path: '/techniques/$id',
      may,
      title: 'technique.title',
      load: () => import('./technique-page.tsx').then((m) => m.TechniquePage),
    },
  ],
  navigation: [
    {
      group: 'alliance',
      path: '/techniques',
      may,
      label: 'technique.title',
      icon: ExperimentOutlined,
      order: 60,
    },
  ],
  slots: [
    {
      at: 'institution',
      order: 20,
      may,
      load: () => import('./own-techniques.tsx').then((m) => m.InstitutionTechniques),
    },
    {
      at: 'practitioner',
      order: 40,
      may,
      load: () => import('./own-techniques.tsx').then((m) => m.PractitionerTechniques),
    },
  ],
}
