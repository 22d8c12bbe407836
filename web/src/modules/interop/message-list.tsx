import { interopApi } from '@tongmai/api/interop'
import { type MessageLine, messageDirection, messageState } from '@tongmai/api/interop/message'
import * as z from 'zod/mini'
import { call } from '../../kernel/call.ts'
import { momentAt } from '../../kernel/dates.ts'
import { To, useSearch } from '../../kernel/route.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { DayField } from '../../ui/date-field.tsx'
import { FilterSelect } from '../../ui/filter-select.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Page } from '../../ui/page.tsx'
import { SearchBox } from '../../ui/search-box.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { Tally } from '../../ui/tally.tsx'
import { eventWords, messageKinds, messageTones, problemWords } from './message-show.ts'
import { interopWords } from './words.ts'

const LIMIT = 50
const live = ['interop.message', 'interop.message-processed']
const filterShape = z.object({
  direction: z.optional(messageDirection),
  state: z.optional(messageState),
  kind: z.optional(z.string()),
  controlId: z.optional(z.coerce.string()),
  from: z.optional(z.iso.date()),
  to: z.optional(z.iso.date()),
  offset: z._default(z.coerce.number(), 0),
})
type Filter = Omit<z.output<typeof filterShape>, 'offset'>
const none = { direction: undefined, state: undefined, kind: undefined, controlId: undefined }
const anyTime = { from: undefined, to: undefined }
const DAY = 86_400_000

/** What is asked of the server: whole days, both ends among them. */
const asQuery = ({ from, to, ...filter }: Filter) => ({
  ...filter,
  from: from ? momentAt(from) : undefined,
  to: to ? new Date(momentAt(to).getTime() + DAY) : undefined,
})

/** Every message of HL7 v2, what waits and what went wrong first at hand. */
export function MessageList() {
  const t = useWords(interopWords)
  const [{ offset, ...asked }, setFilter] = useSearch(filterShape)
  const change = (next: Partial<Filter>) => setFilter({ ...next, offset: 0 })
  const read = useRead(
    interopApi.listMessages,
    { query: { ...asQuery(asked), offset, limit: LIMIT } },
    { live, keepPrevious: true },
  )
  const { data: counts } = useRead(interopApi.countMessages, {}, { live })
  return (
    <Page
      title={t('message.title')}
      hint={counts ? t('message.today', { in: counts.in, out: counts.out }) : t('message.hint')}
      actions={<To to="/message-partners">{t('message.partners')}</To>}
    >
      <Tally
        label={t('message.state')}
        value={asked.state === 'failed' || asked.state === 'waiting' ? asked.state : 'all'}
        onChange={(key) => change({ state: key === 'all' ? undefined : key })}
        tabs={[
          { key: 'all', label: t('message.all') },
          { key: 'failed', label: t('message.failed'), count: counts?.failed, bad: true },
          { key: 'waiting', label: t('message.waiting'), count: counts?.waiting },
        ]}
      />
      <DataTable
        label={t('message.title')}
        columns={useColumns()}
        read={read}
        keyOf={({ id }) => id}
        rowTo={({ id }) => `/messages/${id}`}
        offset={offset}
        limit={LIMIT}
        onPage={(next) => setFilter({ offset: next })}
        filters={<Filters filter={asked} onChange={change} />}
        filtered={Object.values(asked).some(Boolean)}
        onClear={() => change({ ...none, ...anyTime })}
        empty={<Nothing title={t('message.none')} hint={t('message.none-hint')} />}
        readPage={(from, limit) =>
          call(interopApi.listMessages, { query: { ...asQuery(asked), offset: from, limit } })
        }
      />
    </Page>
  )
}

function Filters({ filter, onChange }: { filter: Filter; onChange: (change: Partial<Filter>) => void }) {
  const t = useWords(interopWords)
  return (
    <>
      <SearchBox
        label={t('message.search')}
        value={filter.controlId}
        onSearch={(controlId) => onChange({ controlId: controlId || undefined })}
        width={200}
      />
      <FilterSelect
        label={t('message.kind')}
        width={150}
        value={filter.kind}
        keys={messageKinds}
        word={(one) => eventWords(t, one) ?? one}
        onChange={(kind) => onChange({ kind })}
      />
      <FilterSelect
        label={t('message.direction')}
        width={100}
        value={filter.direction}
        keys={messageDirection.options}
        word={(one) => t(`message.direction.${one}`)}
        onChange={(direction) => onChange({ direction })}
      />
      <FilterSelect
        label={t('message.state')}
        width={120}
        value={filter.state}
        keys={messageState.options}
        word={(one) => t(`message.state.${one}`)}
        onChange={(state) => onChange({ state })}
      />
      {(['from', 'to'] as const).map((end) => (
        <div key={end} style={{ width: 140 }}>
          <DayField
            label={t(`message.${end}`)}
            value={filter[end] ?? null}
            onChange={(day) => onChange({ [end]: day ?? undefined })}
          />
        </div>
      ))}
    </>
  )
}

function useColumns(): Column<MessageLine>[] {
  const t = useWords(interopWords)
  const { moment } = useDates()
  const sender = (one: MessageLine) => [one.facility, one.application].filter(Boolean).join(' · ')
  return [
    {
      ...{ key: 'kind', title: t('message.kind'), short: true },
      cell: (one) => <b>{eventWords(t, one.kind) ?? t('message.not-understood')}</b>,
      text: (one) => eventWords(t, one.kind) ?? '',
    },
    {
      ...{ key: 'direction', title: t('message.direction'), short: true },
      cell: (one) => `${t(`message.direction.${one.direction}`)} · ${t(`message.road.${one.road}`)}`,
      text: (one) => `${t(`message.direction.${one.direction}`)} · ${t(`message.road.${one.road}`)}`,
    },
    { key: 'sender', title: t('message.sender'), wide: true, cell: sender, text: sender },
    {
      ...{ key: 'control', title: t('message.control-id'), short: true },
      cell: (one) => <code>{one.controlId}</code>,
      text: (one) => one.controlId,
    },
    {
      ...{ key: 'state', title: t('message.state') },
      cell: (one) => (
        <>
          <StateTag tone={messageTones[one.state]}>{t(`message.state.${one.state}`)}</StateTag>{' '}
          {one.problem && <span className="tm-quiet">{problemWords(t, one.problem)}</span>}
        </>
      ),
      text: (one) =>
        [t(`message.state.${one.state}`), one.problem && problemWords(t, one.problem)]
          .filter(Boolean)
          .join('：'),
    },
    {
      ...{ key: 'at', title: t('message.at'), short: true },
      cell: (one) => moment(one.at),
      text: (one) => moment(one.at),
    },
  ]
}
