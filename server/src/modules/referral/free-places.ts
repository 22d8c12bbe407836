import type { PlaceWanted } from '@tongmai/api/referral/routing'

/** Free seats of a slot, or free beds of a ward; moments in milliseconds. */
export interface PlaceFact {
  readonly placeId: string
  readonly departmentId: string
  readonly kind: string
  readonly at: number | null
  readonly source: string
  /** From then on whoever comes may have what this source has not used. */
  readonly releasedAt: number | null
  readonly free: number
  readonly confirmedAt: number | null
}

/** What is free for this need in a department, as of a moment. */
export interface Free {
  readonly nextAt: number | null
  readonly free: number
  readonly confirmedAt: number | null
}

export interface FreeAsk {
  readonly kind: PlaceWanted
  readonly now: number
  readonly contracted: boolean
}

/** The free places of every department, by the department's index. */
export interface FreePlaces {
  readonly freeOf: (at: number, ask: FreeAsk) => Free
  readonly set: (all: readonly PlaceFact[]) => void
  /** Replaces what is known of these places; one that is not among `changed` has nothing free any more. */
  readonly change: (placeIds: readonly string[], changed: readonly PlaceFact[]) => void
  /** Replaces all that is known of these departments. */
  readonly changeAt: (departmentIds: readonly string[], now: readonly PlaceFact[]) => void
}

/** What was free when it was asked, which stays so until a slot begins or a share is released. */
interface Remembered extends Free {
  readonly since: number
  readonly until: number
}
const kinds: Readonly<Record<PlaceWanted, number>> = { clinic: 0, bed: 1, examination: 2 }
/** Each department is asked in so many ways: three kinds, with and without a contract. */
const WAYS = 6
const wayOf = ({ kind, contracted }: FreeAsk): number => kinds[kind] * 2 + Number(contracted)
const bySoonest = (a: PlaceFact, b: PlaceFact): number => (a.at ?? 0) - (b.at ?? 0)

/** Lays places over these departments, with nothing free yet; answers are remembered as long as they hold. */
export function layPlaces(index: ReadonlyMap<string, number>): FreePlaces {
  const places: PlaceFact[][] = Array.from({ length: index.size }, () => [])
  const placeAt = new Map<string, number>()
  const remembered = new Array<Remembered | undefined>(index.size * WAYS).fill(undefined)

  const put = (place: PlaceFact): number => {
    const at = index.get(place.departmentId) ?? -1
    if (at < 0) return at
    places[at]?.push(place)
    placeAt.set(place.placeId, at)
    return at
  }
  const settle = (at: number): void => {
    if (at < 0) return
    places[at]?.sort(bySoonest)
    remembered.fill(undefined, at * WAYS, (at + 1) * WAYS)
  }
  return {
    freeOf(at, ask) {
      const way = at * WAYS + wayOf(ask)
      const known = remembered[way]
      if (known && known.since <= ask.now && ask.now <= known.until) return known
      const free = freeAmong(places[at] ?? [], ask)
      remembered[way] = free
      return free
    },
    set(all) {
      for (const list of places) list.length = 0
      placeAt.clear()
      for (const place of all) put(place)
      for (const at of places.keys()) settle(at)
    },
    change(placeIds, changed) {
      const gone = new Set(placeIds)
      const touched = new Set(placeIds.map((id) => placeAt.get(id) ?? -1))
      for (const at of touched) places[at] = (places[at] ?? []).filter(({ placeId }) => !gone.has(placeId))
      for (const place of changed) touched.add(put(place))
      for (const at of touched) settle(at)
    },
    changeAt(departmentIds, now) {
      const touched = departmentIds.flatMap((id) => index.get(id) ?? [])
      for (const at of touched) {
        for (const { placeId } of places[at] ?? []) placeAt.delete(placeId)
        places[at] = []
      }
      for (const place of now) put(place)
      for (const at of touched) settle(at)
    },
  }
}

/** What of these places, the soonest first, is free for a referral from now on, and until when that is so. */
function freeAmong(list: readonly PlaceFact[], { kind, now, contracted }: FreeAsk): Remembered {
  const coming = list.filter((place) => place.kind === kind && (place.at === null || place.at >= now))
  const open = coming.filter((place) => isOpenTo(place, now, contracted))
  let [nextAt, free, confirmedAt]: [number | null, number, number | null] = [null, 0, null]
  for (const place of open) {
    free += place.free
    nextAt ??= place.at
    if (place.confirmedAt !== null) confirmedAt = Math.max(confirmedAt ?? 0, place.confirmedAt)
  }
  return { nextAt, free, confirmedAt, since: now, until: changesAt(coming, now) - 1 }
}

/** When the next of these begins or is released. */
function changesAt(coming: readonly PlaceFact[], now: number): number {
  let next = Number.POSITIVE_INFINITY
  for (const { at, releasedAt } of coming) {
    if (at !== null) next = Math.min(next, at + 1)
    if (releasedAt !== null && releasedAt > now) next = Math.min(next, releasedAt)
  }
  return next
}

/** A referral draws on its own share and the public one, with a contract on that share too, and on what was released. */
const isOpenTo = ({ source, releasedAt }: PlaceFact, now: number, contracted: boolean): boolean =>
  source === 'referral' ||
  source === 'public' ||
  (contracted && source === 'contracted') ||
  (releasedAt !== null && releasedAt <= now)
