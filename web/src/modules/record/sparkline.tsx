import type { Trend } from '@tongmai/api/record'
import { useWords } from '../../kernel/words.ts'
import { labelWords } from './fact-words.ts'
import { recordWords } from './words.ts'

const width = 120
const height = 32
const edge = 3

/** How a measurement went, as small as a word: each series a line, the reference range a band behind them. */
export function Sparkline({ trend }: { trend: Trend }) {
  const t = useWords(recordWords)
  const points = trend.series.flatMap((series) => series.points)
  if (points.length < 2) return <span style={{ width, display: 'inline-block' }} />
  const times = points.map(({ at }) => at.getTime())
  const { low = null, high = null } = trend.range ?? {}
  const values = [...points.map(({ value }) => value), ...[low, high].filter((one) => one !== null)]
  const scale = (from: number, to: number, size: number) => (value: number) =>
    from === to ? size / 2 : edge + ((value - from) / (to - from)) * (size - 2 * edge)
  const x = scale(Math.min(...times), Math.max(...times), width)
  const y = scale(Math.max(...values), Math.min(...values), height)
  const top = high === null ? 0 : y(high)
  const bottom = low === null ? height : y(low)
  return (
    <svg
      width={width}
      height={height}
      role="img"
      aria-label={t('trend-of', { name: labelWords(trend.label) })}
      style={{ flex: 'none' }}
    >
      {trend.range && (
        <rect x={0} width={width} y={top} height={Math.max(bottom - top, 0)} fill="var(--tm-good-soft)" />
      )}
      {trend.series.map((series, i) => (
        <polyline
          key={series.label.text}
          fill="none"
          stroke={i === 0 ? 'var(--tm-accent)' : 'var(--tm-line-strong)'}
          strokeWidth={1.5}
          points={series.points.map(({ at, value }) => `${x(at.getTime())},${y(value)}`).join(' ')}
        />
      ))}
      {trend.series.map((series) => {
        const last = series.points.at(-1)
        return last ? (
          <circle
            key={series.label.text}
            r={2.5}
            cx={x(last.at.getTime())}
            cy={y(last.value)}
            fill="var(--tm-accent)"
          />
        ) : null
      })}
    </svg>
  )
}
