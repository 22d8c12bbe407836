import { capacityApi } from '@tongmai/api/capacity'
import { placeKind } from '@tongmai/api/capacity/flow'
import type { WaitingTime } from '@tongmai/api/capacity/waiting'
import * as z from 'zod/mini'
import { call } from '../../kernel/call.ts'
import { useSearch } from '../../kernel/route.tsx'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { FilterSelect } from '../../ui/filter-select.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Page } from '../../ui/page.tsx'
import { capacityWords } from './words.ts'

const LIMIT = 50
const search = z.object({ kind: z.optional(placeKind), offset: z._default(z.coerce.number(), 0) })

/** How long patients wait for each department, as it is published. */
export function WaitingTimes() {
  const t = useWords(capacityWords)
  const [{ kind, offset }, setFilter] = useSearch(search)
  const query = kind ? { kind } : {}
  const read = useRead(
    capacityApi.listWaitingTimes,
    { query: { ...query, offset, limit: LIMIT } },
    { keepPrevious: true },
  )
  const days = (key: 'medianDays' | 'ninetiethDays', title: string): Column<WaitingTime> => ({
    key,
    title,
    align: 'right',
    cell: (row) => t('times.days', { days: row[key].toFixed(1) }),
    text: (row) => row[key].toFixed(1),
  })
  const count = (key: 'visits' | 'waitingNow', title: string): Column<WaitingTime> => ({
    key,
    title,
    align: 'right',
    wide: true,
    cell: (row) => row[key],
    text: (row) => String(row[key]),
  })
  const columns: Column<WaitingTime>[] = [
    {
      key: 'institution',
      title: t('bed.institution'),
      cell: ({ institution }) => institution,
      text: ({ institution }) => institution,
    },
    {
      key: 'department',
      title: t('schedule.department'),
      cell: ({ department }) => <b>{department}</b>,
      text: ({ department }) => department,
    },
    {
      key: 'kind',
      title: t('book.kind'),
      width: 80,
      cell: (row) => t(`kind.${row.kind}`),
      text: (row) => t(`kind.${row.kind}`),
    },
    days('medianDays', t('times.median')),
    days('ninetiethDays', t('times.ninetieth')),
    count('visits', t('times.visits')),
    count('waitingNow', t('times.waiting')),
  ]
  return (
    <Page title={t('times.title')} hint={t('times.hint')}>
      <DataTable
        label={t('times.title')}
        columns={columns}
        read={read}
        keyOf={(row) => `${row.departmentId} ${row.kind}`}
        offset={offset}
        limit={LIMIT}
        onPage={(next) => setFilter({ offset: next })}
        filters={
          <FilterSelect
            label={t('book.kind')}
            width={140}
            value={kind}
            keys={placeKind.options}
            word={(one) => t(`kind.${one}`)}
            onChange={(next) => setFilter({ kind: next, offset: 0 })}
          />
        }
        filtered={kind !== undefined}
        onClear={() => setFilter({ kind: undefined, offset: 0 })}
        empty={<Nothing title={t('times.none')} hint={t('times.none-hint')} />}
        readPage={(at, limit) =>
          call(capacityApi.listWaitingTimes, { query: { ...query, offset: at, limit } })
        }
      />
    </Page>
  )
}
