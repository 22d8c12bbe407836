import { recordApi } from '@tongmai/api/record'
import {
  type ScoreBy,
  type TrendBy,
  type TrendPoint,
  type TrendStep,
  trendBy,
} from '@tongmai/api/record/quality'
import { useGo } from '../../kernel/route.tsx'
import { useSession } from '../../kernel/session.tsx'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { Chart } from '../../ui/chart.tsx'
import { useTell } from '../../ui/tell.tsx'
import { showScore, typeWords } from './quality-show.ts'
import { recordWords } from './words.ts'

const DAY = 86_400_000
const days = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / DAY + 1
const later = (day: string, count: number): string =>
  new Date(Date.parse(day) + count * DAY).toISOString().slice(0, 10)

/** As fine as a line of some forty points can be. */
export const stepOf = (from: string, to: string): TrendStep =>
  days(from, to) <= 45 ? 'day' : days(from, to) <= 280 ? 'week' : 'month'

/** The last day of the step that begins on a day. */
export function endOf(at: string, step: TrendStep): string {
  if (step === 'day') return at
  if (step === 'week') return later(at, 6)
  const [year = 0, month = 1] = at.split('-').map(Number)
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10)
}

const filters: Partial<Readonly<Record<ScoreBy, string>>> = {
  institution: 'institutionId',
  department: 'departmentId',
  practitioner: 'practitionerId',
  type: 'type',
  rule: 'rule',
}

/** Where the findings of a group are; undefined for another institution, whose residents are not named here. */
export function useFindingsOf(): (by: ScoreBy, key: string) => string | undefined {
  const { institution } = useSession()
  return (by, key) => {
    if (by === 'institution' && key !== institution?.id) return undefined
    const name = filters[by]
    return name ? `/quality-findings?${name}=${key}` : '/quality-findings'
  }
}

interface QualityTrendProps {
  readonly by: ScoreBy
  readonly from: string
  readonly to: string
}

const isTrend = (by: ScoreBy): by is TrendBy => trendBy.options.some((one) => one === by)

/** How the scores of the groups went; each point opens what was found in it. By rule or month there is the table only. */
export function QualityTrend({ by, from, to }: QualityTrendProps) {
  return isTrend(by) ? <Lines by={by} from={from} to={to} /> : null
}

function Lines({ by, from, to }: QualityTrendProps & { by: TrendBy }) {
  const t = useWords(recordWords)
  const go = useGo()
  const tell = useTell()
  const findingsOf = useFindingsOf()
  const step = stepOf(from, to)
  const query = { by, step, from, to }
  const read = useRead(recordApi.readQualityTrend, { query }, { keepPrevious: true })
  const points = read.data ?? []
  const times = [...new Set(points.map(({ at }) => at))]
  if (times.length < 2) return null
  const labels = labelled(points, (key, label) =>
    by === 'type' ? typeWords(t, key) : label || t('quality.unknown'),
  )
  const open = (at: string, name: string) => {
    const key = [...labels].find(([, label]) => label === name)?.[0]
    const place = key === undefined ? undefined : findingsOf(by, key)
    if (!place) return tell(t('quality.not-ours'))
    const sign = place.includes('?') ? '&' : '?'
    go(`${place}${sign}state=all&from=${at}&to=${endOf(at, step)}`)
  }
  return (
    <Chart
      title={t('quality.over-time')}
      height={280}
      onOpen={open}
      option={optionOf(points, times, labels)}
      table={{
        head: [t('by.day'), t(`by.${by}`), t('quality.score'), t('quality.checked'), t('quality.failed')],
        rows: points.map((one) => [
          ...[one.at, labels.get(one.key) ?? '', showScore(one.scoreBp)],
          ...[one.checked, one.failed],
        ]),
      }}
    />
  )
}

/** The name of each group; of two that are called the same the second is numbered. */
function labelled(
  points: readonly TrendPoint[],
  nameOf: (key: string, label: string) => string,
): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  for (const { key, label } of points) {
    if (names.has(key)) continue
    const name = nameOf(key, label)
    const same = [...names.values()].filter((one) => one === name || one.startsWith(`${name} (`)).length
    names.set(key, same > 0 ? `${name} (${same + 1})` : name)
  }
  return names
}

function optionOf(
  points: readonly TrendPoint[],
  times: readonly string[],
  labels: ReadonlyMap<string, string>,
) {
  const scores = new Map(points.map(({ at, key, scoreBp }) => [`${at} ${key}`, scoreBp]))
  const score = (at: string, key: string) => {
    const bp = scores.get(`${at} ${key}`) ?? null
    return bp === null ? null : bp / 100
  }
  return {
    tooltip: {
      trigger: 'axis',
      valueFormatter: (value: unknown) => (typeof value === 'number' ? `${value}%` : '—'),
    },
    legend: { type: 'scroll', left: 0, top: 0 },
    grid: { left: 44, right: 36, top: 40, bottom: 28 },
    xAxis: { type: 'category', data: times },
    yAxis: { type: 'value', scale: true, max: 100, axisLabel: { formatter: '{value}%' } },
    series: [...labels].map(([key, name]) => ({
      ...{ name, type: 'line', connectNulls: true, symbolSize: 8, cursor: 'pointer', showAllSymbol: true },
      data: times.map((at) => score(at, key)),
    })),
  }
}
