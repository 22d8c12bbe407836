import { recordApi } from '@tongmai/api/record'
import { type ScoreBy, type ScoreRow, type Scores, scoreBy } from '@tongmai/api/record/quality'
import { Segmented } from 'antd'
import * as z from 'zod/mini'
import { timeNow } from '../../kernel/clock.ts'
import { showDay } from '../../kernel/dates.ts'
import { useSearch } from '../../kernel/route.tsx'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import type { Column } from '../../ui/column.ts'
import { DayField } from '../../ui/date-field.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Page } from '../../ui/page.tsx'
import { Stat, Stats } from '../../ui/stat.tsx'
import { WholeTable } from '../../ui/whole-table.tsx'
import { showScore, typeWords } from './quality-show.ts'
import { QualityTrend, useFindingsOf } from './quality-trend.tsx'
import { recordWords } from './words.ts'

const DAY = 86_400_000
const groups = scoreBy.options.filter((by) => by !== 'day' && by !== 'dimension')
const search = z.object({
  by: z._default(scoreBy, 'institution'),
  from: z.optional(z.string()),
  to: z.optional(z.string()),
})

/** How good what came in is, by whom and over time; every group opens what is to be mended in it. */
export function QualityPage() {
  const t = useWords(recordWords)
  const [filter, setFilter] = useSearch(search)
  const { by } = filter
  const from = filter.from ?? showDay(new Date(timeNow().getTime() - 30 * DAY))
  const to = filter.to ?? showDay(timeNow())
  const findingsOf = useFindingsOf()
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
      <Segmented<ScoreBy>
        aria-label={t('quality.by')}
        value={by}
        onChange={(next) => setFilter({ by: next })}
        options={groups.map((value) => ({ value, label: t(`by.${value}`) }))}
      />
      <QualityTrend by={by} from={from} to={to} />
      <WholeTable
        label={t('quality')}
        columns={useColumns(by)}
        read={read}
        rows={read.data?.rows ?? []}
        keyOf={({ key }) => key}
        rowTo={({ key }) => findingsOf(by, key) ?? ''}
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

function useColumns(by: ScoreBy): Column<ScoreRow>[] {
  const t = useWords(recordWords)
  const label = ({ key, label }: ScoreRow): string => {
    if (by === 'type') return typeWords(t, key)
    return label || t('quality.unknown')
  }
  const number = (key: 'checked' | 'failed'): Column<ScoreRow> => ({
    ...{ key, title: t(`quality.${key}`), align: 'right', short: true },
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
