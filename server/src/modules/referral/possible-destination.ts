import type { Estimate } from '@tongmai/api/benefit/estimate'
import type { PlaceWanted } from '@tongmai/api/referral/routing'
import type { DepartmentFact, DestinationModel, InstitutionFact } from './destination-model.ts'
import type { Candidate, Standing } from './rank-destination.ts'

/** A department as the hard rules see it. */
export interface Stands extends Standing {
  readonly at: number
  readonly fact: DepartmentFact
}
/** A department that passed them. */
export interface Found extends Candidate {
  readonly fact: DepartmentFact
  readonly cost: Estimate
}

/** What is asked of each department, beside what the model holds. */
export interface Around {
  readonly place: PlaceWanted
  readonly techniqueId: string | null
  readonly day: string
  readonly now: number
  readonly partners: ReadonlySet<string>
  readonly minutes: (institutionId: string) => number | undefined
  /** Who is named in the resident's contract. */
  readonly contracted: ReadonlySet<string>
  /** What care costs at a place of this kind. */
  readonly costAt: (place: InstitutionFact['place']) => Estimate
}

/** These departments as the hard rules see them. */
export function standingsOf(model: DestinationModel, among: readonly number[], around: Around): Stands[] {
  const { day, partners, minutes } = around
  const signedOff = model.signedOff(around.techniqueId, day)
  const standings: Stands[] = []
  for (const at of among) {
    const fact = model.departments[at]
    if (!fact) continue
    const { institution } = fact
    standings.push({
      at,
      fact,
      departmentId: fact.id,
      institutionId: institution.id,
      open: fact.open,
      primary: institution.place.tier === 'primary',
      doctors: model.doctorsOf(at, day),
      signedOff: signedOff(at),
      agreed: partners.has(institution.id),
      minutes: minutes(institution.id) ?? null,
    })
  }
  return standings
}

/** Completes what passes the hard rules. Written out field by field: it is done for hundreds in each ranking. */
export function completing(model: DestinationModel, around: Around): (stands: Stands) => Found {
  const { place, now, contracted, costAt } = around
  const asked = { kind: place, now, contracted: false }
  const askedInContract = { ...asked, contracted: true }
  return (stands) => {
    const inContract = contracted.has(stands.institutionId)
    const free = model.freeOf(stands.at, inContract ? askedInContract : asked)
    const cost = costAt(stands.fact.institution.place)
    return {
      fact: stands.fact,
      departmentId: stands.departmentId,
      institutionId: stands.institutionId,
      open: stands.open,
      primary: stands.primary,
      doctors: stands.doctors,
      signedOff: stands.signedOff,
      agreed: stands.agreed,
      minutes: stands.minutes,
      nextAt: free.nextAt,
      free: free.free,
      confirmedAt: free.confirmedAt,
      cost,
      ownFen: cost.ownFen,
      contracted: inContract,
      openReferrals: model.openReferralsOf(stands.at),
    }
  }
}
