import type { IndicatorCode, IndicatorValue, UnknownReason } from '@tongmai/api/contract/indicator'
import { dayAfter } from '../../kernel/day.ts'

/** A signed contract as the indicators see it. */
export interface Signed {
  readonly id: string
  readonly residentId: string
  readonly communityId: string
  readonly teamId: string
  readonly doctorId: string
  readonly secondaryId: string | null
  readonly tertiaryId: string | null
  readonly startsOn: string
  readonly endsOn: string
  readonly endedOn: string | null
  /** Whether the person or a commercial insurance pays for it. */
  readonly paid: boolean
  readonly renewed: boolean
}

export interface Visit {
  readonly residentId: string
  readonly on: string
  readonly institutionId: string
  readonly institution: string
  readonly tier: string | null
  readonly emergency: boolean
}

/** Everything that the indicators of a scope count from; null where nobody can tell. */
export interface Facts {
  readonly from: string
  readonly to: string
  readonly today: string
  /** The last day of the period that has come. */
  readonly end: string
  readonly contracts: readonly Signed[]
  /** Registered at the community; null where the scope is narrower than a community. */
  readonly registered: readonly string[] | null
  readonly population: number | null
  /** The priority groups of residents, registered or under contract. */
  readonly groups: ReadonlyMap<string, readonly string[]>
  readonly services: readonly {
    residentId: string
    contractId: string
    dueOn: string
    item: string
    done: boolean
  }[]
  /** By time, also from before the period, so that a first contact can be told. */
  readonly visits: readonly Visit[]
  readonly referred: readonly { residentId: string; on: string; institutionId: string }[] | null
  readonly controlled: readonly { residentId: string; programme: string; controlled: boolean }[] | null
  readonly satisfaction: { have: number; should: number } | null
  readonly firstContactDays: number
  readonly referredDays: number
}

/** One that a denominator counts, and whether the numerator counts it too. */
export interface Line {
  readonly residentId: string
  readonly contractId: string | null
  readonly on: string | null
  readonly detail: string
  readonly counts: boolean
}

/** What an indicator counts: people by name, a number somebody published, or why it is unknown. */
export type Counted =
  | { readonly lines: readonly Line[]; readonly published?: number }
  | { readonly have: number; readonly should: number }
  | { readonly unknown: UnknownReason }

/** Its last day in force: on the day it is ended early it no longer binds. */
const lastDay = (c: Signed): string =>
  c.endedOn !== null && c.endedOn < c.endsOn ? dayAfter(c.endedOn, -1) : c.endsOn
const bindsOn = (c: Signed, day: string): boolean => c.startsOn <= day && lastDay(c) >= day

/** The contracts in force at the end of the period, one per resident. */
const inForce = (f: Facts): Map<string, Signed> =>
  new Map(f.contracts.filter((c) => bindsOn(c, f.end)).map((c) => [c.residentId, c]))

const lineOf = (c: Signed, counts: boolean): Line => ({
  ...{ residentId: c.residentId, contractId: c.id, on: c.startsOn, detail: '', counts },
})

function coverage(f: Facts): Counted {
  if (f.registered === null) return { unknown: 'communityOnly' }
  if (f.population === null) return { unknown: 'noPopulation' }
  return { lines: [...inForce(f).values()].map((c) => lineOf(c, true)), published: f.population }
}

/** Of these residents, who is under contract at the end of the period. */
function signedOf(f: Facts, ids: Iterable<string>, detail: (id: string) => string): Counted {
  const now = inForce(f)
  const lines = [...ids].map((residentId): Line => {
    const c = now.get(residentId)
    return { residentId, contractId: c?.id ?? null, on: null, detail: detail(residentId), counts: Boolean(c) }
  })
  return { lines }
}

const registered = (f: Facts): Counted =>
  f.registered === null ? { unknown: 'communityOnly' } : signedOf(f, f.registered, () => '')

function keyGroup(f: Facts): Counted {
  if (f.registered === null) return { unknown: 'communityOnly' }
  const known = [...f.groups].flatMap(([id, groups]) => (groups.length > 0 ? [id] : []))
  return signedOf(f, known, (id) => f.groups.get(id)?.join(',') ?? '')
}

const paid = (f: Facts): Counted => ({ lines: [...inForce(f).values()].map((c) => lineOf(c, c.paid)) })

function renewal(f: Facts): Counted {
  const due = f.contracts.filter(
    (c) => c.endsOn >= f.from && c.endsOn <= f.to && c.endsOn < f.today && lastDay(c) === c.endsOn,
  )
  return { lines: due.map((c) => ({ ...lineOf(c, c.renewed), on: c.endsOn })) }
}

