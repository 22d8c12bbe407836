import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Refused } from '../kernel/refused.ts'
import type { Column } from './column.ts'
import { DataTable } from './data-table.tsx'

interface WholeTableProps<Row> {
  readonly label: string
  readonly columns: readonly Column<Row>[]
  /** The read the rows come from: its waiting and its refusal are shown. */
  readonly read: UseQueryResult<unknown, Refused>
  readonly rows: readonly Row[]
  readonly keyOf: (row: Row) => string
  readonly rowTo?: (row: Row) => string
  readonly filters?: ReactNode
  readonly filtered?: boolean
  readonly onClear?: () => void
  readonly empty: ReactNode
}

/** A list that comes whole: as `DataTable`, without pages. */
export function WholeTable<Row>({ read, rows, ...rest }: WholeTableProps<Row>) {
  const page = { items: [...rows], total: rows.length }
  return (
    <DataTable
      {...rest}
      // The page stands in for the read's own answer; all else of the read stays.
      read={{ ...read, data: read.data === undefined ? undefined : page } as never}
      offset={0}
      limit={Math.max(rows.length, 1)}
      onPage={() => {}}
      readPage={async () => page}
    />
  )
}
