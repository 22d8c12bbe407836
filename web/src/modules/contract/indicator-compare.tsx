import { contractApi } from '@tongmai/api/contract'
import { type IndicatorCode, type IndicatorRow, indicatorCodes } from '@tongmai/api/contract/indicator'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import type { Column } from '../../ui/column.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Card } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import type { Period } from './indicator-period.tsx'
import { Rate, rateOf } from './indicator-value.tsx'
import { SaveCsv } from './save-csv.tsx'
import { contractWords } from './words.ts'

/** Teams or doctors side by side. */
export function IndicatorCompare({ period, by }: { period: Period; by: 'team' | 'doctor' }) {
  const read = useRead(
    contractApi.compareIndicators,
    { query: { ...period, by } },
    { live: ['contract'], keepPrevious: true },
  )
  return <Loaded read={read}>{(rows) => <IndicatorTable rows={rows} period={period} />}</Loaded>
}

/** One row per indicator, one column for each that is compared. */
export function IndicatorTable({ rows, period }: { rows: readonly IndicatorRow[]; period: Period }) {
  const t = useWords(contractWords)
  const valueIn = (row: IndicatorRow, code: IndicatorCode) => row.values.find((one) => one.code === code)
  const known = indicatorCodes.filter((code) =>
    rows.some((row) => valueIn(row, code)?.unknown !== 'communityOnly'),
  )
  const columns: Column<IndicatorCode>[] = [
    {
      key: 'code',
      title: t('indicator.code'),
      width: 180,
      cell: (code) => <b>{t(`indicator.name.${code}`)}</b>,
      text: (code) => t(`indicator.name.${code}`),
    },
    ...rows.map(
      (row): Column<IndicatorCode> => ({
        ...{ key: row.id, title: row.name, align: 'right', short: true },
        cell: (code) => <Rate value={valueIn(row, code)} />,
        text: (code) => {
          const value = valueIn(row, code)
          return !value || value.unknown ? t('indicator.unknown') : (rateOf(value) ?? '—')
        },
      }),
    ),
  ]
  if (rows.length === 0) return <Nothing title={t('indicator.none')} />
  const title = `${period.from} – ${period.to}`
  return (
    <Card
      flush
      title={title}
      extra={<SaveCsv name={`${t('indicator.title')} ${title}`} columns={columns} rows={known} />}
    >
      <Table label={t('indicator.title')} columns={columns} rows={known} keyOf={(code) => code} />
    </Card>
  )
}
