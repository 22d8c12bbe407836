/** A point on the earth, in degrees. */
export interface Point {
  readonly latitude: number
  readonly longitude: number
}

/** The great-circle distance between two points in metres, on a sphere of 6 371 km (haversine). */
export function metresBetween(a: Point, b: Point): number {
  const rad = Math.PI / 180
  const dLat = (b.latitude - a.latitude) * rad
  const dLon = (b.longitude - a.longitude) * rad
  const h =
    Math.sin(dLat / 2) ** 2 +
    Math.cos(a.latitude * rad) * Math.cos(b.latitude * rad) * Math.sin(dLon / 2) ** 2
  return 2 * 6_371_000 * Math.asin(Math.min(1, Math.sqrt(h)))
}

/** A delivery as it is compared with others of the same person. */
export interface Delivery {
  readonly serviceId: string
  readonly residentId: string
  readonly at: Date
  readonly place: Point | null
  /** Values in a fixed order, as text: `bp=130/80`. */
  readonly readings: string
}

export interface Limits {
  readonly neverLeftMetres: number
  readonly twoPlacesMetres: number
  readonly sameReadingsCount: number
}

export type Suspicion =
  | { readonly kind: 'neverLeft'; readonly details: { metres: number } }
  | { readonly kind: 'twoPlaces'; readonly details: { metres: number; other: string } }
  | { readonly kind: 'sameReadings'; readonly details: { readings: string; residents: number } }

const minuteOf = (at: Date): number => Math.floor(at.getTime() / 60_000)

/**
 * What looks odd about a delivery, beside the others of the same person on that day: a home visit at the centre itself,
 * two places in the same minute, the same readings for several residents. It proves nothing; a person looks.
 */
export function suspicionsOf(
  one: Delivery,
  beside: { centre: Point | null; isHomeVisit: boolean; others: readonly Delivery[]; limits: Limits },
): Suspicion[] {
  const { centre, isHomeVisit, others, limits } = beside
  const found: Suspicion[] = []
  if (isHomeVisit && one.place && centre) {
    const metres = Math.round(metresBetween(one.place, centre))
    if (metres <= limits.neverLeftMetres) found.push({ kind: 'neverLeft', details: { metres } })
  }
  for (const other of others) {
    if (!one.place || !other.place || minuteOf(one.at) !== minuteOf(other.at)) continue
    const metres = Math.round(metresBetween(one.place, other.place))
    if (metres < limits.twoPlacesMetres) continue
    found.push({ kind: 'twoPlaces', details: { metres, other: other.serviceId } })
    break
  }
  if (one.readings === '') return found
  const same = others.filter((other) => other.readings === one.readings).map((other) => other.residentId)
  const residents = new Set([...same, one.residentId]).size
  if (residents >= limits.sameReadingsCount) {
    found.push({ kind: 'sameReadings', details: { readings: one.readings, residents } })
  }
  return found
}
