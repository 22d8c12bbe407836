import { words } from '../../../kernel/words.ts'
import { recordResidentTitles } from './titles.ts'

export const recordResidentWords = words('my-record', {
  ...recordResidentTitles.table,
  whose: ['谁的档案', 'Whose record'],
  'record-of': ['{name}的档案', 'The record of {name}'],
  another: ['家人', 'A family member'],
  problems: ['我的健康问题', 'My health problems'],
  allergies: ['我对这些过敏', 'I am allergic to'],
  medicines: ['我在用的药', 'My medicines'],
  vitals: ['最近的测量', 'Latest measurements'],
  labs: ['最近的化验', 'Latest tests'],
  encounters: ['最近看过的病', 'Latest visits'],
  immunisations: ['打过的疫苗', 'My vaccinations'],
  none: ['没有记录', 'Nothing is recorded'],
  higher: ['比上次高', 'higher than last time'],
  lower: ['比上次低', 'lower than last time'],
  same: ['和上次一样', 'the same as last time'],
  'flag.low': ['偏低', 'low'],
  'flag.normal': ['正常', 'normal'],
  'flag.high': ['偏高', 'high'],
  'flag.critical': ['请马上联系医生', 'call your doctor now'],
  'flag.abnormal': ['请问问医生', 'ask your doctor'],
  'unknown-date': ['时间不详', 'date unknown'],
  more: ['再看更早的', 'Earlier'],
  'more-about': ['怎么吃、哪里有药', 'How to take them, where to get them'],
  'see-all': ['看全部经过', 'See everything'],
})
