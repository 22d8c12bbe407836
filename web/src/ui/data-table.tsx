import { DownloadOutlined, PrinterOutlined } from '@ant-design/icons'
import type { UseQueryResult } from '@tanstack/react-query'
import type { Page } from '@tongmai/api/kernel'
import { Button, Pagination, Skeleton, Tooltip } from 'antd'
import { type ReactNode, useState } from 'react'
import { Refused } from '../kernel/refused.ts'
import { useSteady } from '../kernel/steady.ts'
import { webWords } from '../kernel/web-words.ts'
import { useWords } from '../kernel/words.ts'
import type { Column, Sorting } from './column.ts'
import { save, toCsv } from './csv.ts'
import { ReadRefused } from './loaded.tsx'
import { NewsPill } from './news-pill.tsx'
import { Nothing } from './nothing.tsx'
import { Table } from './table.tsx'
import { useTell, useTellRefused } from './tell.tsx'

interface DataTableProps<Row> {
  /** The table's name, for screen readers and the exported file. */
  readonly label: string
  readonly columns: readonly Column<Row>[]
  /** `useRead(api.list, { query }, { live, keepPrevious: true })`. */
  readonly read: UseQueryResult<Page<Row>, Refused>
  readonly keyOf: (row: Row) => string
  readonly rowTo?: (row: Row) => string
  readonly rowTone?: (row: Row) => 'bad' | undefined
  readonly offset: number
  readonly limit: number
  readonly onPage: (offset: number) => void
  readonly sorting?: Sorting | undefined
  readonly onSort?: (sorting: Sorting) => void
  /** The filters, left above the table. */
  readonly filters?: ReactNode
  /** Whether a filter is set, and how to clear them. */
  readonly filtered?: boolean
  readonly onClear?: () => void
  /** Said when there is nothing at all: `<Nothing …/>`. */
  readonly empty: ReactNode
  /** Reads one page of what is filtered, for the export: `(offset, limit) => call(api.list, …)`. */
  readonly readPage?: (offset: number, limit: number) => Promise<Page<Row>>
}

/** A list as the server pages it: filtered, sorted, live without jumping, exported and printed as filtered. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, columns, read, keyOf, rowTo, rowTone, offset, limit, onPage, sorting, onSort, filters } =
    props
  const t = useWords(webWords)
  const over = `${offset} ${JSON.stringify(sorting)} ${read.isPlaceholderData}`
  const steady = useSteady(read.data?.items ?? [], keyOf, over)
  const total = read.data?.total ?? 0
  return (
    <div className="tm-data" {...steady.hold}>
      {(filters || total > 0) && <Tools {...props} total={total} />}
      <NewsPill count={steady.waiting} onAccept={steady.accept} />
      {read.error && <ReadRefused refused={read.error} onRetry={() => void read.refetch()} />}
      {read.isPending && <Skeleton active title={false} paragraph={{ rows: 8 }} />}
      {read.data && total === 0 && <Empty {...props} />}
      {steady.items.length > 0 && (
        <div aria-busy={read.isPlaceholderData} className={read.isPlaceholderData ? 'tm-older' : ''}>
          <Table
            label={label}
            columns={columns}
            rows={steady.items}
            keyOf={keyOf}
            sorting={sorting}
            keys
            {...(rowTo ? { rowTo } : {})}
            {...(rowTone ? { rowTone } : {})}
            {...(onSort ? { onSort } : {})}
          />
        </div>
      )}
      {total > 0 && (
        <footer className="tm-data-foot">
          <span>
            {t(total >= 10_000 ? 'table.rows-more' : 'table.rows', { total: total.toLocaleString('zh-CN') })}
          </span>
          {total > limit && (
            <Pagination
              current={Math.floor(offset / limit) + 1}
              pageSize={limit}
              total={total}
              showSizeChanger={false}
              onChange={(page) => onPage((page - 1) * limit)}
            />
          )}
        </footer>
      )}
    </div>
  )
}

/** The filters at the left; at the right what can be taken away: the whole list as a file, this page on paper. */
function Tools<Row>(props: DataTableProps<Row> & { total: number }) {
  const t = useWords(webWords)
  return (
    <div className="tm-data-tools tm-no-print">
      <div className="tm-row">{props.filters}</div>
      {props.total > 0 && (
        <div className="tm-row">
          {props.readPage && <ExportButton {...props} readPage={props.readPage} />}
          <Tooltip title={t('act.print')}>
            <Button
              type="text"
              icon={<PrinterOutlined />}
              aria-label={t('act.print')}
              onClick={() => window.print()}
            />
          </Tooltip>
        </div>
      )}
    </div>
  )
}

function Empty<Row>({ filtered, onClear, empty }: DataTableProps<Row>) {
  const t = useWords(webWords)
  if (!filtered) return empty
  return (
    <Nothing title={t('table.empty-filtered')}>
      {onClear && <Button onClick={onClear}>{t('act.clear-filters')}</Button>}
    </Nothing>
  )
}

type Exported<Row> = Pick<DataTableProps<Row>, 'label' | 'columns'> &
  Required<Pick<DataTableProps<Row>, 'readPage'>>

/** Saves a whole list as a file, with what its columns say as text. */
export function ExportButton<Row>({ label, columns, readPage }: Exported<Row>) {
  const t = useWords(webWords)
  const tell = useTell()
  const tellRefused = useTellRefused()
  const [busy, setBusy] = useState(false)
  const run = async () => {
    setBusy(true)
    try {
      const rows = await readAll(readPage)
      const shown = columns.flatMap(({ title, text }) => (text ? [{ title, text }] : []))
      save(
        toCsv(
          shown.map(({ title }) => title),
          rows.map((row) => shown.map(({ text }) => text(row))),
        ),
        `${label}.csv`,
      )
      tell(t('table.exported', { count: rows.length }))
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      tellRefused(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Button type="text" icon={<DownloadOutlined />} loading={busy} onClick={() => void run()}>
      {t('act.export')}
    </Button>
  )
}

/** All pages, up to the 10 000 rows that a list ever gives. */
async function readAll<Row>(readPage: (offset: number, limit: number) => Promise<Page<Row>>): Promise<Row[]> {
  const rows: Row[] = []
  for (let offset = 0; offset < 10_000; offset += 200) {
    const { items, total } = await readPage(offset, 200)
    rows.push(...items)
    if (rows.length >= total || items.length === 0) break
  }
  return rows
}
