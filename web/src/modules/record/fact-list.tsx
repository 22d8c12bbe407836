import type { Fact } from '@tongmai/api/record'
import { Button } from 'antd'
import { useState } from 'react'
import { useDates } from '../../kernel/use-dates.ts'
import { useWords } from '../../kernel/words.ts'
import { StateTag, type Tone } from '../../ui/state-tag.tsx'
import { flagOf, flagTone, isUnsure, labelWords, stateWords, valueWords } from './fact-words.ts'
import { recordWords } from './words.ts'

interface FactListProps {
  readonly facts: readonly Fact[]
  /** Said where there are none. */
  readonly empty: string
  readonly onOpen: (fact: Fact) => void
  /** How many are shown at first. */
  readonly first?: number
  readonly withState?: boolean
  /** Without where it happened, where there is little room. */
  readonly narrow?: boolean
}

const line = {
  display: 'flex',
  flexWrap: 'wrap',
  gap: '0 12px',
  alignItems: 'baseline',
  width: '100%',
  padding: '6px 0',
  textAlign: 'left',
  background: 'none',
  border: 'none',
  font: 'inherit',
  color: 'inherit',
  cursor: 'pointer',
} as const

/** Facts, one a line, the latest first; each opens where it comes from. On paper all of them. */
export function FactList(props: FactListProps) {
  const { facts, empty, onOpen, first = 8, withState = false, narrow = false } = props
  const t = useWords(recordWords)
  const [all, setAll] = useState(false)
  if (facts.length === 0) return <p className="tm-quiet">{empty}</p>
  return (
    <>
      <ul style={{ listStyle: 'none', margin: 0, padding: 0 }}>
        {facts.map((fact, at) => (
          <li key={`${fact.type}/${fact.id}`} className={all || at < first ? '' : 'tm-print-only'}>
            <FactLine fact={fact} onOpen={onOpen} withState={withState} narrow={narrow} />
          </li>
        ))}
      </ul>
      {facts.length > first && (
        <Button className="tm-no-print" type="link" size="small" onClick={() => setAll(!all)}>
          {all ? t('fewer') : t('more', { count: facts.length - first })}
        </Button>
      )}
    </>
  )
}

interface FactLineProps {
  readonly fact: Fact
  readonly onOpen: (fact: Fact) => void
  readonly withState?: boolean
  readonly narrow?: boolean
  /** False where the day stands above already. */
  readonly withDay?: boolean
}

const Mark = ({ tone, words }: { tone: Tone; words: string | null }) => (
  <>
    {' '}
    <StateTag tone={tone}>{words}</StateTag>
  </>
)

/** One fact: what, its value and flag, a note, where, when. */
export function FactLine(props: FactLineProps) {
  const { fact, onOpen, withState = false, narrow = false, withDay = true } = props
  const t = useWords(recordWords)
  const dates = useDates()
  const flag = flagOf(fact)
  const { label, note, provider, institution, at } = fact
  return (
    <button type="button" style={line} onClick={() => onOpen(fact)} title={label.original ?? label.text}>
      <span style={{ flex: `1 1 ${narrow ? 220 : 320}px`, minWidth: 0 }}>
        <b style={{ fontWeight: 500 }}>{labelWords(label)}</b>
        {fact.values.length > 0 && <span> {valueWords(fact.values)}</span>}
        {flag && flag !== 'normal' && <Mark tone={flagTone[flag]} words={t(`flag.${flag}`)} />}
        {isUnsure(fact.status) && <Mark tone="wait" words={stateWords(fact.status)} />}
        {note && <span className="tm-quiet"> {note}</span>}
        {withState && fact.status && !isUnsure(fact.status) && (
          <span className="tm-quiet"> · {stateWords(fact.status)}</span>
        )}
      </span>
      <span className="tm-quiet" style={{ display: 'flex', gap: 12, minWidth: 0 }}>
        {!narrow && (
          <span className="tm-line" style={{ overflow: 'hidden', textOverflow: 'ellipsis', maxWidth: 200 }}>
            {provider ?? institution?.name ?? ''}
          </span>
        )}
        {withDay && (
          <time className="tm-line" dateTime={at?.toISOString()}>
            {at ? dates.day(at) : t('unknown-date')}
          </time>
        )}
      </span>
    </button>
  )
}
