import { recordApi } from '@tongmai/api/record'
import { type ScoreBy, type ScoreRow, type Scores, scoreBy } from '@tongmai/api/record/quality'
import { Segmented } from 'antd'
import * as z from 'zod/mini'
import { timeNow } from '../../kernel/clock.ts'
import { showDay } from '../../kernel/dates.ts'
import { useSearch } from '../../kernel/route.tsx'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { Chart } from '../../ui/chart.tsx'
import type { Column } from '../../ui/column.ts'
import { DayField } from '../../ui/date-field.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Page } from '../../ui/page.tsx'
import { Stat, Stats } from '../../ui/stat.tsx'
import { WholeTable } from '../../ui/whole-table.tsx'
import { showScore, typeWords } from './quality-show.ts'
import { recordWords } from './words.ts'

const DAY = 86_400_000
const groups = scoreBy.options.filter((by) => by !== 'day' && by !== 'dimension')
const search = z.object({
  by: z._default(scoreBy, 'institution'),
  from: z.optional(z.string()),
  to: z.optional(z.string()),
})

/** Where a row leads: what of it is to be mended. */
const filterOf: Partial<Readonly<Record<ScoreBy, string>>> = {
  department: 'departmentId',
  practitioner: 'practitionerId',
  type: 'type',
  rule: 'rule',
}

/** How good what came in is, by whom and over time; every group opens what is to be mended in it. */
export function QualityPage() {
  const t = useWords(recordWords)
  const [filter, setFilter] = useSearch(search)
  const { by } = filter
  const from = filter.from ?? showDay(new Date(timeNow().getTime() - 30 * DAY))
  const to = filter.to ?? showDay(timeNow())
  const read = useRead(recordApi.readQualityScores, { query: { by, from, to } }, { keepPrevious: true })
  return (
    <Page
      title={t('quality')}
      hint={t('quality.hint')}
      actions={
        <>
          <div style={{ width: 140 }}>
            <DayField value={from} onChange={(day) => setFilter({ from: day ?? undefined })} />
          </div>
          <div style={{ width: 140 }}>
            <DayField value={to} onChange={(day) => setFilter({ to: day ?? undefined })} />
          </div>
        </>
      }
    >
      <Totals scores={read.data} />
      <OverTime from={from} to={to} />
      <Segmented<ScoreBy>
        aria-label={t('quality.by')}
        value={by}
        onChange={(next) => setFilter({ by: next })}
        options={groups.map((value) => ({ value, label: t(`by.${value}`) }))}
      />
      <WholeTable
        label={t('quality')}
        columns={useColumns(by)}
        read={read}
        rows={read.data?.rows ?? []}
        keyOf={({ key }) => key}
        rowTo={({ key }) => {
          const name = filterOf[by]
          return name ? `/quality-findings?${name}=${key}` : '/quality-findings'
        }}
        empty={<Nothing title={t('quality.none')} hint={t('quality.none-hint')} />}
      />
    </Page>
  )
}

function Totals({ scores }: { scores: Scores | undefined }) {
  const t = useWords(recordWords)
  return (
    <Stats>
      <Stat
        label={t('quality.score')}
        value={showScore(scores?.total.scoreBp ?? null)}
        hint={`${t('quality.checked')} ${scores?.total.checked.toLocaleString('zh-CN') ?? '—'}`}
      />
      <Stat label={t('quality.open')} value={scores?.total.open} tone="wait" to="/quality-findings" />
      {scores?.dimensions.map((one) => (
        <Stat
          key={one.key}
          label={t(`dimension.${one.key as 'validity'}`)}
          value={showScore(one.scoreBp)}
          hint={`${t('quality.failed')} ${one.failed}`}
          to={`/quality-findings?dimension=${one.key}`}
        />
      ))}
    </Stats>
  )
}

/** The score day by day; a single day is no line. */
function OverTime({ from, to }: { from: string; to: string }) {
  const t = useWords(recordWords)
  const read = useRead(
    recordApi.readQualityScores,
    { query: { by: 'day', from, to } },
    { keepPrevious: true },
  )
  const rows = read.data?.rows ?? []
  if (rows.length < 2) return null
  const percent = ({ scoreBp }: ScoreRow) => (scoreBp === null ? null : scoreBp / 100)
  return (
    <Chart
      title={t('quality.over-time')}
      height={220}
      option={{
        tooltip: { trigger: 'axis' },
        grid: { left: 44, right: 12, top: 16, bottom: 28 },
        xAxis: { type: 'category', data: rows.map(({ key }) => key) },
        yAxis: { type: 'value', scale: true, max: 100 },
        series: [{ name: t('quality.score'), type: 'line', data: rows.map(percent) }],
      }}
      table={{
        head: [t('by.day'), t('quality.score'), t('quality.checked'), t('quality.failed')],
        rows: rows.map((row) => [row.key, showScore(row.scoreBp), row.checked, row.failed]),
      }}
    />
  )
}

function useColumns(by: ScoreBy): Column<ScoreRow>[] {
  const t = useWords(recordWords)
  const label = ({ key, label }: ScoreRow): string => {
    if (by === 'type') return typeWords(t, key)
    return label || t('quality.unknown')
  }
  const number = (key: 'checked' | 'failed'): Column<ScoreRow> => ({
    ...{ key, title: t(`quality.${key}`), align: 'right', short: true, wide: true },
    cell: (row) => row[key].toLocaleString('zh-CN'),
    text: (row) => String(row[key]),
  })
  return [
    { key: 'label', title: t(`by.${by}`), cell: (row) => <b>{label(row)}</b>, text: label },
    number('checked'),
    number('failed'),
    {
      ...{ key: 'score', title: t('quality.score'), align: 'right', short: true },
      cell: (row) => showScore(row.scoreBp),
      text: (row) => showScore(row.scoreBp),
    },
  ]
}
