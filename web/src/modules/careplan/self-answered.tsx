import type { SelfAnswer } from '@tongmai/api/careplan/follow-up'
import { useDates } from '../../kernel/use-dates.ts'
import { useWords } from '../../kernel/words.ts'
import { StateTag } from '../../ui/state-tag.tsx'
import { careplanWords } from './words.ts'

/** That the resident has answered beforehand, and what of it cannot wait. */
export function SelfAnswered({ answer }: { answer: SelfAnswer }) {
  const t = useWords(careplanWords)
  const { briefly } = useDates()
  const what = answer.findings.map((one) => `${one.text} ${one.value}`).join('；')
  return (
    <div>
      <span className="tm-quiet">
        {t(answer.byProxy ? 'follow.self-proxy' : 'follow.self', { at: briefly(answer.at) })}
      </span>
      {answer.urgent && (
        <div>
          <StateTag tone="bad">{t('follow.self-urgent')}</StateTag> {what}
        </div>
      )}
    </div>
  )
}
