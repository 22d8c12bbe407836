import { useQuery } from '@tanstack/react-query'
import { referralApi } from '@tongmai/api/referral'
import {
  nextAct,
  type ReferralDirection,
  type ReferralStatus,
  referralDirection,
  urgency,
} from '@tongmai/api/referral/flow'
import type { ReferralLine } from '@tongmai/api/referral/shape'
import { Button } from 'antd'
import { type ReactNode, useCallback, useEffect, useRef } from 'react'
import * as z from 'zod/mini'
import { useGo, useSearch } from '../../kernel/route.tsx'
import { useSession } from '../../kernel/session.tsx'
import { useShortcut } from '../../kernel/shortcut.ts'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { Board } from '../../ui/board.tsx'
import { Clock } from '../../ui/clock.tsx'
import { FilterSelect } from '../../ui/filter-select.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { OnlyButton } from '../../ui/only-button.tsx'
import { Page } from '../../ui/page.tsx'
import { useRowKeys } from '../../ui/row-keys.ts'
import { StateTag } from '../../ui/state-tag.tsx'
import { Tally } from '../../ui/tally.tsx'
import { findDepartments } from './choice.ts'
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
  urgency: z.optional(urgency),
  department: z.optional(z.string()),
})

/** The triage board: what is under way, a column per state, the most urgent on top. */
export function ReferralBoard() {
  const t = useWords(referralWords)
  const go = useGo()
  const [{ direction, overdue, urgency: level, department }, setFilter] = useSearch(search)
  const columns = columnsOf(direction)
  const status = [...columns]
  const query = {
    ...{ direction, status, sort: 'due' as const, limit: 200 },
    ...(overdue ? { overdue: true } : {}),
    ...(level ? { urgency: level } : {}),
    ...(department ? { departmentId: department } : {}),
  }
  const read = useRead(referralApi.list, { query }, { live: ['referral'], keepPrevious: true })
  const counts = useRead(referralApi.board, { query: {} }, { live: ['referral'] })
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
      hint={`${t('board.hint')} · ${t('board.keys')}`}
      actions={
        <>
          <FilterSelect
            width={130}
            label={t('urgency')}
            keys={urgency.options}
            word={(key) => t(`urgency.${key}`)}
            value={level}
            onChange={(next) => setFilter({ urgency: next })}
          />
          <DepartmentFilter value={department} onChange={(next) => setFilter({ department: next })} />
          <OnlyButton
            on={Boolean(overdue)}
            onChange={(on) => setFilter({ overdue: on ? 'true' : undefined })}
          >
            {t('overdue')}
          </OnlyButton>
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
          <Cards items={items} columns={columns}>
            <Board
              columns={columns.map((key) => ({
                key,
                title: t(`status.${key}`),
                tone: toneOf(key),
                ...(level || department ? {} : { total: countOf(direction, key) }),
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

/** The departments of my own institution, to narrow the board to one. */
function DepartmentFilter({
  value,
  onChange,
}: {
  value: string | undefined
  onChange: (id: string | undefined) => void
}) {
  const t = useWords(referralWords)
  const { institution } = useSession()
  const read = useQuery({
    queryKey: ['referral.departments', institution?.id],
    queryFn: () => findDepartments(institution?.id)(''),
  })
  const named = new Map(read.data?.map(({ value: id, label }) => [id, label]))
  return (
    <FilterSelect
      label={t('department')}
      width={150}
      value={value}
      keys={[...named.keys()]}
      word={(id) => named.get(id) ?? ''}
      onChange={onChange}
    />
  )
}

interface CardsProps {
  readonly items: readonly ReferralLine[]
  readonly columns: readonly ReferralStatus[]
  readonly children: ReactNode
}

/**
 * Walks the cards with j and k, column by column; the link that has the focus opens with Enter, and a opens it with
 * the form of its next step.
 */
function Cards({ items, columns, children }: CardsProps) {
  const t = useWords(referralWords)
  const go = useGo()
  const place = useRef<HTMLDivElement>(null)
  const cards = useCallback(() => [...(place.current?.querySelectorAll<HTMLElement>('li > a') ?? [])], [])
  const at = useRowKeys(
    items.length,
    useCallback((card: number) => cards()[card]?.click(), [cards]),
  )
  const chosen = columns.flatMap((column) => items.filter((line) => line.status === column))[at]
  useShortcut(
    'a',
    t('board.next'),
    useCallback(() => {
      if (chosen) go(`/referrals/${chosen.id}?act=${nextAct[chosen.status] ?? ''}`)
    }, [chosen, go]),
  )
  useEffect(() => {
    if (at >= 0) cards()[at]?.focus()
  }, [at, cards])
  return <div ref={place}>{children}</div>
}

function Line({ line }: { line: ReferralLine }) {
  const t = useWords(referralWords)
  const { age } = useDates()
  const { resident, due, since, diagnosis, from, to, direction, department, urgency: level } = line
  return (
    <span style={{ display: 'grid', gap: 2 }}>
      <span className="tm-row">
        <b>{resident.nameMasked}</b>
        <span className="tm-quiet">{resident.birthDate && age(resident.birthDate)}</span>
        <UrgencyTag urgency={level} />
        {line.noSlotSince && <StateTag tone="bad">{t('list.noSlot')}</StateTag>}
        {line.external && <StateTag tone="wait">{t('case.external')}</StateTag>}
      </span>
      <span>{diagnosis ?? '—'}</span>
      <span className="tm-quiet">
        {direction === 'up' ? [from.shortName, department].filter(Boolean).join(' → ') : to.shortName}
      </span>
      {due && <Clock due={due} since={since} />}
    </span>
  )
}
