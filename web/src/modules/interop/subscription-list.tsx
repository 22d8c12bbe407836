import { interopApi } from '@tongmai/api/interop'
import {
  type SubscriptionLine,
  subscriptionState,
  subscriptionTopic,
} from '@tongmai/api/interop/subscription'
import { Button } from 'antd'
import * as z from 'zod/mini'
import { call } from '../../kernel/call.ts'
import { To, useSearch } from '../../kernel/route.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { FilterSelect } from '../../ui/filter-select.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Page } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { problemText } from './subscription-problem.ts'
import { interopWords } from './words.ts'

const LIMIT = 20
const filterShape = z.object({
  state: z.optional(subscriptionState),
  topic: z.optional(subscriptionTopic),
  clientId: z.optional(z.string()),
  offset: z._default(z.coerce.number(), 0),
})
export const subscriptionTones = { requested: 'wait', active: 'good', error: 'bad', off: 'idle' } as const

/** What the institution’s clients subscribed to, and whether it arrives. */
export function SubscriptionList() {
  const t = useWords(interopWords)
  const [filter, setFilter] = useSearch(filterShape)
  const { offset, ...rest } = filter
  const read = useRead(
    interopApi.listSubscriptions,
    { query: { ...rest, offset, limit: LIMIT } },
    { live: ['interop.subscription-changed'], everyMs: 5_000, keepPrevious: true },
  )
  const change = (next: Partial<typeof rest>) => setFilter({ ...next, offset: 0 })
  const columns = useColumns((clientId) => change({ clientId }))
  return (
    <Page title={t('subscription.title')} hint={t('subscription.hint')}>
      <DataTable
        label={t('subscription.title')}
        columns={columns}
        read={read}
        keyOf={({ id }) => id}
        rowTo={({ id }) => `/subscriptions/${id}`}
        rowTone={({ state }) => (state === 'error' ? 'bad' : undefined)}
        offset={offset}
        limit={LIMIT}
        onPage={(next) => setFilter({ offset: next })}
        filters={<Filters filter={rest} onChange={change} />}
        filtered={Object.values(rest).some(Boolean)}
        onClear={() => change({ state: undefined, topic: undefined, clientId: undefined })}
        readPage={(from, limit) =>
          call(interopApi.listSubscriptions, { query: { ...rest, offset: from, limit } })
        }
        empty={<Nothing title={t('subscription.none')} hint={t('subscription.none-hint')} />}
      />
    </Page>
  )
}

type Filter = Omit<z.output<typeof filterShape>, 'offset'>

function Filters({ filter, onChange }: { filter: Filter; onChange: (next: Partial<Filter>) => void }) {
  const t = useWords(interopWords)
  return (
    <>
      <FilterSelect
        label={t('subscription.state')}
        all={t('subscription.all-states')}
        width={130}
        value={filter.state}
        keys={subscriptionState.options}
        word={(one) => t(`subscription.state.${one}`)}
        onChange={(state) => onChange({ state })}
      />
      <FilterSelect
        label={t('subscription.topic')}
        all={t('subscription.all-topics')}
        width={150}
        value={filter.topic}
        keys={subscriptionTopic.options}
        word={(one) => t(`subscription.topic.${one}`)}
        onChange={(topic) => onChange({ topic })}
      />
      {filter.clientId && (
        <Button onClick={() => onChange({ clientId: undefined })}>
          <code>{filter.clientId}</code> ×
        </Button>
      )}
    </>
  )
}

function useColumns(onClient: (clientId: string) => void): Column<SubscriptionLine>[] {
  const t = useWords(interopWords)
  const { briefly, moment } = useDates()
  const filters = (one: SubscriptionLine) => one.filters.join('  ') || t('subscription.no-filters')
  return [
    {
      key: 'state',
      title: t('subscription.state'),
      short: true,
      cell: ({ state }) => (
        <StateTag tone={subscriptionTones[state]}>{t(`subscription.state.${state}`)}</StateTag>
      ),
      text: ({ state }) => t(`subscription.state.${state}`),
    },
    {
      key: 'client',
      title: t('subscription.client'),
      cell: ({ clientId }) => (
        <Button type="link" size="small" style={{ padding: 0 }} onClick={() => onClient(clientId)}>
          <code>{clientId}</code>
        </Button>
      ),
      text: ({ clientId }) => clientId,
    },
    {
      key: 'topic',
      title: t('subscription.topic'),
      cell: (one) => <To to={`/subscriptions/${one.id}`}>{t(`subscription.topic.${one.topic}`)}</To>,
      text: ({ topic }) => t(`subscription.topic.${topic}`),
    },
    {
      key: 'filters',
      title: t('subscription.filters'),
      wide: true,
      cell: (one) => <code style={{ overflowWrap: 'anywhere' }}>{filters(one)}</code>,
      text: filters,
    },
    {
      key: 'events',
      title: t('subscription.events'),
      align: 'right',
      short: true,
      cell: ({ events, waiting }) => `${events - waiting} / ${events}`,
      text: ({ events, waiting }) => `${events - waiting}/${events}`,
    },
    {
      key: 'eventAt',
      title: t('subscription.event-at'),
      short: true,
      cell: ({ eventAt }) => (eventAt ? briefly(eventAt) : '—'),
      text: ({ eventAt }) => (eventAt ? moment(eventAt) : ''),
    },
    {
      key: 'problem',
      title: t('subscription.problem'),
      cell: ({ problem }) => (problem ? problemText(problem) : '—'),
      text: ({ problem }) => (problem ? problemText(problem) : ''),
    },
  ]
}
