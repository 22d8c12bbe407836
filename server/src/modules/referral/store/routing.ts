import type { RoutingChoice, Weights } from '@tongmai/api/referral/routing'
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { samePerson } from '../../../kernel/same-person.ts'
import type {
  DepartmentFact,
  DoctorFact,
  InstitutionFact,
  MasterFact,
  PlaceFact,
} from '../destination-model.ts'
import { tables } from './referral.ts'
import type { ReferralRow } from './row.ts'

const DEPARTMENTS_MAX = 50_000
const PLACES_MAX = 1_000_000
const RECENT_DAYS = 14

function once<T>(made: Map<string, T>, key: string, make: () => T): T {
  const known = made.get(key) ?? make()
  made.set(key, known)
  return known
}

/** Every department that could receive somebody. */
export async function listDepartments(ctx: Ctx): Promise<DepartmentFact[]> {
  const rows = await tables(ctx)
    .selectFrom('network.departmentName as d')
    .innerJoin('network.name as i', 'i.id', 'd.institutionId')
    .innerJoin('network.place as p', 'p.id', 'd.institutionId')
    .select(['d.id', 'd.institutionId', 'd.name', 'd.specialty', 'd.closedOn', 'i.shortName', 'i.tier'])
    .select('p.divisionCode as division')
    .select('i.closedOn as institutionClosedOn')
    .where('i.kind', '!=', 'external')
    .orderBy('d.id')
    .limit(DEPARTMENTS_MAX)
    .$narrowType<InstitutionFact['place']>()
    .execute()
  const places = new Map<string, InstitutionFact['place']>()
  const institutions = new Map<string, InstitutionFact>()
  return rows.map(({ id, institutionId, shortName, tier, division, name, specialty, ...closed }) => {
    const place = once(places, `${tier} ${division}`, () => ({ tier, division }))
    const institution = once(institutions, institutionId, () => ({
      id: institutionId,
      name: shortName,
      place,
    }))
    const open = closed.closedOn === null && closed.institutionClosedOn === null
    return { id, institution, name, specialty, open }
  })
}

/** Departments from an id on, up to another or to the end. */
export interface Part {
  readonly from: string
  readonly until: string | undefined
}

/** Which places: these, those of these departments, or of a part of all departments. */
type Which = { readonly placeIds: readonly string[] } | { readonly departmentIds: readonly string[] } | Part

/** What is free. */
export async function listPlaces(ctx: Ctx, which: Which): Promise<PlaceFact[]> {
  const rows = await tables(ctx)
    .selectFrom('capacity.openPlace as p')
    .select(['p.placeId', 'p.departmentId', 'p.kind', 'p.source', 'p.free'])
    .select(['p.nextAt', 'p.releasedAt', 'p.confirmedAt'])
    .where((eb) => {
      if ('placeIds' in which) return eb('p.placeId', 'in', [...which.placeIds])
      if ('departmentIds' in which) return eb('p.departmentId', 'in', [...which.departmentIds])
      const { from, until } = which
      const after = eb('p.departmentId', '>=', from)
      return until === undefined ? after : eb.and([after, eb('p.departmentId', '<', until)])
    })
    .where((eb) => eb.or([eb('p.nextAt', 'is', null), eb('p.nextAt', '>=', ctx.now)]))
    .limit(PLACES_MAX)
    .execute()
  return rows.map(({ nextAt, releasedAt, confirmedAt, ...place }) => ({
    placeId: place.placeId ?? '',
    departmentId: place.departmentId ?? '',
    kind: place.kind ?? '',
    source: place.source ?? '',
    free: place.free ?? 0,
    at: nextAt?.getTime() ?? null,
    releasedAt: releasedAt?.getTime() ?? null,
    confirmedAt: confirmedAt?.getTime() ?? null,
  }))
}

/** Who is licensed to practise where, in a part of all departments. */
export const listDoctors = async (ctx: Ctx, { from, until: end }: Part): Promise<DoctorFact[]> => {
  const rows = await tables(ctx)
    .selectFrom('workforce.licensedPhysician')
    .select(['departmentId', 'practitionerId', 'since', 'until'])
    .where('departmentId', '>=', from)
    .$if(end !== undefined, (q) => q.where('departmentId', '<', end as string))
    .limit(PLACES_MAX)
    .execute()
  return rows.map((row) => ({ ...row, departmentId: row.departmentId ?? '', since: row.since ?? '' }))
}

/** Who is signed off for what. */
export const listMasters = (ctx: Ctx): Promise<MasterFact[]> =>
  tables(ctx)
    .selectFrom('technique.mastered')
    .select(['techniqueId', 'departmentId', 'since', 'until'])
    .limit(PLACES_MAX)
    .execute()

