import { useMemo } from 'react'
import { meWords } from '../../kernel/resident-words.ts'
import { useWords } from '../../kernel/words.ts'
import { projectionOf } from '../geo.ts'
import { labelsWithRoom } from '../label-room.ts'
import { useView } from '../view-box.ts'
import { Button } from './button.tsx'

/** A place that may be chosen; `detail` is said with the name to whoever hears the map. */
export interface MapPlace {
  readonly id: string
  readonly name: string
  readonly longitude: number
  readonly latitude: number
  readonly detail: string
  /** It is shown, and cannot be chosen. */
  readonly disabled?: boolean
}

interface PlaceMapProps {
  readonly label: string
  readonly places: readonly MapPlace[]
  /** Where ways begin. */
  readonly from: { readonly name: string; readonly longitude: number; readonly latitude: number } | null
  /** Longitude and latitude of either end. */
  readonly roads: readonly (readonly [number, number, number, number])[]
  readonly chosen: readonly string[]
  readonly onChoose: (id: string) => void
}

const WIDTH = 360
const LETTER = 14
const LARGE_LETTER = 20
/** How large a name is written, as this person reads. */
const letterNow = (): number => (document.documentElement.dataset.large === 'true' ? LARGE_LETTER : LETTER)

/** Places and the roads between them, drawn from our own data; a list beside it must say the same. */
export function PlaceMap({ label, places, from, roads, chosen, onChoose }: PlaceMapProps) {
  const t = useWords(meWords)
  const { x, y, width, height } = useMemo(
    () => projectionOf(undefined, withEdge(from ? [...places, from] : places), WIDTH),
    [places, from],
  )
  const { svg, view, viewBox, unit, zoomBy, zoomTo, bind } = useView(width, height)
  const lines = useMemo(
    () =>
      roads
        .map(([a, b, c, d]) => `M${x(a).toFixed(1)},${y(b).toFixed(1)}L${x(c).toFixed(1)},${y(d).toFixed(1)}`)
        .join(''),
    [roads, x, y],
  )
  const letter = letterNow()
  // A name stands below its dot, and within the part that is seen.
  const named = useMemo(() => {
    const first = places.toSorted((a, b) => Number(chosen.includes(b.id)) - Number(chosen.includes(a.id)))
    const seen = { left: view.x, right: view.x + width / view.zoom }
    const wanted = first.map(({ id, name, longitude, latitude, disabled = false }) => {
      const half = (name.length * letter * unit) / 2
      const middle = Math.max(seen.left + half, Math.min(seen.right - half, x(longitude)))
      const at = { x: middle - half, y: y(latitude) + (9 + letter) * unit }
      return { ...{ id, name, disabled, middle }, ...at, letters: name.length }
    })
    const shown = labelsWithRoom(wanted, letter * unit)
    return wanted.filter(({ id }) => shown.has(id))
  }, [places, chosen, unit, x, y, width, view, letter])
  if (places.length === 0) return null
  // Towards what is chosen one comes nearer, else towards the middle of what is seen.
  const aim = places.find(({ id }) => id === chosen[0])
  const closer = () => (aim ? zoomTo(1.6, { x: x(aim.longitude), y: y(aim.latitude) }) : zoomBy(1.6))
  return (
    <>
      <svg
        ref={svg}
        className="me-map"
        viewBox={viewBox}
        style={{ touchAction: view.zoom > 1 ? 'none' : 'pan-y' }}
        role="application"
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the drawing is panned and zoomed by the keyboard
        tabIndex={0}
        {...bind}
      >
        <path d={lines} className="me-map-road" strokeWidth={2 * unit} />
        {named.map((one) => (
          <text
            key={one.id}
            className="me-map-name"
            data-disabled={one.disabled}
            x={one.middle}
            y={one.y}
            fontSize={letter * unit}
            strokeWidth={4 * unit}
          >
            {one.name}
          </text>
        ))}
        {from && <Start at={{ x: x(from.longitude), y: y(from.latitude) }} name={from.name} unit={unit} />}
        {places.map((place) => (
          <Dot
            key={place.id}
            place={place}
            at={{ x: x(place.longitude), y: y(place.latitude) }}
            {...{ unit, isChosen: chosen.includes(place.id), onChoose }}
          />
        ))}
      </svg>
      <div className="me-pair">
        <Button quiet busy={view.zoom <= 1} onClick={() => zoomBy(1 / 1.6)}>
          {t('map.farther')}
        </Button>
        <Button quiet busy={view.zoom >= 12} onClick={closer}>
          {t('map.closer')}
        </Button>
      </div>
    </>
  )
}

const EDGE = 0.12

/** Two corners more, so that no place lies at the very edge of the drawing. */
function withEdge(places: readonly { longitude: number; latitude: number }[]) {
  const [xs, ys] = [places.map(({ longitude }) => longitude), places.map(({ latitude }) => latitude)]
  const [west, east, south, north] = [
    ...[Math.min(...xs), Math.max(...xs)],
    ...[Math.min(...ys), Math.max(...ys)],
  ] as [number, number, number, number]
  const edge = Math.max(east - west, north - south, 0.01) * EDGE
  return [
    { longitude: west - edge, latitude: south - edge },
    { longitude: east + edge, latitude: north + edge },
  ]
}

interface DotProps {
  readonly place: MapPlace
  readonly at: { readonly x: number; readonly y: number }
  readonly unit: number
  readonly isChosen: boolean
  readonly onChoose: (id: string) => void
}

function Dot({ place, at, unit, isChosen, onChoose }: DotProps) {
  const { id, name, detail, disabled = false } = place
  const choose = () => !disabled && onChoose(id)
  return (
    // biome-ignore lint/a11y/useSemanticElements: there is no button inside a drawing
    <g
      role="button"
      tabIndex={0}
      aria-label={`${name}，${detail}`}
      aria-pressed={isChosen}
      aria-disabled={disabled}
      className="me-map-place"
      onClick={choose}
      onKeyDown={({ key }) => key === 'Enter' && choose()}
    >
      <circle cx={at.x} cy={at.y} r={24 * unit} fill="transparent" />
      <circle
        className="me-map-dot"
        cx={at.x}
        cy={at.y}
        r={(isChosen ? 10 : 7) * unit}
        strokeWidth={2 * unit}
      />
    </g>
  )
}

function Start({ at, name, unit }: { at: { x: number; y: number }; name: string; unit: number }) {
  const side = 14 * unit
  return (
    <g className="me-map-start">
      <title>{name}</title>
      <rect x={at.x - side / 2} y={at.y - side / 2} width={side} height={side} strokeWidth={3 * unit} />
    </g>
  )
}
