import type { PlaceWanted } from '@tongmai/api/referral/routing'

/** A department as it can be chosen. */
export interface DepartmentFact {
  readonly id: string
  readonly institutionId: string
  readonly institution: string
  readonly tier: string | null
  readonly name: string
  readonly specialty: string
  readonly open: boolean
}

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

/** A physician licensed to practise in a department, from day to day. */
export interface DoctorFact {
  readonly departmentId: string
  readonly practitionerId: string
  readonly since: string
  readonly until: string | null
}
/** A department signed off for a technique, from day to day. */
export interface MasterFact {
  readonly techniqueId: string
  readonly departmentId: string
  readonly since: string
  readonly until: string | null
}

/** What is free for this need in a department, as of a moment. */
export interface Free {
  readonly nextAt: number | null
  readonly free: number
  readonly confirmedAt: number | null
}

/** What a process keeps in memory of every possible destination, so that a ranking asks the database for little. */
export interface DestinationModel {
  readonly departments: readonly DepartmentFact[]
  /** Departments of a specialty, and those signed off for the technique, as indexes. */
  readonly among: (specialty: string, techniqueId: string | null) => readonly number[]
  readonly freeOf: (at: number, ask: { kind: PlaceWanted; now: number; contracted: boolean }) => Free
  readonly doctorsOf: (at: number, day: string) => number
  readonly isSignedOff: (at: number, techniqueId: string | null, day: string) => boolean
  readonly openReferralsOf: (at: number) => number
  readonly setPlaces: (places: readonly PlaceFact[]) => void
  /** Replaces what is known of these places; one that is not among `places` has nothing free any more. */
  readonly changePlaces: (placeIds: readonly string[], places: readonly PlaceFact[]) => void
  readonly setDoctors: (doctors: readonly DoctorFact[]) => void
  readonly setMasters: (masters: readonly MasterFact[]) => void
  readonly setOpenReferrals: (counts: ReadonlyMap<string, number>) => void
}

const holds = ({ since, until }: { since: string; until: string | null }, day: string): boolean =>
  since <= day && (until === null || until >= day)
const bySoonest = (a: PlaceFact, b: PlaceFact): number => (a.at ?? 0) - (b.at ?? 0)

/** Lays a model over these departments, with nothing free and nobody there yet. */
export function layModel(departments: readonly DepartmentFact[]): DestinationModel {
  const index = new Map(departments.map(({ id }, i) => [id, i]))
  const bySpecialty = Map.groupBy(departments.keys(), (i) => departments[i]?.specialty ?? '')
  const places: PlaceFact[][] = departments.map(() => [])
  const placeAt = new Map<string, number>()
  let doctors: DoctorFact[][] = []
  /** By technique, then by department. */
  let masters = new Map<string, Map<number, MasterFact[]>>()
  const openReferrals = new Int32Array(departments.length)

  const put = (place: PlaceFact): void => {
    const at = index.get(place.departmentId)
    if (at === undefined) return
    places[at]?.push(place)
    placeAt.set(place.placeId, at)
  }
  return {
    departments,
    among(specialty, techniqueId) {
      const own = bySpecialty.get(specialty) ?? []
      if (techniqueId === null) return own
      return [...new Set([...own, ...(masters.get(techniqueId)?.keys() ?? [])])]
    },
    freeOf: (at, ask) => freeAmong(places[at] ?? [], ask),
    doctorsOf(at, day) {
      const here = (doctors[at] ?? []).filter((one) => holds(one, day))
      return here.length < 2 ? here.length : new Set(here.map(({ practitionerId }) => practitionerId)).size
    },
    isSignedOff: (at, techniqueId, day) =>
      techniqueId === null || (masters.get(techniqueId)?.get(at) ?? []).some((one) => holds(one, day)),
    openReferralsOf: (at) => openReferrals[at] ?? 0,
    setPlaces(all) {
      for (const list of places) list.length = 0
      placeAt.clear()
      for (const place of all) put(place)
      for (const list of places) list.sort(bySoonest)
    },
    changePlaces(placeIds, changed) {
      const gone = new Set(placeIds)
      const touched = new Set<number>()
      for (const id of placeIds) {
        const at = placeAt.get(id)
        if (at !== undefined) touched.add(at)
      }
      for (const at of touched) places[at] = (places[at] ?? []).filter(({ placeId }) => !gone.has(placeId))
      for (const place of changed) {
        put(place)
        touched.add(index.get(place.departmentId) ?? -1)
      }
      for (const at of touched) places[at]?.sort(bySoonest)
    },
    setDoctors(all) {
      doctors = departments.map(() => [])
      for (const one of all) doctors[index.get(one.departmentId) ?? -1]?.push(one)
    },
    setMasters(all) {
      const placed = Map.groupBy(all, ({ techniqueId }) => techniqueId)
      masters = new Map(
        [...placed].map(([id, of]) => [id, Map.groupBy(of, (one) => index.get(one.departmentId) ?? -1)]),
      )
      for (const of of masters.values()) of.delete(-1)
    },
    setOpenReferrals(counts) {
      openReferrals.fill(0)
      for (const [id, count] of counts) {
        const at = index.get(id)
        if (at !== undefined) openReferrals[at] = count
      }
    },
  }
}

/** What of these places, the soonest first, is free for a referral from now on. */
function freeAmong(
  list: readonly PlaceFact[],
  { kind, now, contracted }: { kind: PlaceWanted; now: number; contracted: boolean },
): Free {
  let [nextAt, free, confirmedAt]: [number | null, number, number | null] = [null, 0, null]
  for (const place of list) {
    if (place.kind !== kind || (place.at !== null && place.at < now)) continue
    if (!isOpenTo(place, now, contracted)) continue
    free += place.free
    if (place.at !== null && (nextAt === null || place.at < nextAt)) nextAt = place.at
    if (place.confirmedAt !== null) confirmedAt = Math.max(confirmedAt ?? 0, place.confirmedAt)
  }
  return { nextAt, free, confirmedAt }
}

/** A referral draws on its own share and the public one, with a contract on that share too, and on what was released. */
const isOpenTo = ({ source, releasedAt }: PlaceFact, now: number, contracted: boolean): boolean =>
  source === 'referral' ||
  source === 'public' ||
  (contracted && source === 'contracted') ||
  (releasedAt !== null && releasedAt <= now)
