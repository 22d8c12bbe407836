import { DatePicker } from 'antd'
import { timeNow } from '../kernel/clock.ts'
import { momentAt, showDay } from '../kernel/dates.ts'
import { calendarOf } from './calendar.ts'

const ZonedPicker = DatePicker.generatePicker<Date>(calendarOf(timeNow))

interface MomentFieldProps {
  readonly id?: string
  readonly value: Date | null
  readonly onChange: (value: Date | null) => void
  /** The first and last moment that may be chosen. */
  readonly from?: Date
  readonly until?: Date
  readonly invalid?: boolean
}

/** A day and a time, `2026-11-22 14:05`, on the region's clock; a `Date` in code. */
export function MomentField({ id, value, onChange, from, until, invalid = false }: MomentFieldProps) {
  return (
    <ZonedPicker
      {...(id ? { id } : {})}
      style={{ width: '100%' }}
      status={invalid ? 'error' : ''}
      showTime={{ format: 'HH:mm', minuteStep: 5 }}
      format="YYYY-MM-DD HH:mm"
      value={value}
      {...(from ? { minDate: from } : {})}
      {...(until ? { maxDate: until } : {})}
      onChange={(next) => onChange(next as Date | null)}
    />
  )
}

interface DayFieldProps {
  readonly id?: string
  /** Where no `Field` names it. */
  readonly label?: string
  /** `YYYY-MM-DD`. */
  readonly value: string | null
  readonly onChange: (value: string | null) => void
  readonly from?: string
  readonly until?: string
  readonly invalid?: boolean
}

/** A calendar day; the text `YYYY-MM-DD` in code. Typed as `20261122` it is understood too. */
export function DayField({ id, label, value, onChange, from, until, invalid = false }: DayFieldProps) {
  return (
    <ZonedPicker
      {...(id ? { id } : {})}
      {...(label ? { 'aria-label': label, placeholder: label } : {})}
      style={{ width: '100%' }}
      status={invalid ? 'error' : ''}
      format="YYYY-MM-DD"
      value={value ? momentAt(value) : null}
      {...(from ? { minDate: momentAt(from) } : {})}
      {...(until ? { maxDate: momentAt(until) } : {})}
      onChange={(next) => onChange(next ? showDay(next as Date) : null)}
    />
  )
}
