import {
  CommentOutlined,
  FileDoneOutlined,
  QuestionCircleOutlined,
  SwapOutlined,
  TableOutlined,
} from '@ant-design/icons'
import type { StaffModule } from '../../kernel/module.ts'
import { referralWords } from './words.ts'

/** Two-way referral: list, triage board, case page, form. */
export const referral: StaffModule = {
  name: 'referral',
  words: referralWords,
  routes: [
    {
      path: '/referrals',
      may: 'referral.read',
      title: 'referral.list',
      load: () => import('./referral-list.tsx').then((m) => m.ReferralList),
    },
    {
      path: '/triage',
      may: 'referral.read',
      title: 'referral.board',
      load: () => import('./referral-board.tsx').then((m) => m.ReferralBoard),
    },
    {
      path: '/referrals/new',
      may: 'referral.write',
      title: 'referral.new',
      load: () => import('./draft-page.tsx').then((m) => m.NewReferral),
    },
    {
      path: '/referrals/$id',
      may: 'referral.read',
      title: 'referral.title',
      load: () => import('./referral-page.tsx').then((m) => m.ReferralPage),
    },
    {
      path: '/referrals/$id/edit',
      may: 'referral.write',
      title: 'referral.edit',
      load: () => import('./draft-page.tsx').then((m) => m.EditReferral),
    },
    {
      path: '/advices',
      may: 'referral.read',
      title: 'referral.advice.title',
      load: () => import('./advice-list.tsx').then((m) => m.AdviceList),
    },
    {
      path: '/advices/new',
      may: 'referral.write',
      title: 'referral.advice.new',
      load: () => import('./advice-form.tsx').then((m) => m.NewAdvice),
    },
    {
      path: '/advices/$id',
      may: 'referral.read',
      title: 'referral.advice.one',
      load: () => import('./advice-page.tsx').then((m) => m.AdvicePage),
    },
    {
      path: '/referral-rules',
      may: 'referral.read',
      title: 'referral.rule.title',
      load: () => import('./rule-page.tsx').then((m) => m.RulePage),
    },
    {
      path: '/canned-replies',
      may: 'referral.read',
      title: 'referral.reply.title',
      load: () => import('./reply-page.tsx').then((m) => m.ReplyPage),
    },
  ],
  navigation: [
    {
      group: 'care',
      path: '/triage',
      may: 'referral.read',
      label: 'referral.board',
      icon: TableOutlined,
      order: 20,
    },
    {
      group: 'care',
      path: '/referrals',
      may: 'referral.read',
      label: 'referral.list',
      icon: SwapOutlined,
      order: 21,
    },
    {
      group: 'care',
      path: '/advices',
      may: 'referral.read',
      label: 'referral.advice.title',
      icon: QuestionCircleOutlined,
      order: 22,
    },
    {
      group: 'settings',
      path: '/referral-rules',
      may: 'referral.read',
      label: 'referral.rule.title',
      icon: FileDoneOutlined,
      order: 60,
    },
    {
      group: 'settings',
      path: '/canned-replies',
      may: 'referral.answer',
      label: 'referral.reply.title',
      icon: CommentOutlined,
      order: 61,
    },
  ],
  slots: [
    {
      at: 'person',
      order: 20,
      may: 'referral.read',
      load: () => import('./person-referrals.tsx').then((m) => m.PersonReferrals),
    },
  ],
}
