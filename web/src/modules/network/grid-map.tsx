import { MinusOutlined, PlusOutlined } from '@ant-design/icons'
import type { Feature } from '@tongmai/api/network/grid'
import { Button } from 'antd'
import { useMemo } from 'react'
import { To } from '../../kernel/route.tsx'
import { webWords } from '../../kernel/web-words.ts'
import { useWords } from '../../kernel/words.ts'
import { type Division, type Projection, pathOf, projectionOf } from '../../ui/geo.ts'
import { type Box, boxOf, dotOf, labelsWithRoom } from '../../ui/label-room.ts'
import { LandNames } from '../../ui/land-names.tsx'
import { useView } from '../../ui/view-box.ts'
import type { Laid } from './grid-paint.ts'

/** A place on the map, large by its tier. */
export interface MapSite {
  readonly id: string
  readonly label: string
  readonly longitude: number
  readonly latitude: number
  readonly size: 1 | 2 | 3
}

interface GridMapProps {
  readonly label: string
  readonly features: readonly Feature[]
  /** How each division is laid: in one cell (its colour), in none, or in several. */
  readonly laidOf: (code: string) => Laid
  /** The divisions that stand out; without it all do. */
  readonly among?: readonly string[]
  readonly sites?: readonly MapSite[]
  readonly onDivision?: (code: string) => void
  readonly height?: number
}

const none: readonly never[] = []

/** The height of the letters in a site's name. */
const NAME = 13
const nameOf = ({ properties }: Division): string => String(properties?.name ?? '')

interface DrawnSite {
  readonly site: MapSite
  readonly at: { readonly x: number; readonly y: number }
  readonly radius: number
  readonly dot: Box
  /** Its name stands below its dot. */
  readonly label: { readonly x: number; readonly y: number; readonly letters: number }
  readonly named: boolean
}

/** The sites as they are drawn, the large ones last, so that their names lie above the dots of the small; no name covers another. */
function draw(
  sites: readonly MapSite[],
  { x, y }: Projection,
  { unit, zoom }: { unit: number; zoom: number },
): DrawnSite[] {
  const all = sites.map((site) => {
    const at = { x: x(site.longitude), y: y(site.latitude) }
    const radius = (2 + site.size * 2) * unit
    const letters = site.label.length
    const label = { x: at.x - (letters * NAME * unit) / 2, y: at.y + radius + NAME * unit, letters }
    return { site, at, radius, label, dot: dotOf(at, radius) }
  })
  const wanted = all
    .filter(({ site: { size } }) => size === 3 || zoom >= 2.5 || (size === 2 && zoom >= 1.5))
    .toSorted((a, b) => b.site.size - a.site.size)
    .map(({ site, label }) => ({ id: site.id, ...label }))
  const shown = labelsWithRoom(wanted, NAME * unit)
  return all
    .map((one) => ({ ...one, named: shown.has(one.site.id) }))
    .toSorted((a, b) => a.site.size - b.site.size)
}

/** The region with its grids in colour; gaps are hatched, overlaps have a thick red border, so not by colour alone. */
export function GridMap({
  label,
  features,
  laidOf,
  among,
  sites = none,
  onDivision,
  height = 520,
}: GridMapProps) {
  const t = useWords(webWords)
  const projection = useMemo(() => projectionOf({ type: 'FeatureCollection', features }, none), [features])
  const { svg, view, viewBox, unit, zoomBy, bind } = useView(projection.width, projection.height)
  const drawn = draw(sites, projection, { unit, zoom: view.zoom })
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
        <Hatch />
        <g className="tm-map-land">
          {features.map((feature) => (
            <Unit
              key={feature.id}
              name={feature.properties.name}
              laid={laidOf(feature.id)}
              faint={among !== undefined && !among.includes(feature.id)}
              onPick={onDivision && (() => onDivision(feature.id))}
            >
              {pathOf(feature, projection)}
            </Unit>
          ))}
        </g>
        <LandNames
          divisions={features}
          nameOf={nameOf}
          projection={projection}
          size={11 * unit}
          below={sites.length > 0 ? -9 * unit : 4 * unit}
          taken={drawn.flatMap(({ dot, label, named }) => (named ? [dot, boxOf(label, NAME * unit)] : [dot]))}
        />
        {drawn.map((one) => (
          <Site key={one.site.id} drawn={one} unit={unit} />
        ))}
      </svg>
      <div className="tm-map-tools tm-no-print">
        <Button icon={<PlusOutlined />} aria-label={t('map.zoom-in')} onClick={() => zoomBy(1.5)} />
        <Button icon={<MinusOutlined />} aria-label={t('map.zoom-out')} onClick={() => zoomBy(1 / 1.5)} />
      </div>
    </div>
  )
}

const Hatch = () => (
  <defs>
    <pattern id="tm-gap" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect width="8" height="8" fill="var(--tm-surface, #fff)" />
      <line x1="0" y1="0" x2="0" y2="8" stroke="var(--tm-bad, #b42318)" strokeWidth="2.5" />
    </pattern>
  </defs>
)

interface UnitProps {
  readonly name: string
  readonly laid: Laid
  readonly faint: boolean
  readonly onPick: (() => void) | undefined
  /** The path. */
  readonly children: string
}

function Unit({ name, laid, faint, onPick, children }: UnitProps) {
  const fill = laid.state === 'gap' ? 'url(#tm-gap)' : laid.colour
  const border = laid.state === 'overlap' ? { stroke: 'var(--tm-bad, #b42318)', strokeWidth: 4 } : {}
  const title = [name, ...laid.names].join(' · ')
  const opacity = laid.state === 'gap' ? 1 : faint && laid.state !== 'overlap' ? 0.18 : 0.55
  const drawn = <path d={children} style={{ fill, fillOpacity: opacity, ...border }} />
  if (!onPick) {
    return (
      <g aria-label={title}>
        <title>{title}</title>
        {drawn}
      </g>
    )
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: there is no button inside a drawing
    <g
      role="button"
      aria-label={title}
      tabIndex={0}
      className="tm-opens"
      onClick={onPick}
      onKeyDown={({ key }) => key === 'Enter' && onPick()}
    >
      <title>{title}</title>
      {drawn}
    </g>
  )
}

function Site({ drawn: { site, at, radius, label, named }, unit }: { drawn: DrawnSite; unit: number }) {
  return (
    <To to={`/institutions/${site.id}`} aria-label={site.label}>
      <g className="tm-map-place tm-accent">
        <title>{site.label}</title>
        <circle cx={at.x} cy={at.y} r={radius} strokeWidth={1.5 * unit} />
        {named && (
          <text x={at.x} y={label.y} textAnchor="middle" fontSize={NAME * unit} strokeWidth={3 * unit}>
            {site.label}
          </text>
        )}
      </g>
    </To>
  )
}