function fulfilment(f: Facts): Counted {
  const lines = f.services.map(({ residentId, contractId, dueOn: on, item: detail, done: counts }) => ({
    ...{ residentId, contractId, on, detail, counts },
  }))
  return { lines }
}

interface Contracted {
  readonly visit: Visit
  readonly contract: Signed
}

/** The visits of the period that fell into a contract, with it. */
function contracted(f: Facts): Contracted[] {
  const held = Map.groupBy(f.contracts, (c) => c.residentId)
  return f.visits.flatMap((visit) => {
    if (visit.on < f.from || visit.on > f.to) return []
    const contract = held.get(visit.residentId)?.find((c) => bindsOn(c, visit.on))
    return contract ? [{ visit, contract }] : []
  })
}

function visits(f: Facts, of: readonly Contracted[], counts: (one: Contracted) => boolean): Counted {
  if (f.visits.length === 0) return { unknown: 'noVisits' }
  const lines = of.map((one) => ({
    ...{ residentId: one.visit.residentId, contractId: one.contract.id, on: one.visit.on },
    ...{ detail: one.visit.institution, counts: counts(one) },
  }))
  return { lines }
}

const isCombined = ({ visit, contract }: Contracted): boolean =>
  [contract.communityId, contract.secondaryId, contract.tertiaryId].includes(visit.institutionId)

function firstContact(f: Facts): Counted {
  const before = new Map<string, string>()
  const firsts = new Set<Visit>()
  for (const visit of f.visits.toSorted((a, b) => a.on.localeCompare(b.on))) {
    const last = before.get(visit.residentId)
    if (!visit.emergency && (!last || dayAfter(last, f.firstContactDays) < visit.on)) firsts.add(visit)
    before.set(visit.residentId, visit.on)
  }
  const of = contracted(f).filter((one) => firsts.has(one.visit))
  return visits(f, of, ({ visit, contract }) => visit.institutionId === contract.communityId)
}

function referred(f: Facts): Counted {
  const arrivals = f.referred
  if (arrivals === null) return { unknown: 'noReferrals' }
  const above = contracted(f).filter(({ visit }) => visit.tier === 'secondary' || visit.tier === 'tertiary')
  const came = ({ visit }: Contracted) =>
    arrivals.some(
      (one) =>
        one.residentId === visit.residentId &&
        one.institutionId === visit.institutionId &&
        dayAfter(one.on, -f.referredDays) <= visit.on &&
        dayAfter(one.on, f.referredDays) >= visit.on,
    )
  return visits(f, above, came)
}

function control(f: Facts): Counted {
  if (f.controlled === null) return { unknown: 'noProgrammes' }
  const held = new Map(f.contracts.map((c) => [c.residentId, c.id]))
  const lines = f.controlled.map(({ residentId, programme, controlled }) => ({
    ...{ residentId, contractId: held.get(residentId) ?? null, on: null },
    ...{ detail: programme, counts: controlled },
  }))
  return { lines }
}

const rules: Readonly<Record<IndicatorCode, (f: Facts) => Counted>> = {
  ...{ coverage, registered, keyGroup, paid, renewal, fulfilment, firstContact, referred, control },
  primaryVisit: (f) => visits(f, contracted(f), ({ visit }) => visit.tier === 'primary'),
  inCombination: (f) => visits(f, contracted(f), isCombined),
  satisfaction: (f) => f.satisfaction ?? { unknown: 'nobodyAsked' },
}

/** What one indicator counts. */
export const countIndicator = (code: IndicatorCode, f: Facts): Counted => rules[code](f)

/** Its two counts as they are shown. */
export function readValue(code: IndicatorCode, counted: Counted): IndicatorValue {
  if ('unknown' in counted) {
    return { code, have: null, should: null, unknown: counted.unknown, opens: { have: false, should: false } }
  }
  if ('have' in counted) {
    return { code, ...counted, unknown: null, opens: { have: false, should: false } }
  }
  const { lines, published } = counted
  const have = lines.filter((one) => one.counts).length
  const opens = { have: true, should: published === undefined }
  return { code, have, should: published ?? lines.length, unknown: null, opens }
}

/** The facts of some of the contracts only: of a team, of a doctor. What only a community can tell is unknown then. */
export function narrow(f: Facts, keep: (c: Signed) => boolean, satisfaction: Facts['satisfaction']): Facts {
  const contracts = f.contracts.filter(keep)
  const ids = new Set(contracts.map((c) => c.id))
  const people = new Set(contracts.map((c) => c.residentId))
  return {
    ...{ ...f, contracts, registered: null, population: null, satisfaction },
    services: f.services.filter((one) => ids.has(one.contractId)),
    visits: f.visits.filter((one) => people.has(one.residentId)),
    controlled: f.controlled?.filter((one) => people.has(one.residentId)) ?? null,
  }
}
