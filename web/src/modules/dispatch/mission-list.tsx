import { missionStatus, missionStatuses } from '@tongmai/api/dispatch/flow'
import { type MissionLine, missionApi } from '@tongmai/api/dispatch/mission'
import { missionKind, missionUrgency } from '@tongmai/api/dispatch/urgency'
import { Button, Select } from 'antd'
import * as z from 'zod/mini'
import { call } from '../../kernel/call.ts'
import { useGo, useSearch } from '../../kernel/route.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { Clock } from '../../ui/clock.tsx'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { OnlyButton } from '../../ui/only-button.tsx'
import { Page } from '../../ui/page.tsx'
import { MissionState, UrgencyTag } from './state.tsx'
import { dispatchWords } from './words.ts'

const LIMIT = 20
const mine = z.enum(['desk', 'carrier', 'from', 'to'])
const search = z.object({
  status: z.optional(missionStatus),
  kind: z.optional(missionKind),
  urgency: z.optional(missionUrgency),
  mine: z.optional(mine),
  overdue: z.optional(z.literal('true')),
  sort: z._default(z.enum(['due', 'newest']), 'newest'),
  offset: z._default(z.coerce.number(), 0),
})
type Filter = z.output<typeof search>

/** All transports that my institution calls, dispatches, drives or receives. */
export function MissionList() {
  const t = useWords(dispatchWords)
  const go = useGo()
  const [filter, setFilter] = useSearch(search)
  const { status, overdue, offset, ...rest } = filter
  const asked = {
    ...rest,
    ...(status ? { status: [status] } : {}),
    ...(overdue ? { overdue: true } : {}),
  }
  const query = { ...asked, offset, limit: LIMIT }
  const read = useRead(missionApi.listMissions, { query }, { live: ['dispatch'], keepPrevious: true })
  const set = (change: Partial<Filter>) => setFilter({ offset: 0, ...change })
  const none = { status: undefined, kind: undefined, urgency: undefined, mine: undefined, overdue: undefined }
  return (
    <Page
      title={t('missions')}
      hint={t('missions.hint')}
      actions={<Button onClick={() => go('/dispatch')}>{t('board')}</Button>}
    >
      <DataTable
        label={t('missions')}
        columns={useColumns()}
        read={read}
        keyOf={({ id }) => id}
        rowTo={({ id }) => `/missions/${id}`}
        offset={offset}
        limit={LIMIT}
        onPage={(next) => setFilter({ offset: next })}
        sorting={{ by: filter.sort === 'due' ? 'due' : 'calledAt', descending: filter.sort === 'newest' }}
        onSort={({ by }) => set({ sort: by === 'due' ? 'due' : 'newest' })}
        filters={<Filters filter={filter} onChange={set} />}
        filtered={Boolean(status ?? rest.kind ?? rest.urgency ?? rest.mine ?? overdue)}
        onClear={() => set(none)}
        empty={<Nothing title={t('none')} hint={t('none-hint')} />}
        readPage={(from, limit) =>
          call(missionApi.listMissions, { query: { ...asked, offset: from, limit } })
        }
      />
    </Page>
  )
}

function Filters({ filter, onChange }: { filter: Filter; onChange: (change: Partial<Filter>) => void }) {
  const t = useWords(dispatchWords)
  const choose = <K extends string>(name: string, keys: readonly K[], word: (key: K) => string) => ({
    'aria-label': name,
    placeholder: name,
    allowClear: true,
    style: { width: 130 },
    options: keys.map((value) => ({ value, label: word(value) })),
  })
  return (
    <>
      <Select
        {...choose(t('all'), mine.options, (key) => t(`mine.${key}`))}
        value={filter.mine}
        onChange={(next) => onChange({ mine: next })}
      />
      <Select
        {...choose(t('state'), missionStatuses, (key) => t(`status.${key}`))}
        value={filter.status}
        onChange={(next) => onChange({ status: next })}
      />
      <Select
        {...choose(t('kind'), missionKind.options, (key) => t(`kind.${key}`))}
        value={filter.kind}
        onChange={(next) => onChange({ kind: next })}
      />
      <Select
        {...choose(t('urgency'), missionUrgency.options, (key) => t(`urgency.${key}`))}
        value={filter.urgency}
        onChange={(next) => onChange({ urgency: next })}
      />
      <OnlyButton
        on={Boolean(filter.overdue)}
        onChange={(on) => onChange({ overdue: on ? 'true' : undefined })}
      >
        {t('overdue')}
      </OnlyButton>
    </>
  )
}

function useColumns(): Column<MissionLine>[] {
  const t = useWords(dispatchWords)
  const { briefly, moment } = useDates()
  return [
    {
      key: 'number',
      title: t('number'),
      short: true,
      cell: ({ number, urgency }) => (
        <span className="tm-row">
          <b>{number}</b> <UrgencyTag urgency={urgency} />
        </span>
      ),
      text: ({ number }) => number,
    },
    {
      key: 'person',
      title: t('person'),
      short: true,
      cell: ({ resident }) => resident.nameMasked,
      text: ({ resident }) => resident.nameMasked,
    },
    { key: 'from', title: t('from'), cell: ({ from }) => from.shortName, text: ({ from }) => from.name },
    { key: 'to', title: t('to'), cell: ({ to }) => to.shortName, text: ({ to }) => to.name },
    {
      key: 'kind',
      title: t('kind'),
      short: true,
      wide: true,
      cell: ({ kind }) => t(`kind.${kind}`),
      text: ({ kind }) => t(`kind.${kind}`),
    },
    {
      key: 'vehicle',
      title: t('vehicle'),
      cell: ({ vehicle }) => vehicle?.name ?? '—',
      text: ({ vehicle }) => (vehicle ? `${vehicle.name} ${vehicle.plate}` : ''),
    },
    {
      key: 'state',
      title: t('state'),
      cell: ({ status }) => <MissionState status={status} />,
      text: ({ status }) => t(`status.${status}`),
    },
    {
      key: 'due',
      title: t('due'),
      sort: true,
      cell: ({ due, since }) => due && <Clock due={due} since={since} />,
      text: ({ due }) => (due ? moment(due) : ''),
    },
    {
      key: 'calledAt',
      title: t('called-at'),
      short: true,
      sort: true,
      cell: ({ calledAt }) => <span className="tm-quiet">{briefly(calledAt)}</span>,
      text: ({ calledAt }) => moment(calledAt),
    },
  ]
}
