import { words } from '../../../kernel/words.ts'
import { myMedicineTitles } from './titles.ts'

/** What residents read of their medicines: plain, without jargon. */
export const myMedicineWords = words('pharmacy', {
  ...myMedicineTitles.table,
  whose: ['谁的药', 'Whose'],
  detail: ['怎么吃、哪里有药', 'How to take them, where to get them'],
  none: ['档案里没有正在用的药。', 'No medicine is recorded.'],
  'none-hint': [
    '如果您在吃药而这里没有，看病时请把药盒带给医生看。',
    'If you take any, show the boxes to your doctor.',
  ],
  before: [
    '照医生说的吃，不要自己加减或停药；不舒服先打电话问。',
    'Take them as told; ask before you change or stop.',
  ],
  dose: ['怎么吃', 'How to take it'],
  'dose-unknown': ['处方上没有写，请问医生', 'not written; ask your doctor'],
  paused: ['医生让先停着', 'Paused by your doctor'],
  since: ['从什么时候', 'Since'],
  'since-unknown': ['不清楚', 'unknown'],
  by: ['谁开的', 'From'],
  until: ['吃到什么时候', 'Until'],
  'until-open': ['长期吃，医生没有写停药日期', 'no end was given'],
  'until-day': ['{day} 为止', '{day}'],
  supply: ['开的药够吃到 {day}', 'What you have lasts until {day}'],
  'supply-soon': ['开的药只够吃到 {day}，该请医生续方了', 'Lasts until {day} only; ask for more'],
  'supply-over': ['按处方，药在 {day} 已经吃完；请联系医生', 'It ran out on {day}; call your doctor'],
  ask: ['请医生续方', 'Ask the doctor'],
  where: ['哪里有这个药', 'Where to get it'],
  elsewhere: ['还有哪里有', 'Where else'],
  'where-none': ['附近没有查到，请问医生或药师。', 'Nowhere nearby; ask your doctor.'],
  'not-listed': ['联盟目录里没有，查不到哪里有。', 'Not in the formulary, so nobody knows where.'],
  'from-place': ['路程从{from}算起，开车', 'By car from {from}'],
  here: ['就在这里', 'right here'],
  minutes: ['约 {minutes} 分钟', 'about {minutes} min'],
  'no-way': ['路程不清楚', 'way unknown'],
  'state.inStock': ['有药', 'has it'],
  'state.canOrder': ['要先订', 'orders it'],
  confirmed: ['{ago}确认', 'confirmed {ago}'],
})
