import { referralDirection, referralStatus, statuses, urgency } from '@tongmai/api/referral/flow'
import { workList } from '@tongmai/api/referral/list'
import { Input } from 'antd'
import * as z from 'zod/mini'
import { useWords } from '../../kernel/words.ts'
import { DayField } from '../../ui/date-field.tsx'
import { FilterSelect } from '../../ui/filter-select.tsx'
import { OnlyButton } from '../../ui/only-button.tsx'
import { referralWords } from './words.ts'

/** The filters of the lists, as they stand in the address. */
export const search = z.object({
  list: z.optional(workList),
  status: z.optional(referralStatus),
  direction: z.optional(referralDirection),
  urgency: z.optional(urgency),
  overdue: z.optional(z.literal('true')),
  number: z.optional(z.string()),
  from: z.optional(z.string()),
  to: z.optional(z.string()),
  sort: z.optional(z.enum(['due', 'newest', 'oldest', 'changed'])),
  offset: z._default(z.coerce.number(), 0),
})
export type Filter = z.output<typeof search>

interface FiltersProps {
  readonly filter: Filter
  readonly onChange: (change: Partial<Filter>) => void
}

/** What narrows a list of referrals. */
export function Filters({ filter, onChange }: FiltersProps) {
  const t = useWords(referralWords)
  return (
    <>
      <Input.Search
        aria-label={t('number')}
        placeholder={t('number')}
        allowClear
        style={{ width: 200 }}
        defaultValue={filter.number ?? ''}
        onSearch={(number) => onChange({ number: number || undefined })}
      />
      <FilterSelect
        width={130}
        label={t('status')}
        keys={statuses}
        word={(key) => t(`status.${key}`)}
        value={filter.status}
        onChange={(status) => onChange({ status })}
      />
      <FilterSelect
        width={130}
        label={t('direction')}
        keys={['up', 'down', 'sideways']}
        word={(key) => t(`direction.${key}`)}
        value={filter.direction}
        onChange={(direction) => onChange({ direction })}
      />
      <FilterSelect
        width={130}
        label={t('urgency')}
        keys={['routine', 'urgent', 'emergency']}
        word={(key) => t(`urgency.${key}`)}
        value={filter.urgency}
        onChange={(level) => onChange({ urgency: level })}
      />
      <div style={{ width: 140 }}>
        <DayField
          label={t('filter.from')}
          value={filter.from ?? null}
          onChange={(from) => onChange({ from: from ?? undefined })}
        />
      </div>
      <div style={{ width: 140 }}>
        <DayField
          label={t('filter.to')}
          value={filter.to ?? null}
          onChange={(to) => onChange({ to: to ?? undefined })}
        />
      </div>
      <OnlyButton
        on={Boolean(filter.overdue)}
        onChange={(on) => onChange({ overdue: on ? 'true' : undefined })}
      >
        {t('overdue')}
      </OnlyButton>
    </>
  )
}
