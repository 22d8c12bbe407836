import { CheckOutlined, CloseOutlined } from '@ant-design/icons'
import type { Flow } from '@tongmai/api/kernel'
import type { ReactNode } from 'react'
import { useDates } from '../kernel/use-dates.ts'
import { webWords } from '../kernel/web-words.ts'
import { useWords } from '../kernel/words.ts'
import { Clock } from './clock.tsx'
import { ahead } from './flow-path.ts'

interface StateLineProps<State extends string> {
  readonly flow: Flow<State>
  /** The states of the straight way, in order; what lies beside it (refused, withdrawn) is shown only when it happened. */
  readonly main: readonly State[]
  readonly now: State
  /** What was, oldest first; the state now may be the last of it. */
  readonly past: readonly { readonly state: State; readonly at: Date }[]
  readonly word: (state: State) => string
  /** Who has it now. */
  readonly owner?: ReactNode
  readonly since?: Date
  readonly due?: Date | null
}

/** Where the line is longer than the screen, the step at which the thing is stands in its middle. */
function showNow(line: HTMLOListElement | null): void {
  const step = line?.querySelector('[aria-current]')?.getBoundingClientRect()
  if (!line || !step) return
  const { left, width } = line.getBoundingClientRect()
  line.scrollLeft += step.left - left - (width - step.width) / 2
}

/** Where a thing is, who has it, until when, and what comes next; drawn from its flow table. */
export function StateLine<State extends string>(props: StateLineProps<State>) {
  const { flow, main, now, past, word, owner, since, due } = props
  const t = useWords(webWords)
  const { briefly } = useDates()
  const been = past.filter(({ state }) => state !== now)
  const last = Object.keys(flow[now]).length === 0
  const lost = last && !main.includes(now)
  return (
    <section className="tm-state" aria-label={t('state.line')}>
      <ol key={now} ref={showNow} className="tm-state-line">
        {been.map(({ state, at }) => (
          <li key={`${state} ${at.getTime()}`} data-when="past">
            <i>
              <CheckOutlined />
            </i>
            <b>{word(state)}</b>
            <small>{briefly(at)}</small>
          </li>
        ))}
        <li data-when="now" data-lost={lost} aria-current="step">
          <i>{lost ? <CloseOutlined /> : last ? <CheckOutlined /> : null}</i>
          <b>{word(now)}</b>
          <small>{since ? briefly(since) : ''}</small>
        </li>
        {ahead(flow, main, now).map((state) => (
          <li key={state} data-when="next">
            <i />
            <b>{word(state)}</b>
            <small />
          </li>
        ))}
      </ol>
      {!last && (owner || due) && (
        <p className="tm-state-owner">
          {owner && (
            <span>
              {t('state.owner')} <strong>{owner}</strong>
            </span>
          )}
          {due && <Clock due={due} {...(since ? { since } : {})} />}
        </p>
      )}
    </section>
  )
}
