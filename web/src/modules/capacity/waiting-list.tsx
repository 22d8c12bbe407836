import { capacityApi } from '@tongmai/api/capacity'
import { placeKind, type WaitUrgency } from '@tongmai/api/capacity/flow'
import type { Waiting } from '@tongmai/api/capacity/waiting'
import { Button } from 'antd'
import * as z from 'zod/mini'
import { call } from '../../kernel/call.ts'
import { useParam, useSearch } from '../../kernel/route.tsx'
import { useMay } from '../../kernel/session.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { Clock } from '../../ui/clock.tsx'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { FilterSelect } from '../../ui/filter-select.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Page } from '../../ui/page.tsx'
import { StateTag, type Tone } from '../../ui/state-tag.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { capacityWords } from './words.ts'

const LIMIT = 50
const search = z.object({ kind: z.optional(placeKind), offset: z._default(z.coerce.number(), 0) })
const tones: Record<WaitUrgency, Tone> = { routine: 'idle', urgent: 'wait', emergency: 'bad' }

/** Who waits for a place, in their turn; what has been offered waits to be confirmed. */
export const WaitingList = () => <Waits />

/** One of them, from a work-list: to confirm what is kept, or to ask whether it is still wanted. */
export const WaitingOne = () => <Waits only={useParam('id')} />

function Waits({ only }: { only?: string }) {
  const t = useWords(capacityWords)
  const [{ kind, offset }, setFilter] = useSearch(search)
  const query = { ...(kind ? { kind } : {}), ...(only ? { id: only } : {}) }
  const read = useRead(
    capacityApi.listWaiting,
    { query: { ...query, offset, limit: LIMIT } },
    { live: ['capacity'], keepPrevious: true },
  )
  const { columns, error } = useColumns()
  return (
    <Page title={t('wait.title')} hint={t('wait.hint')}>
      <RefusalNote refused={error} />
      <DataTable
        label={t('wait.title')}
        columns={columns}
        read={read}
        keyOf={(row) => row.id}
        rowTo={(row) => `/residents/${row.residentId}`}
        offset={offset}
        limit={LIMIT}
        onPage={(next) => setFilter({ offset: next })}
        filters={
          <FilterSelect
            label={t('wait.for')}
            width={140}
            value={kind}
            keys={placeKind.options}
            word={(one) => t(`kind.${one}`)}
            onChange={(next) => setFilter({ kind: next, offset: 0 })}
          />
        }
        filtered={kind !== undefined}
        onClear={() => setFilter({ kind: undefined, offset: 0 })}
        empty={<Nothing title={t('wait.none')} hint={t('wait.none-hint')} />}
        readPage={(at, limit) => call(capacityApi.listWaiting, { query: { ...query, offset: at, limit } })}
      />
    </Page>
  )
}

const stateOf = ({ status, lostAt }: Pick<Waiting, 'status' | 'lostAt'>) =>
  lostAt
    ? 'wait.lost'
    : status === 'filled'
      ? 'wait.filled'
      : status === 'left'
        ? 'wait.left'
        : 'wait.waiting'

function useColumns() {
  const t = useWords(capacityWords)
  const dates = useDates()
  const may = useMay()
  const tell = useTell()
  const touches = ['capacity']
  const confirm = useWrite(capacityApi.confirmReservation, {
    touches,
    onDone: ({ at }) => tell(t('book.done', { at: dates.moment(at) })),
  })
  const stop = useWrite(capacityApi.stopWaiting, { touches, onDone: () => tell(t('wait.stopped')) })
  const lost = useWrite(capacityApi.settleOffer, { touches, onDone: () => tell(t('wait.settled')) })
  const settle = (row: Waiting, wanted: boolean) => lost.mutate({ params: { id: row.id }, body: { wanted } })
  const what = (row: Waiting) =>
    [row.institution, row.department, row.bedKind ? t(`bedKind.${row.bedKind}`) : '', t(`kind.${row.kind}`)]
      .filter(Boolean)
      .join(' · ')
  const columns: Column<Waiting>[] = [
    {
      key: 'person',
      title: t('wait.person'),
      width: 120,
      cell: ({ nameMasked }) => <b>{nameMasked}</b>,
      text: ({ nameMasked }) => nameMasked,
    },
    { key: 'for', title: t('wait.for'), cell: what, text: what },
    {
      key: 'urgency',
      title: t('wait.urgency'),
      width: 100,
      cell: ({ urgency }) => <StateTag tone={tones[urgency]}>{t(`urgency.${urgency}`)}</StateTag>,
      text: ({ urgency }) => t(`urgency.${urgency}`),
    },
    {
      key: 'since',
      title: t('wait.since'),
      short: true,
      width: 130,
      cell: ({ since }) => dates.ago(since),
      text: ({ since }) => dates.moment(since),
    },
    {
      key: 'state',
      title: t('wait.state'),
      width: 210,
      cell: ({ heldUntil, offered, ...row }) => (
        <span className="tm-row">
          {t(stateOf(row))}
          {heldUntil && <Clock due={heldUntil} />}
          {offered > 0 && <span className="tm-quiet">{t('wait.offered', { count: offered })}</span>}
        </span>
      ),
      text: (row) => t(stateOf(row)),
    },
    {
      key: 'act',
      title: '',
      width: 190,
      cell: (row) =>
        may('capacity.book') &&
        (row.status === 'filled' && row.heldUntil ? (
          <Button
            type="primary"
            size="small"
            onClick={() => confirm.mutate({ params: { id: row.reservationId ?? '' } })}
          >
            {t('act.confirm')}
          </Button>
        ) : row.lostAt ? (
          <span className="tm-row">
            <Button size="small" type="primary" ghost onClick={() => settle(row, true)}>
              {t('wait.still')}
            </Button>
            <Button size="small" onClick={() => settle(row, false)}>
              {t('wait.no-more')}
            </Button>
          </span>
        ) : (
          <Button size="small" onClick={() => stop.mutate({ params: { id: row.id } })}>
            {t('wait.stop')}
          </Button>
        )),
    },
  ]
  return { columns, error: confirm.error ?? stop.error ?? lost.error }
}
