import type { LinkStep } from '@tongmai/api/resident/link'
import { useDates } from '../../kernel/use-dates.ts'
import { useSay, useWords } from '../../kernel/words.ts'
import { residentWords } from './words.ts'

/** What was decided of a link, by whom and why, the latest first. */
export function LinkSteps({ steps }: { steps: readonly LinkStep[] }) {
  const t = useWords(residentWords)
  const say = useSay()
  const { moment } = useDates()
  const why = (note: string) =>
    /^matcher:\w+$/.test(note) ? say(`resident.${note.replace(':', '-')}`) : note
  return (
    <ul>
      {steps.map((step) => (
        <li key={`${step.at.getTime()} ${step.state}`}>
          {[moment(step.at), t(`link.${step.state}`), step.institution, step.who, why(step.note)]
            .filter(Boolean)
            .join(' · ')}
        </li>
      ))}
    </ul>
  )
}
