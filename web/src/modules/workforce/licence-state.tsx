import type { LicenceState } from '@tongmai/api/workforce/practitioner'
import { useWords } from '../../kernel/words.ts'
import { StateTag, type Tone } from '../../ui/state-tag.tsx'
import { workforceWords } from './words.ts'

const tones: Readonly<Record<LicenceState, Tone>> = {
  current: 'good',
  expiring: 'wait',
  expired: 'bad',
  notYet: 'note',
  none: 'idle',
}

/** How a licence stands today, in a word. */
export function LicenceStateTag({ state }: { state: LicenceState }) {
  const t = useWords(workforceWords)
  return <StateTag tone={tones[state]}>{t(`status.${state}`)}</StateTag>
}
