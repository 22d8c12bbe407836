import { words } from '../../kernel/words.ts'

/** The titles of this module's pages: the only words of it in the first load. */
export const referralTitles = words('referral', {
  list: ['转诊单', 'Referrals'],
  board: ['分诊看板', 'Triage board'],
  new: ['写转诊单', 'Write a referral'],
  title: ['转诊', 'Referrals'],
  edit: ['修改转诊单', 'Edit the referral'],
  'advice.title': ['专家咨询', 'Advice'],
  'advice.new': ['咨询专家', 'Ask for advice'],
  'advice.one': ['咨询', 'Question'],
  'rule.title': ['转诊指征', 'Indications'],
  'reply.title': ['常用回复', 'Ready sentences'],
  'watch.title': ['流向监测', 'Siphon watch'],
  'watch.cases': ['打开病例', 'Open the cases'],
  'watch.first': ['首诊去向', 'First contacts'],
  'review.title': ['转诊适宜性评审', 'Appropriateness review'],
  'green.board': ['绿色通道看板', 'Green channels'],
  'green.summary': ['到院前摘要', 'Pre-arrival summary'],
  'specialty.title': ['诊断与专科', 'Diagnoses and specialties'],
  'weights.title': ['推荐权重', 'Routing weights'],
})
