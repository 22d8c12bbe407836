import { referralApi } from '@tongmai/api/referral'
import {
  type ReferralStatus,
  referralDirection,
  referralStatus,
  statuses,
  urgency,
} from '@tongmai/api/referral/flow'
import type { ReferralLine } from '@tongmai/api/referral/shape'
import { Button, Input, Select } from 'antd'
import * as z from 'zod/mini'
import { call } from '../../kernel/call.ts'
import { useGo, useSearch } from '../../kernel/route.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { Clock } from '../../ui/clock.tsx'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { DayField } from '../../ui/date-field.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Page } from '../../ui/page.tsx'
import { State, UrgencyTag } from './state.tsx'
import { referralWords } from './words.ts'

const LIMIT = 50
const search = z.object({
  status: z.optional(referralStatus),
  direction: z.optional(referralDirection),
  urgency: z.optional(urgency),
  overdue: z.optional(z.literal('true')),
  number: z.optional(z.string()),
  from: z.optional(z.string()),
  to: z.optional(z.string()),
  sort: z._default(z.enum(['due', 'newest', 'oldest', 'changed']), 'changed'),
  offset: z._default(z.coerce.number(), 0),
})
type Filter = z.output<typeof search>

/** The filters as the server is asked. */
function queryOf({ status, overdue, number, ...rest }: Filter) {
  return {
    ...rest,
    ...(status ? { status: [status] as ReferralStatus[] } : {}),
    ...(overdue ? { overdue: true } : {}),
    ...(number ? { number } : {}),
  }
}

/** All referrals my institution sends and receives: filtered, sorted, exported. */
export function ReferralList() {
  const t = useWords(referralWords)
  const go = useGo()
  const [filter, setFilter] = useSearch(search)
  const query = queryOf(filter)
  const read = useRead(
    referralApi.list,
    { query: { ...query, limit: LIMIT } },
    { live: ['referral'], keepPrevious: true },
  )
  const columns = useColumns()
  const { now } = useDates()
  const { sort, offset, ...set } = filter
  const change = (next: Partial<Filter>) => setFilter({ ...next, offset: 0 })
  return (
    <Page
      title={t('list')}
      hint={t('list.hint')}
      actions={<Button onClick={() => go('/triage')}>{t('board')}</Button>}
    >
      <DataTable
        label={t('list')}
        columns={columns}
        read={read}
        keyOf={(row) => row.id}
        rowTo={(row) => `/referrals/${row.id}`}
        rowTone={(row) => (row.due && row.due < now ? 'bad' : undefined)}
        offset={offset}
        limit={LIMIT}
        onPage={(next) => setFilter({ offset: next })}
        sorting={
          sort === 'due' ? { by: 'due', descending: false } : { by: 'since', descending: sort !== 'oldest' }
        }
        onSort={({ by, descending }) =>
          change({ sort: by === 'due' ? 'due' : descending ? 'changed' : 'oldest' })
        }
        filters={<Filters filter={filter} onChange={change} />}
        filtered={Object.values(set).some(Boolean)}
        onClear={() => change(Object.fromEntries(Object.keys(set).map((name) => [name, undefined])))}
        empty={<Nothing title={t('empty')} hint={t('empty.hint')} />}
        readPage={(at, limit) => call(referralApi.list, { query: { ...query, offset: at, limit } })}
      />
    </Page>
  )
}

