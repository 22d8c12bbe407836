import { interopApi } from '@tongmai/api/interop'
import { type ExportLine, exportLevel, exportOrder, exportState } from '@tongmai/api/interop/export'
import { Button } from 'antd'
import { useState } from 'react'
import * as z from 'zod/mini'
import { call } from '../../kernel/call.ts'
import { useSearch } from '../../kernel/route.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { FilterSelect } from '../../ui/filter-select.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Page } from '../../ui/page.tsx'
import { SearchBox } from '../../ui/search-box.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { CancelExport } from './cancel-export.tsx'
import { problemText } from './subscription-problem.ts'
import { interopWords } from './words.ts'

const LIMIT = 20
const filterShape = z.object({
  q: z.optional(z.coerce.string()),
  level: z.optional(exportLevel),
  state: z.optional(exportState),
  order: z._default(exportOrder, 'newest'),
  offset: z._default(z.coerce.number(), 0),
})
type Filter = z.output<typeof filterShape>
/** What has not ended by itself, or whose files still lie there. */
const cancellable = new Set<ExportLine['state']>(['waiting', 'running', 'done'])
const tones = { waiting: 'wait', running: 'wait', done: 'good', failed: 'bad', cancelled: 'note' } as const

/** The whole exports that the institution's clients asked for, and how far they are. */
export function ExportList() {
  const t = useWords(interopWords)
  const [filter, setFilter] = useSearch(filterShape)
  const { offset, order, q, level, state } = filter
  const query = { ...filter, limit: LIMIT }
  const change = (next: Partial<Filter>) => setFilter({ offset: 0, ...next })
  const read = useRead(
    interopApi.listExports,
    { query },
    { live: ['interop.export-cancelled'], everyMs: 5_000, keepPrevious: true },
  )
  const [ending, setEnding] = useState<ExportLine | null>(null)
  const columns = useColumns(setEnding)
  return (
    <Page title={t('export.title')} hint={t('export.hint')}>
      <DataTable
        label={t('export.title')}
        columns={columns}
        read={read}
        keyOf={({ id }) => id}
        offset={offset}
        limit={LIMIT}
        onPage={(next) => setFilter({ offset: next })}
        sorting={{ by: order === 'most' ? 'resources' : 'askedAt', descending: order !== 'oldest' }}
        onSort={({ by, descending }) =>
          change({ order: by === 'resources' ? 'most' : descending ? 'newest' : 'oldest' })
        }
        filters={<Filters filter={filter} onChange={change} />}
        filtered={Boolean(q ?? level ?? state)}
        onClear={() => change({ q: undefined, level: undefined, state: undefined })}
        readPage={(from, limit) =>
          call(interopApi.listExports, { query: { ...filter, offset: from, limit } })
        }
        empty={<Nothing title={t('export.none')} hint={t('export.none-hint')} />}
      />
      {ending && <CancelExport of={ending} onClose={() => setEnding(null)} />}
    </Page>
  )
}

function Filters({ filter, onChange }: { filter: Filter; onChange: (next: Partial<Filter>) => void }) {
  const t = useWords(interopWords)
  return (
    <>
      <SearchBox label={t('export.search')} value={filter.q} onSearch={(q) => onChange({ q })} width={240} />
      <FilterSelect
        label={t('export.level')}
        width={100}
        value={filter.level}
        keys={exportLevel.options}
        word={(one) => t(`export.level.${one}`)}
        onChange={(level) => onChange({ level })}
      />
      <FilterSelect
        label={t('export.state')}
        width={140}
        value={filter.state}
        keys={exportState.options}
        word={(one) => t(`export.state.${one}`)}
        onChange={(state) => onChange({ state })}
      />
    </>
  )
}

function useColumns(onCancel: (one: ExportLine) => void): Column<ExportLine>[] {
  const t = useWords(interopWords)
  const { moment } = useDates()
  return [
    {
      key: 'client',
      title: t('export.client'),
      cell: (one) => (
        <>
          {one.clientName} <code className="tm-quiet">{one.clientId}</code>
        </>
      ),
      text: (one) => `${one.clientName} ${one.clientId}`,
    },
    {
      key: 'level',
      title: t('export.level'),
      cell: (one) => t(`export.level.${one.level}`),
      text: (one) => t(`export.level.${one.level}`),
    },
    {
      key: 'state',
      title: t('export.state'),
      cell: (one) => (
        <>
          <StateTag tone={tones[one.state]}>{t(`export.state.${one.state}`)}</StateTag>
          {one.problem && <span className="tm-quiet"> {problemText(one.problem)}</span>}
        </>
      ),
      text: (one) =>
        [t(`export.state.${one.state}`), one.problem && problemText(one.problem)].filter(Boolean).join('；'),
    },
    {
      key: 'progress',
      title: t('export.progress'),
      cell: (one) => t('export.progress-of', { done: one.typesDone, all: one.types.length }),
      text: (one) => `${one.typesDone}/${one.types.length}`,
    },
    {
      key: 'resources',
      title: t('export.resources'),
      sort: true,
      align: 'right',
      cell: (one) => one.resources,
      text: (one) => String(one.resources),
    },
    {
      key: 'askedAt',
      title: t('export.asked-at'),
      short: true,
      sort: true,
      cell: (one) => moment(one.askedAt),
      text: (one) => moment(one.askedAt),
    },
    {
      key: 'until',
      title: t('export.until'),
      short: true,
      cell: (one) => moment(one.until),
      text: (one) => moment(one.until),
    },
    {
      ...{ key: 'act', title: '', short: true },
      cell: (one) =>
        cancellable.has(one.state) && (
          <Button
            size="small"
            onClick={() => onCancel(one)}
            aria-label={`${t('export.cancel')} ${one.clientName}`}
          >
            {t('export.cancel')}
          </Button>
        ),
      text: () => '',
    },
  ]
}
