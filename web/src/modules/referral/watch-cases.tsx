import { referralApi } from '@tongmai/api/referral'
import { type FlowCase, flowQuery, level } from '@tongmai/api/referral/watch'
import * as z from 'zod/mini'
import { call } from '../../kernel/call.ts'
import { To, useSearch } from '../../kernel/route.tsx'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Page } from '../../ui/page.tsx'
import { State, UrgencyTag } from './state.tsx'
import { referralWords } from './words.ts'

const LIMIT = 50
const { from, to, ...narrow } = flowQuery.shape
const caseSearch = z.object({
  ...narrow,
  from: z._default(z.string(), '2020-01-01'),
  to: z._default(z.string(), '2099-12-31'),
  offset: z._default(z.coerce.number(), 0),
})

/** The cases behind a figure of the flows, without their persons; a party's own can be opened. */
export function FlowCases() {
  const t = useWords(referralWords)
  const [{ offset, ...query }, setFilter] = useSearch(caseSearch)
  const read = useRead(
    referralApi.flowCases,
    { query: { ...query, offset, limit: LIMIT } },
    { keepPrevious: true },
  )
  const columns: Column<FlowCase>[] = [
    { key: 'on', title: t('watch.on'), width: 120, cell: ({ on }) => on, text: ({ on }) => on },
    {
      key: 'number',
      title: t('number'),
      width: 210,
      cell: ({ id, number }) =>
        id ? <To to={`/referrals/${id}`}>{number ?? t('title')}</To> : (number ?? '—'),
      text: ({ number }) => number ?? '',
    },
    {
      key: 'status',
      title: t('status'),
      width: 160,
      cell: (row) => (
        <span className="tm-row">
          <State status={row.status} />
          <UrgencyTag urgency={row.urgency} />
        </span>
      ),
      text: ({ status }) => t(`status.${status}`),
    },
    {
      key: 'direction',
      title: t('direction'),
      width: 80,
      cell: ({ direction }) => t(`direction.${direction}`),
      text: ({ direction }) => t(`direction.${direction}`),
    },
    { key: 'from', title: t('from'), cell: (row) => row.from, text: (row) => row.from },
    { key: 'to', title: t('to'), cell: (row) => row.to, text: (row) => row.to },
    {
      key: 'category',
      title: t('watch.category'),
      width: 110,
      cell: ({ category }) => category,
      text: ({ category }) => category ?? '',
    },
  ]
  return (
    <Page title={t('watch.cases')} hint={t('watch.behind')}>
      <DataTable
        label={t('watch.cases')}
        columns={columns}
        read={read}
        keyOf={(row) => `${row.number} ${row.on} ${row.from} ${row.to} ${row.status} ${row.category}`}
        offset={offset}
        limit={LIMIT}
        onPage={(next) => setFilter({ offset: next })}
        empty={<Nothing title={t('watch.none')} hint={t('watch.none-hint')} />}
        readPage={(at, limit) => call(referralApi.flowCases, { query: { ...query, offset: at, limit } })}
      />
    </Page>
  )
}

const contactSearch = z.object({
  from: z._default(z.string(), '2020-01-01'),
  to: z._default(z.string(), '2099-12-31'),
  level: z.optional(level),
  offset: z._default(z.coerce.number(), 0),
})

/** The first contacts behind a figure: where and when. */
export function ContactCases() {
  const t = useWords(referralWords)
  const [{ offset, ...query }, setFilter] = useSearch(contactSearch)
  const read = useRead(
    referralApi.contacts,
    { query: { ...query, offset, limit: LIMIT } },
    { keepPrevious: true },
  )
  type Contact = NonNullable<typeof read.data>['items'][number]
  const columns: Column<Contact>[] = [
    { key: 'on', title: t('watch.seen-on'), width: 140, cell: ({ on }) => on, text: ({ on }) => on },
    {
      key: 'institution',
      title: t('watch.institution'),
      cell: ({ institution }) => institution,
      text: ({ institution }) => institution,
    },
    {
      key: 'level',
      title: t('watch.by.level'),
      width: 120,
      cell: (row) => t(`level.${row.level}`),
      text: (row) => t(`level.${row.level}`),
    },
  ]
  return (
    <Page title={t('watch.first')} hint={t('watch.first-hint')}>
      <DataTable
        label={t('watch.first')}
        columns={columns}
        read={read}
        keyOf={(row) => `${row.on} ${row.institution} ${read.data?.items.indexOf(row)}`}
        offset={offset}
        limit={LIMIT}
        onPage={(next) => setFilter({ offset: next })}
        empty={<Nothing title={t('watch.none')} hint={t('watch.none-hint')} />}
        readPage={(at, limit) => call(referralApi.contacts, { query: { ...query, offset: at, limit } })}
      />
    </Page>
  )
}
