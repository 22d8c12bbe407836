import { type Decision, decisionOrder } from '@tongmai/api/recognition/ledger'
import { outcome, refusalReason } from '@tongmai/api/recognition/order'
import { Button } from 'antd'
import * as z from 'zod/mini'
import { useWords } from '../../kernel/words.ts'
import { DayField } from '../../ui/date-field.tsx'
import { FilterSelect } from '../../ui/filter-select.tsx'
import { SearchBox } from '../../ui/search-box.tsx'
import { recognitionWords } from './words.ts'

const text = z.optional(z.string())
/** What stands in the address of the list of decisions. */
export const decisionFilter = z.object({
  ...{ from: text, to: text, institutionId: text, sourceId: text, practitionerId: text, itemId: text },
  ...{ month: text, orderId: text },
  q: z.optional(z.coerce.string()),
  order: z._default(decisionOrder, 'newest'),
  reason: z.optional(refusalReason),
  outcome: z.optional(outcome),
  offset: z._default(z.coerce.number(), 0),
})
export type DecisionFilter = z.output<typeof decisionFilter>

interface Props {
  readonly filter: DecisionFilter
  /** Of what was found, the first: it tells what a figure of the ledger is narrowed to. */
  readonly first: Decision | undefined
  readonly onChange: (change: Partial<DecisionFilter>) => void
}

/** Words to look for, outcome, reason and days, and what the figure one came from is narrowed to. */
export function DecisionFilters({ filter, first, onChange }: Props) {
  const t = useWords(recognitionWords)
  return (
    <>
      <SearchBox
        label={t('decisions.search')}
        value={filter.q}
        onSearch={(q) => onChange({ q })}
        width={240}
      />
      <FilterSelect
        label={t('decision.outcome')}
        all={t('all-outcomes')}
        width={120}
        value={filter.outcome}
        keys={outcome.options}
        word={(one) => t(`outcome.${one}`)}
        onChange={(next) => onChange({ outcome: next })}
      />
      <FilterSelect
        label={t('decision.reason')}
        all={t('by.reason')}
        width={220}
        value={filter.reason}
        keys={refusalReason.options}
        word={(one) => t(`reason.${one}`)}
        onChange={(next) => onChange({ reason: next })}
      />
      {(['from', 'to'] as const).map((end) => (
        <div key={end} style={{ width: 140 }}>
          <DayField
            label={t(`decisions.${end}`)}
            value={filter[end] ?? null}
            onChange={(day) => onChange({ [end]: day ?? undefined })}
          />
        </div>
      ))}
      <Narrowed filter={filter} first={first} onChange={onChange} />
    </>
  )
}

/** What a figure of the ledger narrows to, and how the first decision found calls it. */
const narrowed = [
  ['institutionId', 'by.institution', (one) => one?.institutionName],
  ['sourceId', 'by.source', (one) => one?.resultInstitutionName],
  ['practitionerId', 'by.practitioner', (one) => one?.practitionerName],
  ['itemId', 'by.item', (one) => one?.itemName],
  ['month', 'by.month', (one, { month }) => one && month],
  ['orderId', 'decisions.one-order', () => undefined],
] as const satisfies [
  keyof DecisionFilter,
  keyof typeof recognitionWords.table,
  (one: Decision | undefined, filter: DecisionFilter) => string | null | undefined,
][]

function Narrowed({ filter, first, onChange }: Props) {
  const t = useWords(recognitionWords)
  return narrowed
    .filter(([name]) => filter[name])
    .map(([name, by, of]) => (
      <Button key={name} onClick={() => onChange({ [name]: undefined })}>
        {[t(by), of(first, filter)].filter(Boolean).join('：')} ×
      </Button>
    ))
}
