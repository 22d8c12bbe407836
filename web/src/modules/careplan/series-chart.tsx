import { careplanApi } from '@tongmai/api/careplan'
import type { Point, Series, SeriesKind } from '@tongmai/api/careplan/reading'
import { Segmented } from 'antd'
import { useState } from 'react'
import { timeNow } from '../../kernel/clock.ts'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { Chart } from '../../ui/chart.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { careplanWords } from './words.ts'

const spans = [7, 30, 90, 365] as const
type Days = (typeof spans)[number]
const DAY_MS = 86_400_000

/** One kind of reading over a span; the picture zooms by wheel, by drag and by its slider. */
export function SeriesChart({ residentId, kind }: { residentId: string; kind: SeriesKind }) {
  const t = useWords(careplanWords)
  const [days, setDays] = useState<Days>(30)
  // Whole hours, so that the same span is asked once.
  const [to] = useState(() => new Date(Math.ceil(timeNow().getTime() / 3_600_000) * 3_600_000))
  const from = new Date(to.getTime() - days * DAY_MS)
  const read = useRead(
    careplanApi.readSeries,
    { params: { id: residentId }, query: { kind, from, to } },
    { keepPrevious: true },
  )
  return (
    <>
      <Segmented<Days>
        size="small"
        value={days}
        options={spans.map((one) => ({ value: one, label: t(`span.${one}`) }))}
        onChange={setDays}
      />
      <Loaded read={read} rows={5}>
        {(series) => <Drawn series={series} from={from} to={to} />}
      </Loaded>
    </>
  )
}

const rounded = (value: number): number => Math.round(value * 10) / 10

function Drawn({ series, from, to }: { series: Series; from: Date; to: Date }) {
  const t = useWords(careplanWords)
  const { moment, day } = useDates()
  const { kind, unit, step, points } = series
  const isPair = kind === 'bloodPressure'
  const line = (name: string, pick: (point: Point) => number | null) => ({
    ...{ name, type: 'line', showSymbol: points.length < 60, connectNulls: true },
    data: points.map((one) => {
      const value = pick(one)
      return [one.at.getTime(), value === null ? null : rounded(value)]
    }),
  })
  const lines = isPair
    ? [line(t('reading.first'), (one) => one.value), line(t('reading.second'), (one) => one.value2)]
    : [line(t(`kind.${kind}`), (one) => one.value)]
  const names = lines.map((one) => one.name)
  return (
    <Chart
      title={`${t(`kind.${kind}`)}（${unit}，${t(`reading.step.${step}`)}）`}
      height={300}
      option={{
        tooltip: { trigger: 'axis' },
        ...(isPair ? { legend: { data: names, top: 0 } } : {}),
        grid: { left: 44, right: 12, top: 32, bottom: 60 },
        xAxis: { type: 'time', min: from.getTime(), max: to.getTime() },
        yAxis: { type: 'value', scale: true },
        dataZoom: [{ type: 'inside' }, { type: 'slider', height: 22, bottom: 10 }],
        series: lines,
      }}
      table={{
        head: [t('reading.at'), ...names, t('reading.range')],
        rows: points.map((one) => [
          step === 'day' ? day(one.at) : moment(one.at),
          rounded(one.value),
          ...(isPair ? [one.value2 === null ? '—' : rounded(one.value2)] : []),
          `${rounded(one.least)}–${rounded(one.most)}`,
        ]),
      }}
    />
  )
}
