import { referralApi } from '@tongmai/api/referral'
import { type Level, level } from '@tongmai/api/referral/watch'
import { useMemo } from 'react'
import { To } from '../../kernel/route.tsx'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { Chart } from '../../ui/chart.tsx'
import { Card } from '../../ui/page.tsx'
import { referralWords } from './words.ts'

type Rows = readonly { readonly month: string; readonly level: Level; readonly count: number }[]
const countOf = (rows: Rows, month: string, of: Level): number =>
  rows.find((row) => row.month === month && row.level === of)?.count ?? 0

/** A bar per month, a layer per level. */
function optionOf(rows: Rows, word: (one: Level) => string) {
  const months = [...new Set(rows.map((row) => row.month))]
  return {
    tooltip: { trigger: 'axis' },
    legend: {},
    xAxis: { type: 'category', data: months },
    yAxis: { type: 'value' },
    series: level.options.map((one) => ({
      type: 'bar',
      stack: 'all',
      name: word(one),
      data: months.map((month) => countOf(rows, month, one)),
    })),
  }
}

/** Where residents turn first, by month and level, and the share of the primary level. */
export function FirstContacts({ from, to }: { from: string; to: string }) {
  const t = useWords(referralWords)
  const read = useRead(referralApi.firstContacts, { query: { from, to } })
  const rows = useMemo(() => read.data ?? [], [read.data])
  const months = [...new Set(rows.map((row) => row.month))]
  const sum = (of?: string) =>
    rows.filter((row) => of === undefined || row.level === of).reduce((all, row) => all + row.count, 0)
  const option = useMemo(() => optionOf(rows, (one) => t(`level.${one}`)), [rows, t])
  const share = sum() === 0 ? null : Math.round((sum('primary') / sum()) * 1000) / 10
  return (
    <Card title={t('watch.first')}>
      <p className="tm-quiet">{t('watch.first-hint')}</p>
      {share === null ? (
        <p className="tm-quiet">{t('watch.none')}</p>
      ) : (
        <>
          <p>
            {t('watch.first-share')} <b>{share}%</b>{' '}
            {level.options.map((one) => (
              <span key={one} style={{ marginInlineEnd: 12 }}>
                <To to={`/referral-contacts?from=${from}&to=${to}&level=${one}`}>
                  {t(`level.${one}`)} {sum(one)}
                </To>
              </span>
            ))}
          </p>
          <Chart
            title={t('watch.first')}
            option={option}
            table={{
              head: [t('watch.month'), ...level.options.map((one) => t(`level.${one}`))],
              rows: months.map((month) => [month, ...level.options.map((one) => countOf(rows, month, one))]),
            }}
          />
        </>
      )}
    </Card>
  )
}
