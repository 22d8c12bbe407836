import { isMeasured, type Question, unitOf } from '@tongmai/api/careplan/form'
import { useWords } from '../../../kernel/words.ts'
import { Block } from '../../../ui/light/block.tsx'
import { Choices, Ticks } from '../../../ui/light/choices.tsx'
import { Entry } from '../../../ui/light/entry.tsx'
import { type Given, onlyNone } from './given-answer.ts'
import { myCareWords } from './words.ts'

interface AskedProps {
  readonly q: Question
  readonly value: Given[string] | undefined
  readonly problem: string | undefined
  readonly onChange: (value: Given[string]) => void
}

/** One question in a box of its own, big enough for a thumb. */
export function AskedQuestion({ q, value, problem, onChange }: AskedProps) {
  const name = useName()(q)
  if (q.type === 'display') return <p>{q.text}</p>
  if (q.type !== 'boolean' && q.type !== 'choice')
    return (
      <Block>
        <Entry
          label={name}
          type={q.type === 'date' ? 'date' : q.type === 'decimal' || q.type === 'integer' ? 'number' : 'text'}
          long={q.type === 'text'}
          value={typeof value === 'string' ? value : ''}
          problem={problem}
          onChange={(next) => onChange(next.slice(0, 2000))}
        />
      </Block>
    )
  return (
    <Block title={name}>
      <Chosen q={q} value={value} onChange={onChange} />
      {problem && (
        <div className="me-entry">
          <p role="alert">{problem}</p>
        </div>
      )}
    </Block>
  )
}

/** What is asked, with its unit, and whether it may stay empty. */
function useName(): (q: Question) => string {
  const t = useWords(myCareWords)
  return (q) => {
    const unit = unitOf(q)?.display
    const name = unit ? `${q.text}（${unit}）` : q.text
    if (q.required) return name
    return t(isMeasured(q) ? 'answer.may-leave' : 'answer.may-skip', { name })
  }
}

function Chosen({ q, value, onChange }: Pick<AskedProps, 'q' | 'value' | 'onChange'>) {
  const t = useWords(myCareWords)
  const yesNo = ['false', 'true'].map((one) => ({ value: one, label: t(one === 'true' ? 'yes' : 'no') }))
  const options =
    q.type === 'boolean'
      ? yesNo
      : (q.answerOption ?? []).map(({ valueCoding: { code, display } }) => ({
          value: code,
          label: display ?? code,
        }))
  if (!q.repeats)
    return (
      <Choices
        name={q.text}
        value={typeof value === 'string' ? value : ''}
        options={options}
        onChange={onChange}
      />
    )
  const ticked = Array.isArray(value) ? value : []
  return <Ticks values={ticked} options={options} onChange={(next) => onChange(onlyNone(ticked, next))} />
}
