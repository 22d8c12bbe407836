import type { OpenMove } from '@tongmai/api/kernel'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { webWords } from '../kernel/web-words.ts'
import { useSay, useWords } from '../kernel/words.ts'
import { useConfirm } from './confirm.tsx'

/** How one move is shown and what it does. */
export interface Act {
  /** A verb as colleagues say it: 接收、安排床位. */
  readonly label: string
  readonly run: () => void
  /** The one act that is usually next. */
  readonly main?: boolean
  readonly danger?: boolean
  /** Asked before it runs: what will happen. Destructive acts have it always. */
  readonly confirm?: string
  readonly busy?: boolean
}

interface ActionPanelProps {
  /** From the server: what is open to this person, and why the rest is not. */
  readonly moves: readonly OpenMove[]
  /** The act of a move; undefined where this page does not offer it. */
  readonly act: (move: string) => Act | undefined
  /** Below the acts: printing, links. */
  readonly children?: ReactNode
}

const plain = (details: Readonly<Record<string, unknown>>): Record<string, string | number> =>
  Object.fromEntries(
    Object.entries(details).filter(
      (entry): entry is [string, string | number] =>
        typeof entry[1] === 'string' || typeof entry[1] === 'number',
    ),
  )

/** What I can do now, and for what I cannot: why. Reasons are looked up among the words of refusals. */
export function ActionPanel({ moves, act, children }: ActionPanelProps) {
  const t = useWords(webWords)
  const say = useSay()
  const confirm = useConfirm()
  const offered = moves.flatMap((move) => {
    const found = act(move.move)
    return found ? [{ ...move, act: found }] : []
  })
  const open = offered.filter((one) => one.open).sort((a, b) => rank(a.act) - rank(b.act))
  const closed = offered.filter((one) => !one.open && one.why)
  return (
    <aside className="tm-actions tm-no-print" aria-label={t('actions.title')}>
      <h2>{t('actions.title')}</h2>
      {open.length === 0 && <p className="tm-quiet">{t('actions.none')}</p>}
      {open.map(({ move, act: one }) => (
        <Button
          key={move}
          block
          type={one.main ? 'primary' : 'default'}
          danger={one.danger ?? false}
          loading={one.busy ?? false}
          onClick={() => confirm(one)}
        >
          {one.label}
        </Button>
      ))}
      {closed.length > 0 && (
        <ul className="tm-actions-closed">
          {closed.map(({ move, why = '', details = {}, act: one }) => (
            <li key={move}>
              <b>{one.label}</b>
              <span>{say(why, plain(details))}</span>
            </li>
          ))}
        </ul>
      )}
      {children}
    </aside>
  )
}

const rank = (act: Act): number => (act.main ? 0 : act.danger ? 2 : 1)
