import { Select } from 'antd'
import { useId } from 'react'
import * as z from 'zod/mini'
import { useDates } from '../../kernel/use-dates.ts'
import { useWords } from '../../kernel/words.ts'
import { DayField } from '../../ui/date-field.tsx'
import { contractWords } from './words.ts'

export interface Period {
  readonly from: string
  readonly to: string
}

const lengths = ['year', 'quarter', 'month', 'last-year'] as const
export const periodSearch = { from: z.optional(z.string()), to: z.optional(z.string()) }

/** The named spans up to today. */
function spans(today: string): Record<(typeof lengths)[number], Period> {
  const [year = '', month = ''] = today.split('-')
  const quarter = String(Math.floor((Number(month) - 1) / 3) * 3 + 1).padStart(2, '0')
  const before = Number(year) - 1
  return {
    year: { from: `${year}-01-01`, to: today },
    quarter: { from: `${year}-${quarter}-01`, to: today },
    month: { from: `${year}-${month}-01`, to: today },
    'last-year': { from: `${before}-01-01`, to: `${before}-12-31` },
  }
}

/** The period asked for in the address; this year where nothing is asked. */
export function usePeriod(asked: { from?: string | undefined; to?: string | undefined }): Period {
  const { now, day } = useDates()
  const { year } = spans(day(now))
  return { from: asked.from ?? year.from, to: asked.to ?? year.to }
}

/** Which period: one of the usual ones, or from day to day. */
export function PeriodFields({ value, onChange }: { value: Period; onChange: (next: Period) => void }) {
  const t = useWords(contractWords)
  const id = useId()
  const { now, day } = useDates()
  const known = spans(day(now))
  const named = lengths.find((one) => known[one].from === value.from && known[one].to === value.to)
  return (
    <>
      <Select
        aria-label={t('indicator.period')}
        placeholder={t('indicator.period')}
        style={{ width: 110 }}
        value={named ?? null}
        options={lengths.map((one) => ({ value: one, label: t(`indicator.${one}`) }))}
        onChange={(one) => one && onChange(known[one])}
      />
      {(['from', 'to'] as const).map((end) => (
        <span key={end} style={{ width: 140 }}>
          <label className="tm-hidden" htmlFor={`${id} ${end}`}>
            {t(`indicator.${end}`)}
          </label>
          <DayField
            id={`${id} ${end}`}
            value={value[end]}
            {...(end === 'from' ? { until: value.to } : { from: value.from })}
            onChange={(next) => next && onChange({ ...value, [end]: next })}
          />
        </span>
      ))}
    </>
  )
}
