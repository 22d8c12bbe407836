import { type ReviewOrder, reviewOrder } from '@tongmai/api/resident/review'
import { Select } from 'antd'
import * as z from 'zod/mini'
import { useWords } from '../../kernel/words.ts'
import type { Sorting } from '../../ui/column.ts'
import { SearchBox } from '../../ui/search-box.tsx'
import { residentWords } from './words.ts'

/** What stands in the address of a list of things to decide, beside its state. */
export const reviewShape = {
  q: z.optional(z.string()),
  order: z._default(reviewOrder, 'openFirst'),
  offset: z._default(z.coerce.number(), 0),
}

/** How the column of the time is sorted: not at all while what waits comes first. */
export const sortingOf = (order: ReviewOrder): Sorting | undefined =>
  order === 'openFirst' ? undefined : { by: 'at', descending: order === 'newest' }

/** From what waits first to the newest first, to the oldest first. */
export const orderAfter = (order: ReviewOrder): ReviewOrder => (order === 'newest' ? 'oldest' : 'newest')

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
