import { recognitionApi } from '@tongmai/api/recognition'
import { call } from '../../kernel/call.ts'
import { To, useSearch } from '../../kernel/route.tsx'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Page } from '../../ui/page.tsx'
import { useDecisionColumns } from './decision-columns.tsx'
import { type DecisionFilter, DecisionFilters, decisionFilter } from './decision-filters.tsx'
import { recognitionWords } from './words.ts'

const LIMIT = 50
/** The cases behind a figure of the ledger. */
export function DecisionList() {
  const t = useWords(recognitionWords)
  const [filter, setFilter] = useSearch(decisionFilter)
  const { offset, order, ...narrow } = filter
  const read = useRead(
    recognitionApi.listDecisions,
    { query: { ...filter, limit: LIMIT } },
    { live: ['recognition'], keepPrevious: true },
  )
  const change = (next: Partial<DecisionFilter>) => setFilter({ offset: 0, ...next })
  return (
    <Page title={t('decisions.title')} actions={<To to="/recognition-ledger">{t('ledger.title')}</To>}>
      <DataTable
        label={t('decisions.title')}
        columns={useDecisionColumns()}
        read={read}
        keyOf={({ id }) => id}
        offset={offset}
        limit={LIMIT}
        onPage={(next) => setFilter({ offset: next })}
        sorting={{ by: 'at', descending: order === 'newest' }}
        onSort={({ descending }) => change({ order: descending ? 'newest' : 'oldest' })}
        filters={<DecisionFilters filter={filter} first={read.data?.items[0]} onChange={change} />}
        filtered={Object.values(narrow).some(Boolean)}
        onClear={() => change(Object.fromEntries(Object.keys(narrow).map((name) => [name, undefined])))}
        empty={<Nothing title={t('decisions.none')} />}
        readPage={(from, limit) =>
          call(recognitionApi.listDecisions, { query: { ...filter, offset: from, limit } })
        }
      />
    </Page>
  )
}
