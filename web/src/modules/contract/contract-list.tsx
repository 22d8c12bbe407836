import { contractApi } from '@tongmai/api/contract'
import { contractStatus, statuses } from '@tongmai/api/contract/flow'
import { packageLevel } from '@tongmai/api/contract/package'
import { type ContractLine, channel } from '@tongmai/api/contract/shape'
import { Input } from 'antd'
import * as z from 'zod/mini'
import { call } from '../../kernel/call.ts'
import { useSearch } from '../../kernel/route.tsx'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { FilterSelect } from '../../ui/filter-select.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { OnlyButton } from '../../ui/only-button.tsx'
import { Page } from '../../ui/page.tsx'
import { usePersonColumn } from '../../ui/person-column.tsx'
import { PanelCard } from './panel-card.tsx'
import { State, yuanOf } from './state.tsx'
import { contractWords } from './words.ts'

const LIMIT = 50
const search = z.object({
  status: z.optional(contractStatus),
  inForce: z.optional(z.literal('true')),
  unserved: z.optional(z.literal('true')),
  doctorId: z.optional(z.string()),
  level: z.optional(packageLevel),
  channel: z.optional(channel),
  number: z.optional(z.string()),
  sort: z._default(z.enum(['ends', 'newest', 'name']), 'newest'),
  offset: z._default(z.coerce.number(), 0),
})
type Filter = z.output<typeof search>

const queryOf = ({ inForce, unserved, ...rest }: Filter) => ({
  ...rest,
  ...(inForce ? { inForce: true } : {}),
  ...(unserved ? { unserved: true } : {}),
})

/** All contracts that my institution is a party of: filtered, sorted, exported. */
export function ContractList() {
  const t = useWords(contractWords)
  const [filter, setFilter] = useSearch(search)
  const query = queryOf(filter)
  const read = useRead(
    contractApi.list,
    { query: { ...query, limit: LIMIT } },
    { live: ['contract'], keepPrevious: true },
  )
  const columns = useColumns()
  const { sort, offset, ...set } = filter
  const change = (next: Partial<Filter>) => setFilter({ ...next, offset: 0 })
  return (
    <Page title={t('list')} hint={t('list.hint')}>
      <PanelCard chosen={filter.doctorId} onChoose={(doctorId) => change({ doctorId })} />
      <DataTable
        label={t('list')}
        columns={columns}
        read={read}
        keyOf={(row) => row.id}
        rowTo={(row) => `/contracts/${row.id}`}
        offset={offset}
        limit={LIMIT}
        onPage={(next) => setFilter({ offset: next })}
        sorting={{ by: sort === 'ends' ? 'ends' : 'since', descending: sort !== 'ends' }}
        onSort={({ by }) => change({ sort: by === 'ends' ? 'ends' : 'newest' })}
        filters={<Filters filter={filter} onChange={change} />}
        filtered={Object.values(set).some(Boolean)}
        onClear={() => change(Object.fromEntries(Object.keys(set).map((name) => [name, undefined])))}
        empty={<Nothing title={t('empty')} hint={t('empty.hint')} />}
        readPage={(at, limit) => call(contractApi.list, { query: { ...query, offset: at, limit } })}
      />
    </Page>
  )
}

function useColumns(): Column<ContractLine>[] {
  const t = useWords(contractWords)
  const person = usePersonColumn<ContractLine>({ title: t('person'), width: 150 })
  return [
    person,
    {
      key: 'status',
      title: t('status'),
      width: 120,
      cell: (row) => <State status={row.status} upcoming={row.upcoming} />,
      text: ({ status }) => t(`status.${status}`),
    },
    {
      key: 'packages',
      title: t('packages'),
      cell: ({ packages }) => packages.join('、'),
      text: ({ packages }) => packages.join('、'),
    },
    {
      key: 'doctor',
      title: t('doctor'),
      cell: ({ doctor, team }) => (
        <>
          {doctor.name} <span className="tm-quiet">{team.name}</span>
        </>
      ),
      text: ({ doctor, team }) => `${doctor.name} ${team.name}`,
    },
    {
      key: 'hospitals',
      title: t('hospitals'),
      wide: true,
      cell: ({ secondary, tertiary }) => [secondary?.name, tertiary?.name].filter(Boolean).join('、'),
      text: ({ secondary, tertiary }) => [secondary?.name, tertiary?.name].filter(Boolean).join('、'),
    },
    {
      key: 'fee',
      title: t('fee'),
      align: 'right',
      short: true,
      cell: ({ feeFen }) => t('yuan', { yuan: yuanOf(feeFen) }),
      text: ({ feeFen }) => yuanOf(feeFen),
    },
    {
      key: 'ends',
      title: t('ends'),
      short: true,
      sort: true,
      cell: (row) => row.endsOn,
      text: (row) => row.endsOn,
    },
    {
      key: 'since',
      title: t('starts'),
      short: true,
      sort: true,
      cell: (row) => row.startsOn,
      text: (row) => row.startsOn,
    },
    {
      key: 'number',
      title: t('number'),
      wide: true,
      cell: ({ number }) => <span className="tm-quiet tm-line">{number}</span>,
      text: ({ number }) => number,
    },
  ]
}

interface FiltersProps {
  readonly filter: Filter
  readonly onChange: (change: Partial<Filter>) => void
}

function Filters({ filter, onChange }: FiltersProps) {
  const t = useWords(contractWords)
  return (
    <>
      <Input.Search
        aria-label={t('number')}
        placeholder={t('number')}
        allowClear
        style={{ width: 190 }}
        defaultValue={filter.number ?? ''}
        onSearch={(number) => onChange({ number: number.trim().toUpperCase() || undefined })}
      />
      <FilterSelect
        label={t('status')}
        width={120}
        value={filter.status}
        keys={statuses}
        word={(one) => t(`status.${one}`)}
        onChange={(status) => onChange({ status: status })}
      />
      <FilterSelect
        label={t('package.level')}
        width={120}
        value={filter.level}
        keys={packageLevel.options}
        word={(one) => t(`level.${one}`)}
        onChange={(level) => onChange({ level: level })}
      />
      <FilterSelect
        label={t('channel')}
        width={110}
        value={filter.channel}
        keys={channel.options}
        word={(one) => t(`channel.${one}`)}
        onChange={(one) => onChange({ channel: one })}
      />
      <OnlyButton
        on={Boolean(filter.inForce)}
        onChange={(on) => onChange({ inForce: on ? 'true' : undefined })}
      >
        {t('in-force')}
      </OnlyButton>
      <OnlyButton
        on={Boolean(filter.unserved)}
        onChange={(on) => onChange({ unserved: on ? 'true' : undefined })}
      >
        {t('service.unserved')}
      </OnlyButton>
    </>
  )
}
