import { CaretDownOutlined, CaretUpOutlined } from '@ant-design/icons'
import type { KeyboardEvent, MouseEvent, ReactNode } from 'react'
import { useCallback, useEffect, useRef } from 'react'
import { useGo } from '../kernel/route.tsx'
import { webWords } from '../kernel/web-words.ts'
import { useWords } from '../kernel/words.ts'
import type { Column, Sorting } from './column.ts'
import { useRowKeys } from './row-keys.ts'

interface TableProps<Row> {
  readonly label: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly keyOf: (row: Row) => string
  /** Where a row leads: opened by click, by Enter, and by j/k then Enter. */
  readonly rowTo?: (row: Row) => string
  readonly rowTone?: (row: Row) => 'bad' | undefined
  readonly sorting?: Sorting | undefined
  readonly onSort?: (sorting: Sorting) => void
  /** Walk the rows with j and k; only one table of a page does. */
  readonly keys?: boolean
}

/** Rows and columns, dense but airy; a real table for screen readers, print and keyboard. */
export function Table<Row>(props: TableProps<Row>) {
  const { label, columns, rows, keyOf, rowTo, rowTone, sorting, onSort, keys = false } = props
  const go = useGo()
  const open = useCallback(
    (row: Row) => {
      if (rowTo) go(rowTo(row))
    },
    [go, rowTo],
  )
  const body = useRef<HTMLTableSectionElement>(null)
  return (
    <div className="tm-table-wrap">
      <table className="tm-table" aria-label={label}>
        <thead>
          <tr>
            {columns.map((column) => (
              <Head key={column.key} column={column as Column<unknown>} sorting={sorting} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody ref={body}>
          {rows.map((row) => (
            <tr
              key={keyOf(row)}
              className={rowTo ? 'tm-opens' : ''}
              data-tone={rowTone?.(row)}
              tabIndex={rowTo ? 0 : undefined}
              onClick={(event) => plainClick(event) && open(row)}
              onKeyDown={(event) => ownEnter(event) && open(row)}
            >
              {columns.map(({ key, title, cell, align, short, wide }) => (
                <td key={key} data-align={align} data-short={short} data-wide={wide} data-name={title}>
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {keys && <RowKeys count={rows.length} body={body} />}
    </div>
  )
}

function Head({
  column,
  sorting,
  onSort,
}: {
  column: Column<unknown>
  sorting: Sorting | undefined
  onSort: ((sorting: Sorting) => void) | undefined
}) {
  const t = useWords(webWords)
  const { key, title, align, width, wide, sort } = column
  const mine = sorting?.by === key ? sorting : undefined
  const descending = mine ? !mine.descending : false
  const inner: ReactNode =
    sort && onSort ? (
      <button
        type="button"
        title={t(descending ? 'table.sort-down' : 'table.sort-up', { column: title })}
        onClick={() => onSort({ by: key, descending })}
      >
        {title}
        {mine?.descending ? <CaretDownOutlined /> : <CaretUpOutlined style={{ opacity: mine ? 1 : 0.25 }} />}
      </button>
    ) : (
      title
    )
  return (
    <th
      scope="col"
      data-align={align}
      data-wide={wide}
      style={width ? { width } : undefined}
      aria-sort={mine ? (mine.descending ? 'descending' : 'ascending') : undefined}
    >
      {inner}
    </th>
  )
}

/** Moves the focus from row to row, so that what is chosen is also what a screen reader reads. */
function RowKeys({ count, body }: { count: number; body: React.RefObject<HTMLTableSectionElement | null> }) {
  const open = useCallback(
    (row: number) => (body.current?.rows[row] as HTMLElement | undefined)?.click(),
    [body],
  )
  const at = useRowKeys(count, open)
  useEffect(() => {
    if (at >= 0) body.current?.rows[at]?.focus()
  }, [at, body])
  return null
}

/** A click on the row, not on a button or link in it, and not the end of marking text. */
function plainClick(event: MouseEvent): boolean {
  if ((event.target as HTMLElement).closest('a, button, input, label, .ant-select, [role="menuitem"]'))
    return false
  return !getSelection()?.toString()
}

const ownEnter = (event: KeyboardEvent): boolean =>
  event.key === 'Enter' && event.target === event.currentTarget
