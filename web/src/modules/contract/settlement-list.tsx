import { contractApi } from '@tongmai/api/contract'
import type { SettlementLine, SettlementStatus } from '@tongmai/api/contract/settlement'
import { Button, Select } from 'antd'
import * as z from 'zod/mini'
import { call } from '../../kernel/call.ts'
import { useSearch } from '../../kernel/route.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Page } from '../../ui/page.tsx'
import { StateTag, type Tone } from '../../ui/state-tag.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { yuanOf } from './state.tsx'
import { contractWords } from './words.ts'

const LIMIT = 50
const search = z.object({ year: z.optional(z.coerce.number()), offset: z._default(z.coerce.number(), 0) })
const tones: Readonly<Record<SettlementStatus, Tone>> = {
  calculated: 'wait',
  reviewed: 'note',
  closed: 'good',
}

/** Where a settlement stands. */
export function SettlementState({ status }: { status: SettlementStatus }) {
  const t = useWords(contractWords)
  return <StateTag tone={tones[status]}>{t(`settlement.status.${status}`)}</StateTag>
}

/** The contract fees of one year, team by team, and the button that calculates them. */
export function SettlementList() {
  const t = useWords(contractWords)
  const tell = useTell()
  const { now } = useDates()
  const [{ year: asked, offset }, setSearch] = useSearch(search)
  const thisYear = Number(now.toISOString().slice(0, 4))
  const year = asked ?? thisYear
  const read = useRead(
    contractApi.listSettlements,
    { query: { year, offset, limit: LIMIT } },
    { live: ['contract.settlement-moved'], keepPrevious: true },
  )
  const run = useWrite(contractApi.runSettlements, {
    touches: ['contract'],
    onDone: (made) => tell(t('settlement.ran', made)),
  })
  return (
    <Page
      title={t('settlement.title')}
      hint={t('settlement.hint')}
      actions={
        <Button type="primary" loading={run.isPending} onClick={() => run.mutate({ body: { year } })}>
          {t('settlement.run', { year: String(year) })}
        </Button>
      }
    >
      <RefusalNote refused={run.error} />
      <DataTable
        label={`${t('settlement.title')} ${year}`}
        columns={useColumns()}
        read={read}
        keyOf={(row) => row.id}
        rowTo={(row) => `/contract-settlements/${row.id}`}
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
        readPage={(at, limit) => call(contractApi.listSettlements, { query: { year, offset: at, limit } })}
      />
    </Page>
  )
}

function useColumns(): Column<SettlementLine>[] {
  const t = useWords(contractWords)
  const money = (key: 'fee' | 'shared', of: (row: SettlementLine) => number): Column<SettlementLine> => ({
    key,
    title: t(`settlement.${key}`),
    align: 'right',
    short: true,
    cell: (row) => t('yuan', { yuan: yuanOf(of(row)) }),
    text: (row) => yuanOf(of(row)),
  })
  return [
    { key: 'team', title: t('team'), cell: ({ team }) => <b>{team}</b>, text: ({ team }) => team },
    {
      key: 'status',
      title: t('status'),
      cell: ({ status }) => <SettlementState status={status} />,
      text: ({ status }) => t(`settlement.status.${status}`),
    },
    {
      key: 'contracts',
      title: t('settlement.contracts'),
      align: 'right',
      cell: (row) => row.contracts,
      text: (row) => String(row.contracts),
    },
    money('fee', (row) => row.feeFen),
    {
      key: 'factor',
      title: t('settlement.factor'),
      align: 'right',
      cell: (row) => (row.factorPermille / 1000).toFixed(3),
      text: (row) => (row.factorPermille / 1000).toFixed(3),
    },
    money('shared', (row) => row.sharedFen),
  ]
}
