import { FullscreenOutlined, MinusOutlined, PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useMemo } from 'react'
import { To } from '../kernel/route.tsx'
import { webWords } from '../kernel/web-words.ts'
import { useWords } from '../kernel/words.ts'
import { type Division, type Divisions, pathOf, projectionOf } from './geo.ts'
import { type Box, boxOf, dotOf, labelsWithRoom } from './label-room.ts'
import { LandNames } from './land-names.tsx'
import type { Tone } from './state-tag.tsx'
import { useView } from './view-box.ts'

/** A place on the map. */
export interface MapPoint {
  readonly id: string
  readonly longitude: number
  readonly latitude: number
  readonly label: string
  readonly tone?: Tone
  /** 1 small, 2 middle, 3 large; large ones are named from the beginning. */
  readonly size?: 1 | 2 | 3
  /** The page it opens. */
  readonly to?: string
}

interface RegionMapProps {
  readonly label: string
  readonly divisions?: Divisions
  readonly nameOf?: (division: Division) => string
  /** The colour of a division by what it means; nothing leaves it plain. */
  readonly toneOf?: (division: Division) => Tone | undefined
  readonly points?: readonly MapPoint[]
  /** Lines between points, by their ids. */
  readonly links?: readonly { readonly from: string; readonly to: string; readonly tone?: Tone }[]
  readonly onDivision?: (division: Division) => void
  readonly height?: number
}

const none: readonly never[] = []

/** Divisions and places, drawn from GeoJSON without anything from outside; pan and zoom by mouse, finger and keyboard. */
export function RegionMap(props: RegionMapProps) {
  const {
    label,
    divisions,
    nameOf = nameProperty,
    toneOf,
    points = none,
    links = none,
    onDivision,
    height = 480,
  } = props
  const t = useWords(webWords)
  const projection = useMemo(() => projectionOf(divisions, points), [divisions, points])
  const { svg, view, viewBox, unit, zoomBy, reset, bind } = useView(projection.width, projection.height)
  const places = useMemo(
    () =>
      new Map(
        points.map(({ id, longitude, latitude }) => [
          id,
          { x: projection.x(longitude), y: projection.y(latitude) },
        ]),
      ),
    [points, projection],
  )
  const named = useMemo(
    () => namesOf(points, { places, zoom: view.zoom, unit }),
    [points, places, view.zoom, unit],
  )
  return (
    <div className="tm-map">
      <svg
        ref={svg}
        viewBox={viewBox}
        style={{ height }}
        role="application"
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the drawing is panned and zoomed by the keyboard
        tabIndex={0}
        {...bind}
      >
        <g className="tm-map-land">
          {divisions?.features.map((division, i) => (
            <Land
              key={division.id ?? i}
              division={division}
              d={pathOf(division, projection)}
              name={nameOf(division)}
              tone={toneOf?.(division)}
              onDivision={onDivision}
            />
          ))}
        </g>
        <LandNames
          divisions={divisions?.features ?? none}
          nameOf={nameOf}
          projection={projection}
          size={12 * unit}
          taken={takenBy(points, named, { places, zoom: view.zoom, unit })}
        />
        <g strokeWidth={1.5 * unit}>
          {links.map((link) => {
            const [a, b] = [places.get(link.from), places.get(link.to)]
            return (
              a &&
              b && (
                <line
                  key={`${link.from} ${link.to}`}
                  className={`tm-${link.tone ?? 'accent'}`}
                  x1={a.x}
                  y1={a.y}
                  x2={b.x}
                  y2={b.y}
                />
              )
            )
          })}
        </g>
        {points.map((point) => (
          <Place
            key={point.id}
            point={point}
            at={places.get(point.id) ?? { x: 0, y: 0 }}
            named={named.has(point.id)}
            unit={unit}
          />
        ))}
      </svg>
      <div className="tm-map-tools tm-no-print">
        <Button icon={<PlusOutlined />} aria-label={t('map.zoom-in')} onClick={() => zoomBy(1.5)} />
        <Button icon={<MinusOutlined />} aria-label={t('map.zoom-out')} onClick={() => zoomBy(1 / 1.5)} />
        <Button icon={<FullscreenOutlined />} aria-label={t('map.whole')} onClick={reset} />
      </div>
    </div>
  )
}

interface LandProps {
  readonly division: Division
  readonly d: string
  readonly name: string
  readonly tone: Tone | undefined
  readonly onDivision: ((division: Division) => void) | undefined
}

function Land({ division, d, name, tone, onDivision }: LandProps) {
  const drawn = <path d={d} className={tone ? `tm-land-${tone}` : ''} />
  if (!onDivision) return <g aria-label={name}>{drawn}</g>
  return (
    // biome-ignore lint/a11y/useSemanticElements: there is no button inside a drawing
    <g
      role="button"
      aria-label={name}
      tabIndex={0}
      className="tm-opens"
      onClick={() => onDivision(division)}
      onKeyDown={({ key }) => key === 'Enter' && onDivision(division)}
    >
      {drawn}
    </g>
  )
}

const radiusOf = ({ size = 1 }: MapPoint, unit: number): number => (3 + size * 2) * unit

interface Drawn {
  readonly places: ReadonlyMap<string, { x: number; y: number }>
  readonly zoom: number
  readonly unit: number
}

/** The larger places are named first, the others as one comes nearer; none covers another's name. */
function namesOf(points: readonly MapPoint[], { places, zoom, unit }: Drawn): ReadonlySet<string> {
  const wanted = points
    .filter(({ size = 1 }) => size === 3 || zoom >= 2.5 || (size === 2 && zoom >= 1.5))
    .toSorted((a, b) => (b.size ?? 1) - (a.size ?? 1))
    .flatMap((point) => {
      const at = places.get(point.id)
      return at ? [{ id: point.id, ...labelOf(point, at, unit) }] : []
    })
  return labelsWithRoom(wanted, 13 * unit)
}

/** A place is named to the right of its dot. */
const labelOf = (point: MapPoint, at: { x: number; y: number }, unit: number) => ({
  ...{ x: at.x + radiusOf(point, unit) + 4 * unit, y: at.y + 4.5 * unit, letters: point.label.length },
})

/** What the dots and the names of places take of the drawing. */
const takenBy = (points: readonly MapPoint[], named: ReadonlySet<string>, { places, unit }: Drawn): Box[] =>
  points.flatMap((point) => {
    const at = places.get(point.id)
    if (!at) return []
    const dot = dotOf(at, radiusOf(point, unit))
    return named.has(point.id) ? [dot, boxOf(labelOf(point, at, unit), 13 * unit)] : [dot]
  })

function Place({
  point,
  at,
  named,
  unit,
}: {
  point: MapPoint
  at: { x: number; y: number }
  named: boolean
  unit: number
}) {
  const { label, tone = 'accent', to } = point
  const radius = radiusOf(point, unit)
  const begin = labelOf(point, at, unit)
  const drawn = (
    <g className={`tm-map-place tm-${tone}`}>
      <title>{label}</title>
      <circle cx={at.x} cy={at.y} r={radius} strokeWidth={1.5 * unit} />
      {named && (
        <text x={begin.x} y={begin.y} fontSize={13 * unit} strokeWidth={3 * unit}>
          {label}
        </text>
      )}
    </g>
  )
  return to ? (
    <To to={to} aria-label={label}>
      {drawn}
    </To>
  ) : (
    drawn
  )
}

const nameProperty = ({ properties }: Division): string => String(properties?.name ?? '')
