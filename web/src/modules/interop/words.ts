import { words } from '../../kernel/words.ts'
import { exportWords } from './export-words.ts'
import { messageWords } from './message-words.ts'
import { subscriptionWords } from './subscription-words.ts'
import { interopTitles } from './titles.ts'

/** What people read of the wire. */
export const interopWords = words('interop', {
  ...interopTitles.table,
  ...exportWords,
  ...messageWords,
  ...subscriptionWords,
  'summary.hint': [
    '生成于 {at}，按国际患者摘要（IPS）的次序；转院、出境就医时可打印或以文件交给对方。',
    'Made at {at}, in the order of the International Patient Summary; print it, or give it along as a file.',
  ],
  'summary.record': ['打开档案', 'Open the record'],
  'summary.print': ['打印', 'Print'],
  'summary.save': ['下载文件（FHIR）', 'Download (FHIR)'],
})
