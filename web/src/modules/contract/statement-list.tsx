import { contractApi } from '@tongmai/api/contract'
import { fundSource } from '@tongmai/api/contract/package'
import type { Statement } from '@tongmai/api/contract/settlement'
import { Button, Select } from 'antd'
import * as z from 'zod/mini'
import { call } from '../../kernel/call.ts'
import { openDocument } from '../../kernel/open-document.ts'
import { refusedFrom } from '../../kernel/refused.ts'
import { useSearch } from '../../kernel/route.tsx'
import { useMay } from '../../kernel/session.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Page } from '../../ui/page.tsx'
import { useTellRefused } from '../../ui/tell.tsx'
import { SettlementState } from './settlement-list.tsx'
import { yuanOf } from './state.tsx'
import { contractWords } from './words.ts'

const LIMIT = 50
const search = z.object({ year: z.optional(z.coerce.number()), offset: z._default(z.coerce.number(), 0) })

/** What each person is given of a year and why, to print one by one; whoever manages nothing sees their own. */
export function StatementList() {
  const all = useMay()('contract.manage')
  return all ? <Everybodys /> : <Mine />
}

function Everybodys() {
  const t = useWords(contractWords)
  const { now } = useDates()
  const thisYear = Number(now.toISOString().slice(0, 4))
  const [{ year = thisYear, offset }, setSearch] = useSearch(search)
  const read = useRead(
    contractApi.listStatements,
    { query: { year, offset, limit: LIMIT } },
    { live: ['contract.settlement-moved'], keepPrevious: true },
  )
  const print = usePrint((one) =>
    openDocument(contractApi.printStatement, {
      params: { id: one.settlementId, practitionerId: one.practitionerId },
    }),
  )
  return (
    <Page title={t('statement.title')} hint={t('statement.hint')}>
      <DataTable
        label={`${t('statement.title')} ${year}`}
        columns={useColumns(print)}
        read={read}
        keyOf={(row) => `${row.settlementId} ${row.practitionerId}`}
        offset={offset}
        limit={LIMIT}
        onPage={(next) => setSearch({ offset: next })}
        filters={
          <Select
            aria-label={t('settlement.year')}
            style={{ width: 110 }}
            value={year}
            options={[0, 1, 2, 3, 4].map((back) => ({ value: thisYear - back, label: `${thisYear - back}` }))}
            onChange={(next) => setSearch({ year: next, offset: 0 })}
          />
        }
        empty={<Nothing title={t('settlement.none')} hint={t('settlement.none-hint')} />}
        readPage={(at, limit) => call(contractApi.listStatements, { query: { year, offset: at, limit } })}
      />
    </Page>
  )
}

function Mine() {
  const t = useWords(contractWords)
  const [{ offset }, setSearch] = useSearch(search)
  const read = useRead(
    contractApi.listOwnStatements,
    { query: { offset, limit: LIMIT } },
    { live: ['contract.settlement-moved'], keepPrevious: true },
  )
  const print = usePrint((one) =>
    openDocument(contractApi.printOwnStatement, { params: { id: one.settlementId } }),
  )
  return (
    <Page title={t('statement.mine')} hint={t('statement.hint')}>
      <DataTable
        label={t('statement.mine')}
        columns={useColumns(print)}
        read={read}
        keyOf={(row) => row.settlementId}
        offset={offset}
        limit={LIMIT}
        onPage={(next) => setSearch({ offset: next })}
        empty={<Nothing title={t('statement.none')} />}
        readPage={(at, limit) => call(contractApi.listOwnStatements, { query: { offset: at, limit } })}
      />
    </Page>
  )
}

function usePrint(open: (one: Statement) => Promise<void>): (one: Statement) => void {
  const tellRefused = useTellRefused()
  return (one) => void open(one).catch((error: unknown) => tellRefused(refusedFrom(error)))
}

function useColumns(onPrint: (one: Statement) => void): Column<Statement>[] {
  const t = useWords(contractWords)
  const money = (fen: number) => t('yuan', { yuan: yuanOf(fen) })
  const share = ({ points, teamPoints }: Statement) =>
    t('statement.points', {
      points,
      teamPoints,
      share: ((points / Math.max(1, teamPoints)) * 100).toFixed(1),
    })
  return [
    {
      key: 'name',
      title: t('settlement.member'),
      cell: (row) => (
        <>
          <b>{row.name}</b>{' '}
          <span className="tm-quiet">
            {t(`kind.${row.kind}`)}
            {row.leads && ` · ${t('settlement.leads')}`}
          </span>
        </>
      ),
      text: ({ name }) => name,
    },
    {
      key: 'team',
      title: t('team'),
      cell: ({ team, year }) => `${year} · ${team}`,
      text: ({ team, year }) => `${year} ${team}`,
    },
    {
      key: 'why',
      title: t('statement.why'),
      cell: (row) => (
        <>
          {share(row)}
          <div className="tm-quiet">
            {t('statement.pool', {
              factor: (row.factorPermille / 1000).toFixed(3),
              shared: yuanOf(row.sharedFen),
            })}
          </div>
        </>
      ),
      text: share,
    },
    ...fundSource.options.map(
      (fund): Column<Statement> => ({
        ...{ key: fund, title: t(`source.${fund}`), align: 'right', wide: true },
        cell: ({ parts }) => yuanOf(parts.find((one) => one.source === fund)?.fen ?? 0),
        text: ({ parts }) => yuanOf(parts.find((one) => one.source === fund)?.fen ?? 0),
      }),
    ),
    {
      key: 'sum',
      title: t('settlement.sum'),
      align: 'right',
      short: true,
      cell: ({ fen }) => <b>{money(fen)}</b>,
      text: ({ fen }) => yuanOf(fen),
    },
    {
      key: 'status',
      title: t('status'),
      short: true,
      cell: ({ status }) => <SettlementState status={status} />,
      text: ({ status }) => t(`settlement.status.${status}`),
    },
    {
      key: 'act',
      title: '',
      align: 'right',
      cell: (row) => (
        <Button size="small" type="text" onClick={() => onPrint(row)}>
          {t('statement.print')}
        </Button>
      ),
    },
  ]
}
