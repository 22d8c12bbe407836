import type { Tier } from '@tongmai/api/network/institution'
import { type Free, type FreeAsk, layPlaces, type PlaceFact } from './free-places.ts'

export type { PlaceFact } from './free-places.ts'

/** An institution as its departments share it: one object each, so that what is known of it is found without its id. */
export interface InstitutionFact {
  readonly id: string
  readonly name: string
  /** The same object for all of the same tier and division. */
  readonly place: { readonly tier: Tier | null; readonly division: string | null }
}

/** A department as it can be chosen. */
export interface DepartmentFact {
  readonly id: string
  readonly institution: InstitutionFact
  readonly name: string
  readonly specialty: string
  readonly open: boolean
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

/** What a process keeps in memory of every possible destination, so that a ranking asks the database for little. */
export interface DestinationModel {
  readonly departments: readonly DepartmentFact[]
  /** Departments of a specialty, and those signed off for the technique, as indexes. */
  readonly among: (specialty: string, techniqueId: string | null) => readonly number[]
  readonly freeOf: (at: number, ask: FreeAsk) => Free
  readonly doctorsOf: (at: number, day: string) => number
  /** Whether anybody was ever signed off for it. */
  readonly isMastered: (techniqueId: string) => boolean
  /** Whether a department is signed off that day for the technique; each is where none is wanted. */
  readonly signedOff: (techniqueId: string | null, day: string) => (at: number) => boolean
  readonly openReferralsOf: (at: number) => number
  /** Takes the same departments as they are now; false where there are others, and the model has to be laid anew. */
  readonly setDepartments: (now: readonly DepartmentFact[]) => boolean
  readonly setPlaces: (places: readonly PlaceFact[]) => void
  /** Replaces what is known of these places; one that is not among `places` has nothing free any more. */
  readonly changePlaces: (placeIds: readonly string[], places: readonly PlaceFact[]) => void
  /** Replaces all that is known of the places of these departments. */
  readonly changePlacesAt: (departmentIds: readonly string[], places: readonly PlaceFact[]) => void
  readonly setDoctors: (doctors: readonly DoctorFact[]) => void
  readonly setMasters: (masters: readonly MasterFact[]) => void
  readonly setOpenReferrals: (counts: ReadonlyMap<string, number>) => void
}

const holds = ({ since, until }: { since: string; until: string | null }, day: string): boolean =>
  since <= day && (until === null || until >= day)

const heldOn = (day: string) => (one: MasterFact) => holds(one, day)

/** Lays a model over these departments, with nothing free and nobody there yet. */
export function layModel(laid: readonly DepartmentFact[]): DestinationModel {
  let departments = laid
  const index = new Map(departments.map(({ id }, i) => [id, i]))
  const specialties = () => Map.groupBy(departments.keys(), (i) => departments[i]?.specialty ?? '')
  let bySpecialty = specialties()
  const places = layPlaces(index)
  let doctors: DoctorFact[][] = []
  /** How many doctors each has on that day; -1 where it has not been counted. */
  const counted = { day: '', of: new Int32Array(departments.length) }
  /** By technique, then by department. */
  let masters = new Map<string, Map<number, MasterFact[]>>()
  const openReferrals = new Int32Array(departments.length)

  return {
    get departments() {
      return departments
    },
    among(specialty, techniqueId) {
      const own = bySpecialty.get(specialty) ?? []
      if (techniqueId === null) return own
      const isElsewhere = (i: number): boolean => departments[i]?.specialty !== specialty
      return own.concat([...(masters.get(techniqueId)?.keys() ?? [])].filter(isElsewhere))
    },
    freeOf: places.freeOf,
    setPlaces: places.set,
    changePlaces: places.change,
    changePlacesAt: places.changeAt,
    doctorsOf(at, day) {
      if (counted.day !== day) Object.assign(counted, { day, of: counted.of.fill(-1) })
      const known = counted.of[at] ?? -1
      if (known >= 0) return known
      const here = (doctors[at] ?? []).filter((one) => holds(one, day))
      const count = new Set(here.map(({ practitionerId }) => practitionerId)).size
      counted.of[at] = count
      return count
    },
    isMastered: (techniqueId) => masters.has(techniqueId),
    signedOff(techniqueId, day) {
      if (techniqueId === null) return () => true
      const [of, isHeld] = [masters.get(techniqueId), heldOn(day)]
      return (at) => of?.get(at)?.some(isHeld) ?? false
    },
    openReferralsOf: (at) => openReferrals[at] ?? 0,
    setDepartments(now) {
      if (now.length !== departments.length || now.some(({ id }) => !index.has(id))) return false
      const facts = [...departments]
      for (const one of now) facts[index.get(one.id) ?? 0] = one
      departments = facts
      bySpecialty = specialties()
      return true
    },
    setDoctors(all) {
      doctors = departments.map(() => [])
      counted.day = ''
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
