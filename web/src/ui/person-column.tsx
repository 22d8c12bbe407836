import { To } from '../kernel/route.tsx'
import { useDates } from '../kernel/use-dates.ts'
import type { Column } from './column.ts'

interface OfPerson {
  readonly resident: { readonly nameMasked: string; readonly birthDate: string | null }
}

interface About<Row> {
  readonly title: string
  readonly width?: number
  /** Where the name leads; without it the row does, or nothing. */
  readonly to?: (row: Row) => string
}

/** The column that says whose a row is: the masked name and the age. */
export function usePersonColumn<Row extends OfPerson>({ title, width, to }: About<Row>): Column<Row> {
  const dates = useDates()
  return {
    ...{ key: 'person', title, ...(width === undefined ? {} : { width }) },
    cell: (row) => {
      const { nameMasked, birthDate } = row.resident
      return (
        <>
          {to ? <To to={to(row)}>{nameMasked}</To> : <b>{nameMasked}</b>}{' '}
          <span className="tm-quiet">{birthDate && dates.age(birthDate)}</span>
        </>
      )
    },
    text: ({ resident }) => resident.nameMasked,
  }
}
