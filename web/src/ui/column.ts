import type { ReactNode } from 'react'

/** One column of a table. */
export interface Column<Row> {
  readonly key: string
  readonly title: string
  readonly cell: (row: Row) => ReactNode
  /** As plain text, for the export; without it the column is left out there. */
  readonly text?: (row: Row) => string
  readonly align?: 'left' | 'right'
  readonly width?: number
  /** A short value that stays on one line: a date, a code, a grade. */
  readonly short?: boolean
  /** Left out on narrow screens; in the export always. */
  readonly wide?: boolean
  /** Sorting on this column is understood by the server under the column's key. */
  readonly sort?: boolean
}

/** Shown and exported as the same text: `{ key, title, ...alike((row) => row.name) }`. */
export const alike = <Row>(text: (row: Row) => string) => ({ cell: text, text })

/** What the list is sorted by: a column's key. */
export interface Sorting {
  readonly by: string
  readonly descending: boolean
}
