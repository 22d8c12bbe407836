import type { FundSource } from '@tongmai/api/contract/package'
import type { Settlement, SettlementEntry, SettlementMember } from '@tongmai/api/contract/settlement'
import { Button } from 'antd'
import { useWords } from '../../kernel/words.ts'
import type { Column } from '../../ui/column.ts'
import { save, toCsv } from '../../ui/csv.ts'
import { Nothing } from '../../ui/nothing.tsx'
import { Card } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { yuanOf } from './state.tsx'
import { contractWords } from './words.ts'

interface Row extends SettlementMember {
  readonly fen: ReadonlyMap<FundSource, number>
  readonly sum: number
}

const rowsOf = ({ inputs, entries }: Settlement): Row[] =>
  inputs.members.map((member) => {
    const mine = entries.filter((one: SettlementEntry) => one.practitionerId === member.practitionerId)
    const fen = new Map(mine.map((one) => [one.fund, one.fen]))
    return { ...member, fen, sum: mine.reduce((sum, one) => sum + one.fen, 0) }
  })

/** What each person of the team is given, source by source; on screen, on paper and as CSV. */
export function Statement({ settlement }: { settlement: Settlement }) {
  const t = useWords(contractWords)
  const rows = rowsOf(settlement)
  const columns = useColumns(settlement.inputs.fee.map((one) => one.source))
  const label = `${settlement.team} ${settlement.year} ${t('settlement.statement')}`
  const download = () => {
    const head = columns.map((one) => one.title)
    const lines = rows.map((row) => columns.map((one) => one.text?.(row) ?? ''))
    save(toCsv(head, lines), `${label}.csv`)
  }
  return (
    <Card
      flush
      title={t('settlement.statement')}
      extra={
        <Button className="tm-no-print" size="small" onClick={download}>
          {t('settlement.export')}
        </Button>
      }
    >
      {rows.length === 0 && <Nothing title={t('settlement.no-members')} />}
      {rows.length > 0 && (
        <Table label={label} columns={columns} rows={rows} keyOf={(row) => row.practitionerId} />
      )}
    </Card>
  )
}

function useColumns(funds: readonly FundSource[]): Column<Row>[] {
  const t = useWords(contractWords)
  const money = (key: string, title: string, of: (row: Row) => number): Column<Row> => ({
    ...{ key, title, align: 'right', short: true },
    cell: (row) => yuanOf(of(row)),
    text: (row) => yuanOf(of(row)),
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
      text: (row) => row.name,
    },
    {
      key: 'points',
      title: t('settlement.points'),
      align: 'right',
      cell: (row) => row.points,
      text: (row) => String(row.points),
    },
    ...funds.map((fund) => ({
      ...money(fund, t(`source.${fund}`), (row) => row.fen.get(fund) ?? 0),
      wide: true,
    })),
    money('sum', t('settlement.sum'), (row) => row.sum),
  ]
}
