import { MinusOutlined, PlusOutlined } from '@ant-design/icons'
import type { Feature } from '@tongmai/api/network/grid'
import { Button } from 'antd'
import { useMemo } from 'react'
import { To } from '../../kernel/route.tsx'
import { webWords } from '../../kernel/web-words.ts'
import { useWords } from '../../kernel/words.ts'
import { middleOf, pathOf, projectionOf } from '../../ui/geo.ts'
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

/** The large ones last, so that their names lie above the dots of the small. */
const inOrder = (sites: readonly MapSite[]) => sites.toSorted((a, b) => a.size - b.size)

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
        <g className="tm-map-names" fontSize={11 * unit}>
          {features.map((feature) => (
            <text
              key={feature.id}
              {...middleOf(feature, projection)}
              dy={sites.length > 0 ? -9 * unit : 4 * unit}
            >
              {feature.properties.name}
            </text>
          ))}
        </g>
        {inOrder(sites).map((site) => (
          <Site
            key={site.id}
            site={site}
            at={{ x: projection.x(site.longitude), y: projection.y(site.latitude) }}
            unit={unit}
            zoom={view.zoom}
          />
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

interface SiteProps {
  readonly site: MapSite
  readonly at: { readonly x: number; readonly y: number }
  readonly unit: number
  readonly zoom: number
}

function Site({ site, at, unit, zoom }: SiteProps) {
  const radius = (2 + site.size * 2) * unit
  const named = site.size === 3 || zoom >= 2.5 || (site.size === 2 && zoom >= 1.5)
  return (
    <To to={`/institutions/${site.id}`} aria-label={site.label}>
      <g className="tm-map-place tm-accent">
        <title>{site.label}</title>
        <circle cx={at.x} cy={at.y} r={radius} strokeWidth={1.5 * unit} />
        {named && (
          <text
            x={at.x}
            y={at.y + radius + 13 * unit}
            textAnchor="middle"
            fontSize={13 * unit}
            strokeWidth={3 * unit}
          >
            {site.label}
          </text>
        )}
      </g>
    </To>
  )
}
