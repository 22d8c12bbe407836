import { words } from '../../../kernel/words.ts'
import { myReferralTitles } from './titles.ts'

/** What residents read of their referrals: plain, without jargon. */
export const myReferralWords = words('referral', {
  ...myReferralTitles.table,
  none: ['您现在没有转诊。', 'You have no referral now.'],
  'none-hint': [
    '需要看上级医院时，您的社区医生会帮您办理。',
    'Your community doctor arranges it when you need it.',
  ],
  'go-to': ['去哪里', 'Where to go'],
  when: ['什么时候', 'When'],
  who: ['找谁', 'Whom to see'],
  'prepare-hint': ['带齐了没有、几点到、怎么去', 'What to bring, when, the way'],
  bring: ['带什么', 'What to bring'],
  'bring-always': [
    '身份证、医保卡、转诊单、以前的检查单',
    'Identity card, insurance card, referral form, earlier results',
  ],
  call: ['打电话给 {to}', 'Call {to}'],
  history: ['以前的转诊', 'Earlier'],
  'follow-up': ['家庭医生会在 {day} 前联系您复查', 'Your family doctor will see you by {day}'],
  from: ['{from} 转出', 'From {from}'],

  'stage.sent': ['已发出', 'Sent'],
  'stage.accepted': ['医院已安排', 'Arranged'],
  'stage.there': ['到医院', 'At the hospital'],
  'stage.treated': ['治疗完成', 'Treated'],
  'stage.back': ['回社区', 'Back home'],

  'now.submitted': ['已发给医院，正在等医院安排。', 'Sent; the hospital is arranging it.'],
  'now.infoRequested': [
    '医院需要更多资料，您的医生正在补充。',
    'Your doctor is adding what the hospital asked for.',
  ],
  'now.accepted': ['医院已安排好，请按时去。', 'It is arranged; please go in time.'],
  'now.inTransfer': ['医院在等您，请按时到。', 'The hospital expects you.'],
  'now.arrived': ['您已到医院。', 'You have arrived.'],
  'now.inCare': ['医生正在为您治疗。', 'You are being treated.'],
  'now.admitted': ['您正在住院治疗。', 'You are in hospital.'],
  'now.treated': ['治疗已完成。', 'The treatment is done.'],
  'now.awaitingDownReferral': [
    '医院正在把您转回社区。',
    'The hospital is sending you back to your community.',
  ],
  'now.downReferralSubmitted': [
    '已转回社区，家庭医生很快会联系您。',
    'Your family doctor will call you soon.',
  ],
  'now.takenOver': ['家庭医生已接手照顾您。', 'Your family doctor looks after you now.'],
  'now.firstFollowUpDone': ['第一次复查已完成。', 'The first check-up is done.'],
  'now.closed': ['这次转诊已办完。', 'This referral is finished.'],
  'now.rejected': [
    '医院这次不能接收，您的医生会另作安排。',
    'This hospital cannot take you; your doctor will arrange otherwise.',
  ],
  'now.declinedByPatient': ['您选择了不去。', 'You chose not to go.'],
  'now.withdrawn': ['您的医生收回了这次转诊。', 'Your doctor called it back.'],
  'now.expired': ['已过期，请联系您的医生。', 'It ran out; please call your doctor.'],
  'now.cancelled': ['这次转诊已取消。', 'This referral was cancelled.'],
  'now.draft': ['还没有发出。', 'Not sent yet.'],
  'now.internalReview': ['还没有发出。', 'Not sent yet.'],
})
