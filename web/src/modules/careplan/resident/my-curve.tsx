import { careplanApi } from '@tongmai/api/careplan'
import type { Point, Series, SeriesKind } from '@tongmai/api/careplan/reading'
import { useState } from 'react'
import { timeNow } from '../../../kernel/clock.ts'
import { useDates } from '../../../kernel/use-dates.ts'
import { useRead } from '../../../kernel/use-read.ts'
import { useWords } from '../../../kernel/words.ts'
import { Button } from '../../../ui/light/button.tsx'
import { Known } from '../../../ui/light/known.tsx'
import { myCareWords } from './words.ts'

const spans = [365, 90, 30, 7] as const
const DAY_MS = 86_400_000

/** How it went, as a light picture; two buttons look closer and farther. */
export function MyCurve({ residentId, kind }: { residentId: string; kind: SeriesKind }) {
  const t = useWords(myCareWords)
  const [zoom, setZoom] = useState(2)
  const [to] = useState(() => new Date(Math.ceil(timeNow().getTime() / 3_600_000) * 3_600_000))
  const from = new Date(to.getTime() - (spans[zoom] ?? 30) * DAY_MS)
  const query = { residentId, kind, from, to }
  const read = useRead(careplanApi.readMySeries, { query }, { keepPrevious: true, live: ['reading'] })
  return (
    <Known read={read}>
      {(series) => (
        <>
          <Curve series={series} from={from} to={to} />
          <div style={{ display: 'flex', gap: 8 }}>
            <Button quiet busy={zoom === 0} onClick={() => setZoom(zoom - 1)}>
              {t('reading.farther')}
            </Button>
            <Button quiet busy={zoom === spans.length - 1} onClick={() => setZoom(zoom + 1)}>
              {t('reading.closer')}
            </Button>
          </div>
        </>
      )}
    </Known>
  )
}

const WIDTH = 320
const HEIGHT = 150
const EDGE = 10

function Curve({ series, from, to }: { series: Series; from: Date; to: Date }) {
  const t = useWords(myCareWords)
  const { day } = useDates()
  const { points, kind, unit } = series
  if (points.length === 0) return <p className="me-quiet">{t('reading.none-here')}</p>
  const numbers = points.flatMap((one) => (one.value2 === null ? [one.value] : [one.value, one.value2]))
  const least = Math.min(...numbers)
  const most = Math.max(...numbers)
  const x = (at: Date) =>
    EDGE + ((at.getTime() - from.getTime()) / (to.getTime() - from.getTime())) * (WIDTH - 2 * EDGE)
  const y = (value: number) =>
    most === least ? HEIGHT / 2 : HEIGHT - EDGE - ((value - least) / (most - least)) * (HEIGHT - 2 * EDGE)
  const path = (pick: (point: Point) => number | null) =>
    points
      .flatMap((one) => {
        const value = pick(one)
        return value === null ? [] : [`${x(one.at).toFixed(1)},${y(value).toFixed(1)}`]
      })
      .join(' ')
  const shown = (value: number) => Math.round(value * 10) / 10
  const lines = [path((one) => one.value), path((one) => one.value2)].filter((line) => line !== '')
  return (
    <figure style={{ margin: 0 }}>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        width="100%"
        role="img"
        aria-label={t('reading.picture', {
          what: t(`reading.${kind}`),
          least: shown(least),
          most: shown(most),
          unit,
        })}
      >
        {lines.map((line, i) => (
          <polyline
            key={i === 0 ? 'first' : 'second'}
            points={line}
            fill="none"
            stroke="var(--tm-accent)"
            strokeWidth={i === 0 ? 2.5 : 1.5}
          />
        ))}
      </svg>
      <figcaption className="me-quiet">
        {day(from)} – {day(to)}，{t('reading.between', { least: shown(least), most: shown(most), unit })}
      </figcaption>
    </figure>
  )
}
