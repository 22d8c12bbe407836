import { useDates } from '../../kernel/use-dates.ts'
import { useWords } from '../../kernel/words.ts'
import { StateTag, type Tone } from '../../ui/state-tag.tsx'
import { capacityWords } from './words.ts'

const MINUTE = 60_000

/** How old a figure is, in words, and whether it may be relied on: text and colour. */
export function FigureAge({ confirmedAt, confidence }: { confirmedAt: Date; confidence: number }) {
  const t = useWords(capacityWords)
  const { ago, now } = useDates()
  const fresh = now.getTime() - confirmedAt.getTime() < MINUTE
  const [tone, word]: [Tone, string] =
    confidence >= 0.7
      ? ['good', t('bed.sure')]
      : confidence >= 0.3
        ? ['wait', t('bed.unsure')]
        : ['bad', t('bed.stale')]
  return (
    <span className="tm-row">
      <StateTag tone={tone}>{word}</StateTag>
      <span className="tm-quiet">
        {fresh ? t('bed.confirmed-now') : t('bed.confirmed', { ago: ago(confirmedAt) })}
      </span>
    </span>
  )
}