function useColumns(): Column<ReferralLine>[] {
  const t = useWords(referralWords)
  const dates = useDates()
  return [
    {
      key: 'due',
      title: t('due'),
      width: 140,
      sort: true,
      cell: ({ due, since }) => due && <Clock due={due} since={since} />,
      text: ({ due }) => (due ? dates.moment(due) : ''),
    },
    {
      key: 'person',
      title: t('person'),
      width: 150,
      cell: ({ resident }) => (
        <>
          <b>{resident.nameMasked}</b>{' '}
          <span className="tm-quiet">{resident.birthDate && dates.age(resident.birthDate)}</span>
        </>
      ),
      text: ({ resident }) => resident.nameMasked,
    },
    {
      key: 'status',
      title: t('status'),
      width: 170,
      cell: (row) => (
        <span className="tm-row">
          <State status={row.status} />
          <UrgencyTag urgency={row.urgency} />
        </span>
      ),
      text: ({ status }) => t(`status.${status}`),
    },
    {
      key: 'direction',
      title: t('direction'),
      width: 70,
      cell: ({ direction }) => t(`direction.${direction}`),
      text: ({ direction }) => t(`direction.${direction}`),
    },
    {
      key: 'diagnosis',
      title: t('diagnosis'),
      cell: ({ diagnosis }) => diagnosis,
      text: ({ diagnosis }) => diagnosis ?? '',
    },
    { key: 'from', title: t('from'), cell: ({ from }) => from.shortName, text: ({ from }) => from.name },
    {
      key: 'to',
      title: t('to'),
      cell: ({ to, department }) => [to.shortName, department].filter(Boolean).join(' · '),
      text: ({ to, department }) => [to.name, department].filter(Boolean).join(' '),
    },
    {
      key: 'number',
      title: t('number'),
      width: 180,
      cell: ({ number }) => <span className="tm-quiet tm-line">{number}</span>,
      text: ({ number }) => number,
    },
    {
      key: 'since',
      title: t('changed'),
      width: 110,
      sort: true,
      cell: ({ since }) => <span className="tm-quiet">{dates.briefly(since)}</span>,
      text: ({ since }) => dates.moment(since),
    },
  ]
}

interface FiltersProps {
  readonly filter: Filter
  readonly onChange: (change: Partial<Filter>) => void
}

function Filters({ filter, onChange }: FiltersProps) {
  const t = useWords(referralWords)
  return (
    <>
      <Input.Search
        aria-label={t('number')}
        placeholder={t('number')}
        allowClear
        style={{ width: 200 }}
        defaultValue={filter.number ?? ''}
        onSearch={(number) => onChange({ number: number || undefined })}
      />
      <Choose
        name={t('status')}
        keys={statuses}
        word={(key) => t(`status.${key}`)}
        value={filter.status}
        onChange={(status) => onChange({ status })}
      />
      <Choose
        name={t('direction')}
        keys={['up', 'down', 'sideways']}
        word={(key) => t(`direction.${key}`)}
        value={filter.direction}
        onChange={(direction) => onChange({ direction })}
      />
      <Choose
        name={t('urgency')}
        keys={['routine', 'urgent', 'emergency']}
        word={(key) => t(`urgency.${key}`)}
        value={filter.urgency}
        onChange={(level) => onChange({ urgency: level })}
      />
      <div style={{ width: 140 }}>
        <DayField value={filter.from ?? null} onChange={(from) => onChange({ from: from ?? undefined })} />
      </div>
      <div style={{ width: 140 }}>
        <DayField value={filter.to ?? null} onChange={(to) => onChange({ to: to ?? undefined })} />
      </div>
      <Button
        type={filter.overdue ? 'primary' : 'default'}
        ghost={Boolean(filter.overdue)}
        onClick={() => onChange({ overdue: filter.overdue ? undefined : 'true' })}
      >
        {t('overdue')}
      </Button>
    </>
  )
}

interface ChooseProps<Key extends string> {
  readonly name: string
  readonly keys: readonly Key[]
  readonly word: (key: Key) => string
  readonly value: Key | undefined
  readonly onChange: (key: Key | undefined) => void
}

/** A filter of one of few values; empty for all. */
function Choose<Key extends string>({ name, keys, word, value, onChange }: ChooseProps<Key>) {
  return (
    <Select<string>
      aria-label={name}
      placeholder={name}
      allowClear
      style={{ width: 130 }}
      value={value ?? null}
      options={keys.map((key) => ({ value: key, label: word(key) }))}
      onChange={(key: string | null | undefined) => onChange((key ?? undefined) as Key | undefined)}
    />
  )
}
