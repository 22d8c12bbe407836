import {
  AlertOutlined,
  FunnelPlotOutlined,
  HeartOutlined,
  MobileOutlined,
  NodeIndexOutlined,
  ScheduleOutlined,
} from '@ant-design/icons'
import type { StaffModule } from '../../kernel/module.ts'
import { careplanTitles } from './titles.ts'

/** Care plans: what is due, the register of chronic disease, the page of one person’s plan. */
export const careplan: StaffModule<typeof careplanTitles> = {
  name: 'careplan',
  titles: careplanTitles,
  words: () => import('./words.ts').then((m) => m.careplanWords),
  routes: [
    {
      path: '/follow-ups',
      may: 'careplan.read',
      title: 'careplan.follow.title',
      load: () => import('./follow-up-list.tsx').then((m) => m.FollowUpList),
    },
    {
      path: '/programmes',
      may: 'careplan.read',
      title: 'careplan.programme.title',
      load: () => import('./programme-page.tsx').then((m) => m.ProgrammePage),
    },
    {
      path: '/careplans/$id',
      may: 'careplan.read',
      title: 'careplan.title',
      load: () => import('./care-page.tsx').then((m) => m.CarePage),
    },
    {
      path: '/care-chain',
      may: 'careplan.chain',
      title: 'careplan.chain.title',
      load: () => import('./chain-page.tsx').then((m) => m.ChainPage),
    },
    {
      path: '/pathways',
      may: 'careplan.read',
      title: 'careplan.pathway.title',
      load: () => import('./pathway-list.tsx').then((m) => m.PathwayList),
    },
    {
      path: '/pathways/new',
      may: 'careplan.pathway',
      title: 'careplan.pathway.new',
      load: () => import('./pathway-editor.tsx').then((m) => m.NewPathway),
    },
    {
      path: '/pathways/$id',
      may: 'careplan.read',
      title: 'careplan.pathway.title',
      load: () => import('./pathway-page.tsx').then((m) => m.PathwayPage),
    },
    {
      path: '/pathways/$id/edit',
      may: 'careplan.pathway',
      title: 'careplan.pathway.edit',
      load: () => import('./pathway-editor.tsx').then((m) => m.EditPathway),
    },
    {
      path: '/pathways/$id/difference',
      may: 'careplan.read',
      title: 'careplan.pathway.difference',
      load: () => import('./pathway-difference.tsx').then((m) => m.PathwayDifference),
    },
    {
      path: '/alerts',
      may: 'careplan.read',
      title: 'careplan.alert.title',
      load: () => import('./alert-list.tsx').then((m) => m.AlertList),
    },
    {
      path: '/alerts/$id',
      may: 'careplan.read',
      title: 'careplan.alert.title',
      load: () => import('./alert-page.tsx').then((m) => m.AlertPage),
    },
    {
      path: '/devices',
      may: 'careplan.read',
      title: 'careplan.device.title',
      load: () => import('./device-list.tsx').then((m) => m.DeviceList),
    },
  ],
  navigation: [
    {
      group: 'family',
      path: '/alerts',
      may: 'careplan.follow',
      label: 'careplan.alert.title',
      icon: AlertOutlined,
      order: 15,
    },
    {
      group: 'family',
      path: '/devices',
      may: 'careplan.follow',
      label: 'careplan.device.title',
      icon: MobileOutlined,
      order: 16,
    },
    {
      group: 'family',
      path: '/follow-ups',
      may: 'careplan.follow',
      label: 'careplan.follow.title',
      icon: ScheduleOutlined,
      order: 13,
    },
    {
      group: 'family',
      path: '/programmes',
      may: 'careplan.read',
      label: 'careplan.programme.title',
      icon: HeartOutlined,
      order: 14,
    },
    {
      group: 'insight',
      path: '/care-chain',
      may: 'careplan.chain',
      label: 'careplan.chain.title',
      icon: FunnelPlotOutlined,
      order: 30,
    },
    {
      group: 'family',
      path: '/pathways',
      may: 'careplan.read',
      label: 'careplan.pathway.title',
      icon: NodeIndexOutlined,
      order: 17,
    },
  ],
  slots: [
    {
      at: 'person',
      order: 10,
      may: 'careplan.read',
      load: () => import('./person-pathway.tsx').then((m) => m.PersonPathway),
    },
    {
      at: 'person',
      order: 11,
      may: 'careplan.read',
      load: () => import('./person-care.tsx').then((m) => m.PersonCare),
    },
    {
      at: 'person',
      order: 12,
      may: 'careplan.read',
      load: () => import('./person-readings.tsx').then((m) => m.PersonReadings),
    },
  ],
}