/** How many referrals of the last days each department still has before it. */
export async function countOpen(ctx: Ctx): Promise<Map<string, number>> {
  const since = new Date(ctx.now.getTime() - RECENT_DAYS * 86_400_000)
  const rows = await tables(ctx)
    .selectFrom('referral.referral')
    .select((eb) => ['toDepartmentId', eb.fn.countAll<string>().as('count')])
    .where('submittedAt', '>=', since)
    .where('endedAt', 'is', null)
    .where('toDepartmentId', 'is not', null)
    .groupBy('toDepartmentId')
    .execute()
  return new Map(rows.map((row) => [row.toDepartmentId ?? '', Number(row.count)]))
}

/** The institutions to which an agreement in force lets this one refer now. */
export async function listPartners(ctx: Ctx, institutionId: string): Promise<string[]> {
  const rows = await tables(ctx)
    .selectFrom('network.serviceBetween')
    .select('partnerId')
    .distinct()
    .where('institutionId', '=', institutionId)
    .where('service', '=', 'referral')
    .where('since', '<=', ctx.now)
    .where('until', '>', ctx.now)
    .limit(DEPARTMENTS_MAX)
    .execute()
  return rows.map((row) => row.partnerId)
}

export type WeightRow = Weights & { id: string; since: Date; note: string }

/** How an institution weighs destinations: the versions, the present one first. */
export const listWeights = (ctx: Ctx, institutionId: string): Promise<WeightRow[]> =>
  tables(ctx)
    .selectFrom('referral.routingWeight')
    .select(['id', 'since', 'travel', 'wait', 'cost', 'contract', 'load', 'freshness', 'note'])
    .where('institutionId', '=', institutionId)
    .where('since', '<=', ctx.now)
    .orderBy('since', 'desc')
    .limit(50)
    .execute()

/** What a ranking asks of who refers and of whom: the weights as they are now, and who is named in a contract in force. */
export interface Around {
  readonly weights: (Weights & { readonly id: string }) | null
  /** Null where there is no contract. */
  readonly named: readonly (string | null)[] | null
}

const AROUND = `select
    (select row_to_json(w) from (select id, travel, wait, cost, contract, load, freshness from referral.routing_weight
      where institution_id = $1 and since <= $3 order by since desc limit 1) w) as weights,
    (select json_build_array(c.community_id, c.secondary_id, c.tertiary_id) from contract.current c
      where c.resident_id = any (${samePerson('$2')}) order by c.resident_id = $2 desc limit 1) as named`

/** Both in one statement: it is on the path of every ranking. */
export async function findAround(ctx: Ctx, institutionId: string, residentId: string): Promise<Around> {
  const values = [institutionId, residentId, ctx.now]
  const { rows } = await ctx.client.query<Around>({ name: 'routing-around', text: AROUND, values })
  return rows[0] ?? { weights: null, named: null }
}

/** Adds a version of the weights, in force from now. */
export const addWeights = (ctx: Ctx, institutionId: string, row: WeightRow): Promise<unknown> =>
  tables(ctx)
    .insertInto('referral.routingWeight')
    .values({ ...row, institutionId, setBy: ctx.actor.id })
    .execute()

/** What was advised and chosen, as it is kept. */
export interface NewRouting {
  readonly need: { specialty: RoutingChoice['specialty']; techniqueId: string | null; place: string }
  readonly weightId: string | null
  readonly offered: readonly { institution: string; department: string; score: number }[]
  readonly rank: number | null
  readonly excluded: readonly string[]
  readonly reason: string | null
}

/** Keeps what was advised for a referral beside what was chosen. */
export async function addRouting(ctx: Ctx, row: ReferralRow, routing: NewRouting): Promise<string> {
  const id = ctx.id()
  await tables(ctx)
    .insertInto('referral.routing')
    .values({
      ...{ residentId: row.residentId, referralId: row.id, id, at: ctx.now },
      need: JSON.stringify(routing.need),
      weightId: routing.weightId,
      offered: JSON.stringify(routing.offered),
      chosenInstitutionId: row.toInstitutionId,
      chosenDepartmentId: row.toDepartmentId,
      rank: routing.rank,
      excluded: [...routing.excluded],
      reason: routing.reason,
      actorId: ctx.actor.id,
      practitionerId: ctx.actor.practitionerId,
      institutionId: row.fromInstitutionId,
    })
    .execute()
  return id
}

/** The advice that was given for a referral, the newest first. */
export async function listRouting(ctx: Ctx, referralId: string): Promise<RoutingChoice[]> {
  const rows = await tables(ctx)
    .selectFrom('referral.routing as o')
    .leftJoin('workforce.name as p', 'p.id', 'o.practitionerId')
    .select(['o.id', 'o.at', 'o.rank', 'o.excluded', 'o.reason', 'p.name as by'])
    .select([
      sql<NewRouting['need']>`o.need`.as('need'),
      sql<RoutingChoice['first']>`o.offered -> 0`.as('first'),
    ])
    .where('o.referralId', '=', referralId)
    .orderBy('o.at', 'desc')
    .limit(20)
    .execute()
  return rows.map(({ need, excluded, by, ...row }) => ({
    ...row,
    by: by ?? '',
    specialty: need.specialty,
    techniqueId: need.techniqueId,
    why: excluded as RoutingChoice['why'],
  }))
}
