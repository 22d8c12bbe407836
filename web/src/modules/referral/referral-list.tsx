import { referralApi } from '@tongmai/api/referral'
import { nextAct, type ReferralMove, type ReferralStatus } from '@tongmai/api/referral/flow'
import { type WorkList, workList } from '@tongmai/api/referral/list'
import type { ReferralLine } from '@tongmai/api/referral/shape'
import { Button } from 'antd'
import { call } from '../../kernel/call.ts'
import { useGo, useSearch } from '../../kernel/route.tsx'
import { useSession } from '../../kernel/session.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { Clock } from '../../ui/clock.tsx'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Page } from '../../ui/page.tsx'
import { usePersonColumn } from '../../ui/person-column.tsx'
import { Tally } from '../../ui/tally.tsx'
import { useBulk } from './bulk.tsx'
import { type Filter, Filters, search } from './referral-filter.tsx'
import { State, UrgencyTag } from './state.tsx'
import { referralWords } from './words.ts'

const LIMIT = 50

/** The filters as the server is asked. */
function queryOf({ status, overdue, number, sort, ...rest }: Filter) {
  return {
    ...rest,
    sort: sort ?? (rest.list ? ('due' as const) : ('changed' as const)),
    ...(status ? { status: [status] as ReferralStatus[] } : {}),
    ...(overdue ? { overdue: true } : {}),
    ...(number ? { number } : {}),
  }
}

/** All referrals my institution sends and receives: filtered, sorted, exported. */
export function ReferralList() {
  const t = useWords(referralWords)
  const go = useGo()
  const [filter, setFilter] = useSearch(search)
  const query = queryOf(filter)
  const read = useRead(
    referralApi.list,
    { query: { ...query, limit: LIMIT } },
    { live: ['referral'], keepPrevious: true },
  )
  const columns = useColumns()
  const { now } = useDates()
  const bulk = useBulk(filter.list, read.data?.items ?? [])
  const { sort = query.sort, offset, list, ...set } = filter
  const change = (next: Partial<Filter>) => setFilter({ ...next, offset: 0 })
  return (
    <Page
      title={t('list')}
      hint={t('list.hint')}
      actions={<Button onClick={() => go('/triage')}>{t('board')}</Button>}
    >
      <Lists value={list} onChange={(next) => change({ list: next, sort: undefined })} />
      <DataTable
        label={t(list ? `list.${list}` : 'list')}
        columns={[...bulk.columns, ...columns]}
        read={read}
        keyOf={(row) => row.id}
        rowTo={(row) => `/referrals/${row.id}`}
        rowTone={(row) => (row.due && row.due < now ? 'bad' : undefined)}
        offset={offset}
        limit={LIMIT}
        onPage={(next) => setFilter({ offset: next })}
        sorting={
          sort === 'due' ? { by: 'due', descending: false } : { by: 'since', descending: sort !== 'oldest' }
        }
        onSort={({ by, descending }) =>
          change({ sort: by === 'due' ? 'due' : descending ? 'changed' : 'oldest' })
        }
        filters={
          <>
            {bulk.button}
            <Filters filter={filter} onChange={change} />
          </>
        }
        filtered={Object.values(set).some(Boolean)}
        onClear={() => change(Object.fromEntries(Object.keys(set).map((name) => [name, undefined])))}
        empty={
          list ? (
            <Nothing title={t('list.empty')} hint={t('list.empty-hint')} />
          ) : (
            <Nothing title={t('empty')} hint={t('empty.hint')} />
          )
        }
        readPage={(at, limit) => call(referralApi.list, { query: { ...query, offset: at, limit } })}
      />
    </Page>
  )
}

/** The work-lists, each with its live count. */
function Lists({
  value,
  onChange,
}: {
  value: WorkList | undefined
  onChange: (list: WorkList | undefined) => void
}) {
  const t = useWords(referralWords)
  const counts = useRead(referralApi.workLists, {}, { live: ['referral'] })
  const countOf = (list: WorkList) => counts.data?.find((one) => one.list === list)
  return (
    <Tally<WorkList | 'all'>
      label={t('lists')}
      value={value ?? 'all'}
      onChange={(key) => onChange(key === 'all' ? undefined : key)}
      tabs={[
        { key: 'all', label: t('all') },
        ...workList.options.map((key) => ({
          key,
          label: t(`list.${key}`),
          count: countOf(key)?.count,
          bad: Boolean(countOf(key)?.overdue),
        })),
      ]}
    />
  )
}

function useColumns(): Column<ReferralLine>[] {
  const t = useWords(referralWords)
  const go = useGo()
  const dates = useDates()
  const { institution } = useSession()
  const person = usePersonColumn<ReferralLine>({ title: t('person'), width: 110 })
  return [
    {
      key: 'due',
      title: t('due'),
      width: 140,
      sort: true,
      cell: ({ due, since }) => due && <Clock due={due} since={since} />,
      text: ({ due }) => (due ? dates.moment(due) : ''),
    },
    person,
    {
      key: 'status',
      title: t('status'),
      width: 110,
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
      width: 60,
      wide: true,
      cell: ({ direction }) => t(`direction.${direction}`),
      text: ({ direction }) => t(`direction.${direction}`),
    },
    {
      key: 'diagnosis',
      title: t('diagnosis'),
      width: 200,
      cell: ({ diagnosis, number }) => (
        <>
          {diagnosis ?? '—'}
          <br />
          <span className="tm-quiet tm-line">{number}</span>
        </>
      ),
      text: ({ diagnosis, number }) => [number, diagnosis].filter(Boolean).join(' '),
    },
    {
      key: 'from',
      title: t('from'),
      width: 96,
      cell: ({ from }) => from.shortName,
      text: ({ from }) => from.name,
    },
    {
      key: 'to',
      title: t('to'),
      // At home the department is enough.
      cell: ({ to, department }) =>
        (to.id === institution?.id && department) || [to.shortName, department].filter(Boolean).join(' · '),
      text: ({ to, department }) => [to.name, department].filter(Boolean).join(' '),
    },
    {
      key: 'since',
      title: t('changed'),
      width: 96,
      sort: true,
      cell: ({ since }) => <span className="tm-quiet">{dates.briefly(since)}</span>,
      text: ({ since }) => dates.moment(since),
    },
    {
      key: 'act',
      title: t('act'),
      width: 112,
      align: 'right',
      cell: ({ id, status, ours }) => {
        const move = ours ? nextAct[status] : undefined
        if (!move) return null
        return (
          <Button size="small" type="primary" ghost onClick={() => go(`/referrals/${id}?act=${move}`)}>
            {t(`move.${move as ReferralMove}`)}
          </Button>
        )
      },
    },
  ]
}
