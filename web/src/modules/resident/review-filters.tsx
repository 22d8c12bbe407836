import { type ReviewOrder, reviewOrder } from '@tongmai/api/resident/review'
import { Select } from 'antd'
import * as z from 'zod/mini'
import { useWords } from '../../kernel/words.ts'
import { SearchBox } from '../../ui/search-box.tsx'
import { residentWords } from './words.ts'

/** What stands in the address of a list of things to decide, beside its state. */
export const reviewShape = {
  q: z.optional(z.string()),
  order: z._default(reviewOrder, 'openFirst'),
  offset: z._default(z.coerce.number(), 0),
}

const LIMIT = 20

interface Asked {
  readonly state?: string | undefined
  readonly q?: string | undefined
  readonly order: ReviewOrder
  readonly offset: number
}

/** What the table of a list of things to decide is told, of what stands in its address. */
export function reviewTable(
  { state, q, order, offset }: Asked,
  setFilter: (change: { state?: undefined; q?: undefined; order?: ReviewOrder; offset: number }) => void,
) {
  return {
    ...{ offset, limit: LIMIT, filtered: Boolean(state ?? q) },
    // Not sorted at all while what waits comes first; then from the newest, then from the oldest.
    sorting: order === 'openFirst' ? undefined : { by: 'at', descending: order === 'newest' },
    onSort: () => setFilter({ order: order === 'newest' ? 'oldest' : 'newest', offset: 0 }),
    onPage: (next: number) => setFilter({ offset: next }),
    onClear: () => setFilter({ state: undefined, q: undefined, offset: 0 }),
  }
}

interface Props<State extends string> {
  readonly states: readonly State[]
  readonly word: (state: State) => string
  readonly state: State | undefined
  readonly q: string | undefined
  readonly hint: string
  readonly onChange: (change: { state?: State | undefined; q?: string | undefined }) => void
}

/** The state of things to decide, and words to look for in them. */
export function ReviewFilters<State extends string>({
  states,
  word,
  state,
  q,
  hint,
  onChange,
}: Props<State>) {
  const t = useWords(residentWords)
  return (
    <>
      <Select<State | 'all'>
        aria-label={t('objection.state')}
        value={state ?? 'all'}
        style={{ minWidth: 130 }}
        options={[
          { value: 'all', label: t('review.all') },
          ...states.map((value) => ({ value, label: word(value) })),
        ]}
        onChange={(next) => onChange({ state: next === 'all' ? undefined : next, q })}
      />
      <SearchBox label={hint} value={q} onSearch={(text) => onChange({ state, q: text })} />
    </>
  )
}
