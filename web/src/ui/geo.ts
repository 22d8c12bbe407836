/** The part of GeoJSON (RFC 7946) that a map of divisions needs; longitude before latitude, degrees. */
export interface Division {
  readonly type: 'Feature'
  readonly id?: string | number
  readonly properties: Readonly<Record<string, unknown>> | null
  readonly geometry:
    | { readonly type: 'Polygon'; readonly coordinates: Rings }
    | { readonly type: 'MultiPolygon'; readonly coordinates: readonly Rings[] }
}
export interface Divisions {
  readonly type: 'FeatureCollection'
  readonly features: readonly Division[]
}
type Rings = readonly (readonly (readonly number[])[])[]

/** Degrees to drawing units: plain cylinder, true to scale at the middle latitude; a region is small enough for it. */
export interface Projection {
  readonly x: (longitude: number) => number
  readonly y: (latitude: number) => number
  readonly width: number
  readonly height: number
}

/** A projection that puts all divisions and points into a drawing `width` wide, with a margin. */
export function projectionOf(
  divisions: Divisions | undefined,
  points: readonly { longitude: number; latitude: number }[],
  width = 1000,
): Projection {
  const corners = [...ringsOf(divisions).flat(1), ...points.map((point) => [point.longitude, point.latitude])]
  let [west, east, south, north] = [Infinity, -Infinity, Infinity, -Infinity]
  for (const [longitude = 0, latitude = 0] of corners) {
    west = Math.min(west, longitude)
    east = Math.max(east, longitude)
    south = Math.min(south, latitude)
    north = Math.max(north, latitude)
  }
  if (corners.length === 0) [west, east, south, north] = [110, 120, 30, 38]
  const margin = width * 0.04
  const squeeze = Math.cos((((south + north) / 2) * Math.PI) / 180)
  const scale = (width - 2 * margin) / Math.max(0.01, (east - west) * squeeze)
  return {
    x: (longitude) => margin + (longitude - west) * squeeze * scale,
    y: (latitude) => margin + (north - latitude) * scale,
    width,
    height: Math.max(200, (north - south) * scale + 2 * margin),
  }
}

/** The outline of a division as an SVG path. */
export function pathOf({ geometry }: Division, { x, y }: Projection): string {
  const parts = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
  return parts
    .flat(1)
    .map(
      (ring) =>
        `M${ring.map(([longitude = 0, latitude = 0]) => `${x(longitude).toFixed(1)},${y(latitude).toFixed(1)}`).join('L')}Z`,
    )
    .join('')
}

/** Where a division's name stands: the middle of its largest ring. */
export function middleOf(division: Division, { x, y }: Projection): { x: number; y: number } {
  const ring =
    ringsOf({ type: 'FeatureCollection', features: [division] }).sort((a, b) => b.length - a.length)[0] ?? []
  const xs = ring.map(([longitude = 0]) => x(longitude))
  const ys = ring.map(([, latitude = 0]) => y(latitude))
  return { x: (Math.min(...xs) + Math.max(...xs)) / 2, y: (Math.min(...ys) + Math.max(...ys)) / 2 }
}

const ringsOf = (divisions: Divisions | undefined) =>
  (divisions?.features ?? []).flatMap(({ geometry }) =>
    geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat(1),
  )

/** Only the points over the drawn land: a far one would make the rest small. All of them where there is no land. */
export function overLand<P extends { longitude: number; latitude: number }>(
  divisions: Divisions | undefined,
  points: readonly P[],
): readonly P[] {
  const corners = ringsOf(divisions).flat(1)
  if (corners.length === 0) return points
  const [xs, ys] = [corners.map(([x = 0]) => x), corners.map(([, y = 0]) => y)]
  const least = (of: readonly number[]) => of.reduce((a, b) => Math.min(a, b))
  const most = (of: readonly number[]) => of.reduce((a, b) => Math.max(a, b))
  const [west, east, south, north] = [least(xs), most(xs), least(ys), most(ys)]
  return points.filter(
    ({ longitude, latitude }) =>
      longitude >= west && longitude <= east && latitude >= south && latitude <= north,
  )
}
