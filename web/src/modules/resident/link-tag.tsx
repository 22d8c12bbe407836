import type { LinkState } from '@tongmai/api/resident/link'
import { useWords } from '../../kernel/words.ts'
import { StateTag } from '../../ui/state-tag.tsx'
import { residentWords } from './words.ts'

const tones = { proposed: 'wait', linked: 'good', separate: 'note', undone: 'note' } as const

/** Whether two residents are one person, in a word. */
export function LinkTag({ state }: { state: LinkState }) {
  const t = useWords(residentWords)
  return <StateTag tone={tones[state]}>{t(`link.${state}`)}</StateTag>
}
