import type { Verdict } from '@tongmai/api/careplan/programme'
import { useWords } from '../../kernel/words.ts'
import { StateTag } from '../../ui/state-tag.tsx'
import { careplanWords } from './words.ts'

const tones = { satisfactory: 'good', unsatisfactory: 'wait', critical: 'bad' } as const

/** How a follow-up went, in words and colour. */
export function VerdictTag({ verdict }: { verdict: Verdict }) {
  const t = useWords(careplanWords)
  return <StateTag tone={tones[verdict]}>{t(`verdict.${verdict}`)}</StateTag>
}
