import { recordApi } from '@tongmai/api/record'
import { dimension, type Finding } from '@tongmai/api/record/quality'
import { Button, Select } from 'antd'
import * as z from 'zod/mini'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { FilterSelect } from '../../ui/filter-select.tsx'
import { RuleFilters } from './rule-filters.tsx'
import { recordWords } from './words.ts'

const text = z.optional(z.string())
/** What stands in the address of the list of what is to be mended. */
export const findingFilter = z.object({
  ...{ departmentId: text, practitionerId: text, rule: text, type: text },
  ...{ institutionId: text, from: text, to: text },
  dimension: z.optional(dimension),
  state: z._default(z.enum(['open', 'mended', 'all']), 'open'),
  offset: z._default(z.coerce.number(), 0),
})
export type FindingFilter = Omit<z.output<typeof findingFilter>, 'offset'>

interface Props {
  readonly filter: FindingFilter
  /** Of what was found, the first: it tells what a figure of the dashboard is narrowed to. */
  readonly first: Finding | undefined
  readonly onChange: (change: Partial<FindingFilter>) => void
}

/** What is to be mended, by state, dimension, type and rule, and what the figure one came from is narrowed to. */
export function FindingFilters({ filter, first, onChange }: Props) {
  const t = useWords(recordWords)
  const rules = useRead(recordApi.listQualityRules, { query: {} }).data ?? []
  return (
    <>
      <Select
        aria-label={t('finding.state')}
        value={filter.state}
        onChange={(state) => onChange({ state })}
        options={[
          { value: 'open', label: t('finding.open') },
          { value: 'mended', label: t('finding.done') },
          { value: 'all', label: t('finding.all') },
        ]}
        style={{ width: 100 }}
      />
      <RuleFilters filter={filter} onChange={onChange} />
      <FilterSelect
        label={t('by.rule')}
        all={t('finding.all-rules')}
        width={220}
        value={filter.rule}
        keys={rules.map(({ code }) => code)}
        word={(one) => rules.find(({ code }) => code === one)?.title ?? one}
        onChange={(rule) => onChange({ rule })}
      />
      <Narrowed filter={filter} first={first} onChange={onChange} />
    </>
  )
}

function Narrowed({ filter, first, onChange }: Props) {
  const t = useWords(recordWords)
  const { from, to, institutionId, departmentId, practitionerId } = filter
  const days = [from, to === from ? undefined : to].filter(Boolean).join(' – ')
  const parts = [
    [days, t('finding.found'), days, { from: undefined, to: undefined }],
    [institutionId, t('by.institution'), undefined, { institutionId: undefined }],
    [departmentId, t('by.department'), first?.departmentName, { departmentId: undefined }],
    [practitionerId, t('by.practitioner'), first?.practitionerName, { practitionerId: undefined }],
  ] as const
  return parts
    .filter(([isSet]) => isSet)
    .map(([, by, name, without]) => (
      <Button key={by} onClick={() => onChange(without)}>
        {[by, name].filter(Boolean).join('：')} ×
      </Button>
    ))
}
