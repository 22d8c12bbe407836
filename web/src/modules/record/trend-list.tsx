import type { Fact, Trend } from '@tongmai/api/record'
import { Button, Modal } from 'antd'
import { useMemo, useState } from 'react'
import { useDates } from '../../kernel/use-dates.ts'
import { useWords } from '../../kernel/words.ts'
import { Chart } from '../../ui/chart.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { flagOf, flagTone, labelWords, valueWords } from './fact-words.ts'
import { Sparkline } from './sparkline.tsx'
import { recordWords } from './words.ts'

interface TrendListProps {
  readonly trends: readonly Trend[]
  readonly empty: string
  readonly onOpen: (fact: Fact) => void
  readonly first?: number
  /** Without the day, where there is little room. */
  readonly narrow?: boolean
}

const row = {
  display: 'flex',
  flexWrap: 'wrap',
  gap: '0 12px',
  alignItems: 'center',
  width: '100%',
  minHeight: 40,
  textAlign: 'left',
  background: 'none',
  border: 'none',
  padding: 0,
  font: 'inherit',
  color: 'inherit',
  cursor: 'pointer',
} as const

/** Measurements with their latest value and the way to it; each opens as a chart. */
export function TrendList({ trends, empty, onOpen, first = 8, narrow = false }: TrendListProps) {
  const t = useWords(recordWords)
  const [all, setAll] = useState(false)
  const [open, setOpen] = useState<Trend | null>(null)
  if (trends.length === 0) return <p className="tm-quiet">{empty}</p>
  return (
    <>
      <ul style={{ listStyle: 'none', margin: 0, padding: 0 }}>
        {trends.map((trend, at) => (
          <li key={trend.latest.id} className={all || at < first ? '' : 'tm-print-only'}>
            <TrendLine
              trend={trend}
              narrow={narrow}
              onOpen={() => (hasWay(trend) ? setOpen(trend) : onOpen(trend.latest))}
            />
          </li>
        ))}
      </ul>
      {trends.length > first && (
        <Button className="tm-no-print" type="link" size="small" onClick={() => setAll(!all)}>
          {all ? t('fewer') : t('more', { count: trends.length - first })}
        </Button>
      )}
      <Modal open={open !== null} onCancel={() => setOpen(null)} footer={null} width={760} destroyOnHidden>
        {open && (
          <div style={{ paddingTop: 24 }}>
            <TrendChart trend={open} />
          </div>
        )}
      </Modal>
    </>
  )
}

const hasWay = (trend: Trend): boolean => trend.series.some(({ points }) => points.length > 1)

function TrendLine({ trend, narrow, onOpen }: { trend: Trend; narrow: boolean; onOpen: () => void }) {
  const t = useWords(recordWords)
  const { day } = useDates()
  const { latest, label } = trend
  const flag = flagOf(latest)
  const when = latest.at ? day(latest.at) : t('unknown-date')
  return (
    <button type="button" style={row} onClick={onOpen} title={label.original ?? label.text}>
      <span style={{ flex: '1 1 120px', minWidth: 0 }}>
        {labelWords(label)}{' '}
        {flag && flag !== 'normal' && <StateTag tone={flagTone[flag]}>{t(`flag.${flag}`)}</StateTag>}
        {narrow && (
          <time className="tm-quiet tm-line" style={{ display: 'block' }}>
            {when}
          </time>
        )}
      </span>
      <b style={{ fontWeight: 600, fontVariantNumeric: 'tabular-nums' }}>{valueWords(latest.values)}</b>
      <span style={{ display: 'flex', gap: 12, alignItems: 'center', marginInlineStart: 'auto' }}>
        <Sparkline trend={trend} />
        {!narrow && (
          <time className="tm-quiet tm-line" style={{ width: 84 }}>
            {when}
          </time>
        )}
      </span>
    </button>
  )
}

/** One measurement over time as a chart with its reference band, and the same as a table. */
export function TrendChart({ trend }: { trend: Trend }) {
  const t = useWords(recordWords)
  const { moment } = useDates()
  const option = useMemo(() => optionOf(trend, moment), [trend, moment])
  const name = labelWords(trend.label)
  const first = trend.series[0]?.points ?? []
  const range = rangeWords(trend)
  return (
    <Chart
      title={`${name}${trend.unit ? `（${trend.unit}）` : ''}${range ? ` · ${t('reference', { range })}` : ''}`}
      option={option}
      table={{
        head: [t('when-column'), ...trend.series.map(({ label }) => labelWords(label)), t('recorded-by')],
        rows: first
          .toReversed()
          .map(({ at, id, where }) => [
            moment(at),
            ...trend.series.map(({ points }) => points.find((point) => point.id === id)?.value ?? '—'),
            where ?? '—',
          ]),
      }}
    />
  )
}

/** `3.9–6.1`, `≤ 6`; nothing where the source gives no range. */
function rangeWords({ range }: Trend): string | null {
  if (range === null) return null
  const { low, high } = range
  if (low !== null && high !== null) return `${low}–${high}`
  return low === null ? `≤ ${high}` : `≥ ${low}`
}

interface Shown {
  readonly value: readonly [number, number, string]
  readonly seriesName: string
}

/** Under the mouse: when, what, and who measured it. */
const pointWords = (moment: (at: Date) => string) => (points: readonly Shown[]) => {
  const [first] = points
  if (!first) return ''
  const values = points.map(({ value, seriesName }) => `${escaped(seriesName)} <b>${value[1]}</b>`)
  return [moment(new Date(first.value[0])), ...values, escaped(first.value[2])].join('<br>')
}

const escaped = (words: string): string => words.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`)

/** The axis reaches as far as the range, so that one sees how far a value lies from it; null where the values do. */
const withRange = (end: 'low' | 'high', range: Trend['range']) => (axis: { min: number; max: number }) => {
  const bound = range?.[end] ?? null
  if (bound === null) return null
  const isBeyond = end === 'low' ? bound < axis.min : bound > axis.max
  return isBeyond ? bound : null
}

function optionOf({ series, range }: Trend, moment: (at: Date) => string) {
  const band =
    range === null
      ? {}
      : {
          markArea: {
            silent: true,
            itemStyle: { opacity: 0.25 },
            data: [[{ yAxis: range.low ?? 'min' }, { yAxis: range.high ?? 'max' }]],
          },
        }
  return {
    tooltip: { trigger: 'axis', formatter: pointWords(moment) },
    ...(series.length > 1 ? { legend: {} } : {}),
    grid: { left: 48, right: 16, top: 32, bottom: 32 },
    xAxis: { type: 'time' },
    yAxis: {
      ...{ type: 'value', scale: true, axisLabel: { hideOverlap: true } },
      ...{ min: withRange('low', range), max: withRange('high', range) },
    },
    series: series.map(({ label, points }, i) => ({
      type: 'line',
      name: labelWords(label),
      data: points.map(({ at, value, where }) => [at.getTime(), value, where ?? '']),
      symbolSize: 7,
      ...(i === 0 ? band : {}),
    })),
  }
}
