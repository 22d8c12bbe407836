import { capacityApi } from '@tongmai/api/capacity'
import type { BedLine } from '@tongmai/api/capacity/bed'
import { bedKind } from '@tongmai/api/capacity/flow'
import { Button } from 'antd'
import * as z from 'zod/mini'
import { call } from '../../kernel/call.ts'
import { useGo, useSearch } from '../../kernel/route.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { FilterSelect } from '../../ui/filter-select.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { OnlyButton } from '../../ui/only-button.tsx'
import { Page } from '../../ui/page.tsx'
import { Stat, Stats } from '../../ui/stat.tsx'
import { FigureAge } from './figure-age.tsx'
import { capacityWords } from './words.ts'

const LIMIT = 50
const search = z.object({
  bedKind: z.optional(bedKind),
  free: z.optional(z.literal('true')),
  sort: z._default(z.enum(['institution', 'free', 'age']), 'institution'),
  offset: z._default(z.coerce.number(), 0),
})

/** What another hospital's ward says is told to that hospital only. */
const EVERY_MS = 30_000

/** The beds of all members by institution and kind, each figure with its age. */
export function BedBoard() {
  const t = useWords(capacityWords)
  const go = useGo()
  const [{ bedKind: kind, free, sort, offset }, setFilter] = useSearch(search)
  const query = { sort, ...(kind ? { bedKind: kind } : {}), ...(free ? { free: true } : {}) }
  const read = useRead(
    capacityApi.readBedBoard,
    { query: { ...query, offset, limit: LIMIT } },
    { live: ['capacity'], everyMs: EVERY_MS, keepPrevious: true },
  )
  const sum = useRead(capacityApi.sumBeds, {}, { live: ['capacity'], everyMs: EVERY_MS })
  const columns = useColumns()
  return (
    <Page
      title={t('bed.title')}
      hint={t('bed.hint')}
      actions={<Button onClick={() => go('/wards')}>{t('bed.mine')}</Button>}
    >
      <Stats>
        {(sum.data ?? []).map((one) => (
          <Stat
            key={one.bedKind}
            label={t(`bedKind.${one.bedKind}`)}
            value={one.free}
            unit={t('bed.free')}
            tone={one.free === 0 ? 'bad' : 'good'}
            hint={t('bed.at', { count: one.institutions })}
            to={`/beds?bedKind=${one.bedKind}&free=true`}
          />
        ))}
      </Stats>
      <DataTable
        label={t('bed.title')}
        columns={columns}
        read={read}
        keyOf={(row) => `${row.institutionId} ${row.bedKind}`}
        rowTo={(row) => `/wards?at=${row.institutionId}`}
        offset={offset}
        limit={LIMIT}
        onPage={(next) => setFilter({ offset: next })}
        sorting={{ by: sort, descending: sort !== 'institution' }}
        onSort={({ by }) => setFilter({ sort: by as typeof sort, offset: 0 })}
        filters={
          <>
            <FilterSelect
              label={t('bed.kind')}
              width={140}
              value={kind}
              keys={bedKind.options}
              word={(one) => t(`bedKind.${one}`)}
              onChange={(next) => setFilter({ bedKind: next, offset: 0 })}
            />
            <OnlyButton
              on={Boolean(free)}
              onChange={(on) => setFilter({ free: on ? 'true' : undefined, offset: 0 })}
            >
              {t('bed.free-only')}
            </OnlyButton>
          </>
        }
        filtered={Boolean(kind || free)}
        onClear={() => setFilter({ bedKind: undefined, free: undefined, offset: 0 })}
        empty={<Nothing title={t('bed.none')} hint={t('bed.none-hint')} />}
        readPage={(at, limit) => call(capacityApi.readBedBoard, { query: { ...query, offset: at, limit } })}
      />
    </Page>
  )
}

function useColumns(): Column<BedLine>[] {
  const t = useWords(capacityWords)
  const dates = useDates()
  const figure = (key: 'held' | 'occupied' | 'cleaning' | 'closed'): Column<BedLine> => ({
    key,
    title: t(`bed.${key}`),
    align: 'right',
    width: 80,
    wide: key === 'closed' || key === 'cleaning',
    cell: (row) => row[key] || <span className="tm-quiet">0</span>,
    text: (row) => String(row[key]),
  })
  return [
    {
      key: 'institution',
      title: t('bed.institution'),
      sort: true,
      cell: ({ institution }) => <b>{institution}</b>,
      text: ({ institution }) => institution,
    },
    {
      key: 'kind',
      title: t('bed.kind'),
      width: 110,
      cell: ({ bedKind: kind }) => t(`bedKind.${kind}`),
      text: ({ bedKind: kind }) => t(`bedKind.${kind}`),
    },
    {
      key: 'free',
      title: t('bed.free'),
      align: 'right',
      width: 80,
      sort: true,
      cell: ({ free }) => <b>{free}</b>,
      text: ({ free }) => String(free),
    },
    figure('held'),
    figure('occupied'),
    figure('cleaning'),
    figure('closed'),
    {
      key: 'age',
      title: t('bed.age'),
      width: 260,
      sort: true,
      cell: (row) => <FigureAge {...row} />,
      text: ({ confirmedAt }) => dates.moment(confirmedAt),
    },
  ]
}
