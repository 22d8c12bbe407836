import { referralApi } from '@tongmai/api/referral'
import { type ReferralDirection, type ReferralStatus, referralDirection } from '@tongmai/api/referral/flow'
import type { ReferralLine } from '@tongmai/api/referral/shape'
import { Button } from 'antd'
import { type ReactNode, useCallback, useEffect, useRef } from 'react'
import * as z from 'zod/mini'
import { useGo, useSearch } from '../../kernel/route.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { Board } from '../../ui/board.tsx'
import { Clock } from '../../ui/clock.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Page } from '../../ui/page.tsx'
import { useRowKeys } from '../../ui/row-keys.ts'
import { Tally } from '../../ui/tally.tsx'
import { UrgencyTag } from './state.tsx'
import { toneOf } from './tone.ts'
import { referralWords } from './words.ts'

const upColumns: readonly ReferralStatus[] = [
  'submitted',
  'infoRequested',
  'accepted',
  'inTransfer',
  'arrived',
  'inCare',
  'admitted',
  'treated',
  'awaitingDownReferral',
  'expired',
]
const downColumns: readonly ReferralStatus[] = [
  'draft',
  'downReferralSubmitted',
  'takenOver',
  'firstFollowUpDone',
  'expired',
]
const columnsOf = (direction: ReferralDirection) => (direction === 'down' ? downColumns : upColumns)
const directions: readonly ReferralDirection[] = ['up', 'down', 'sideways']
const search = z.object({
  direction: z._default(referralDirection, 'up'),
  overdue: z.optional(z.literal('true')),
})

/** The triage board: what is under way, a column per state, the most urgent on top. */
export function ReferralBoard() {
  const t = useWords(referralWords)
  const go = useGo()
  const [{ direction, overdue }, setFilter] = useSearch(search)
  const columns = columnsOf(direction)
  const status = [...columns]
  const query = { direction, status, sort: 'due' as const, limit: 200, ...(overdue ? { overdue: true } : {}) }
  const read = useRead(referralApi.list, { query }, { live: ['referral'], keepPrevious: true })
  const counts = useRead(referralApi.board, { query: { days: 90 } }, { live: ['referral'] })
  const countOf = (one: ReferralDirection, of?: ReferralStatus) =>
    (counts.data ?? [])
      .filter(
        (column) =>
          column.direction === one && (of ? column.status === of : columnsOf(one).includes(column.status)),
      )
      .reduce((sum, column) => sum + (overdue ? column.overdue : column.count), 0)
  return (
    <Page
      title={t('board')}
      hint={t('board.hint')}
      actions={
        <>
          <Button
            type={overdue ? 'primary' : 'default'}
            ghost={Boolean(overdue)}
            onClick={() => setFilter({ overdue: overdue ? undefined : 'true' })}
          >
            {t('overdue')}
          </Button>
          <Button onClick={() => go('/referrals')}>{t('list')}</Button>
        </>
      }
    >
      <Tally
        label={t('direction')}
        value={direction}
        onChange={(next) => setFilter({ direction: next })}
        tabs={directions.map((key) => ({ key, label: t(`direction.${key}`), count: countOf(key) }))}
      />
      <Loaded read={read} rows={8}>
        {({ items }) => (
          <Cards count={items.length}>
            <Board
              columns={columns.map((key) => ({
                key,
                title: t(`status.${key}`),
                tone: toneOf(key),
                total: countOf(direction, key),
              }))}
              items={items}
              columnOf={(line) => line.status}
              keyOf={(line) => line.id}
              to={(line) => `/referrals/${line.id}`}
              card={(line) => <Line line={line} />}
            />
          </Cards>
        )}
      </Loaded>
    </Page>
  )
}

/** Walks the cards with j and k, column by column; the link that has the focus opens with Enter. */
function Cards({ count, children }: { count: number; children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null)
  const cards = useCallback(() => [...(place.current?.querySelectorAll<HTMLElement>('li > a') ?? [])], [])
  const at = useRowKeys(
    count,
    useCallback((card: number) => cards()[card]?.click(), [cards]),
  )
  useEffect(() => {
    if (at >= 0) cards()[at]?.focus()
  }, [at, cards])
  return <div ref={place}>{children}</div>
}

function Line({ line }: { line: ReferralLine }) {
  const { age } = useDates()
  const { resident, due, since, diagnosis, from, to, direction, department, urgency } = line
  return (
    <span style={{ display: 'grid', gap: 2 }}>
      <span className="tm-row">
        <b>{resident.nameMasked}</b>
        <span className="tm-quiet">{resident.birthDate && age(resident.birthDate)}</span>
        <UrgencyTag urgency={urgency} />
      </span>
      <span>{diagnosis ?? '—'}</span>
      <span className="tm-quiet">
        {direction === 'up' ? [from.shortName, department].filter(Boolean).join(' → ') : to.shortName}
      </span>
      {due && <Clock due={due} since={since} />}
    </span>
  )
}
