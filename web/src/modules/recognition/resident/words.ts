import { words } from '../../../kernel/words.ts'
import { myTestTitles } from './titles.ts'

/** What residents read of recognised results. */
export const myTestWords = words('recognition', {
  ...myTestTitles.table,
  none: ['还没有记录', 'Nothing yet'],
  'none-hint': [
    '医生开检查前，会先看您在别的医院做过的结果；能用就不用再做。',
    'Doctors look at your earlier results first, so that nothing is done twice.',
  ],
  used: ['“{item}”没有再做', '{item} was not done again'],
  'used-detail': ['{institution}认可了您在{source}的结果', '{institution} used your result of {source}'],
  anew: ['“{item}”又做了一次', '{item} was done again'],
  'anew-detail': ['{institution}：{reason}', '{institution}: {reason}'],
  'saved-yuan': ['省 {yuan} 元', '¥{yuan} saved'],
  'saved-days': ['少等 {days} 天', '{days} days less'],
  'saved-rays': ['少受一次射线', 'less radiation'],
  'reason.conditionChanged': ['病情有变化，需要看新的结果', 'your condition changed'],
  'reason.changesFast': ['这项指标变化快', 'it changes fast'],
  'reason.majorDecision': ['手术或输血前必须复查', 'before surgery'],
  'reason.emergency': ['急诊抢救需要', 'emergency'],
  'reason.appraisal': ['鉴定需要', 'for an appraisal'],
  'reason.other': ['医生认为确有必要', 'the doctor saw the need'],
})
