import type { CareDirection, Estimate } from '@tongmai/api/benefit/estimate'
import type {
  BenefitLevel,
  CareKind,
  EntitlementRule,
  InsuranceRule,
  InsuranceScheme,
  InsuredCategory,
} from '@tongmai/api/benefit/rule'
import { chooseRule, directionOf, levelOf, type Place } from './choose-rule.ts'
import { type Chain, deductibleOf } from './deductible-chain.ts'
import { entitle } from './entitle.ts'
import { type Expected, estimateCost } from './estimate-cost.ts'

/** What is asked: of whom (or of what category), for what, on which day. */
export interface Need {
  readonly residentId: string | null
  /** Where no resident is given, or in place of what is recorded. */
  readonly insured?: { area: string; scheme: InsuranceScheme; category: InsuredCategory } | undefined
  readonly age?: number | null | undefined
  readonly kind: CareKind
  readonly on: string
  /** A diagnosis group's code, or an ICD-10 code. */
  readonly diagnosis?: string | undefined
  readonly totalFen?: number | undefined
  /** Left out: as the resident's contract says; without a resident there is none. */
  readonly contracted?: boolean | undefined
  readonly referred: boolean
  readonly critical?: boolean | undefined
  /** Left out: by the tiers of the stay before and of the destination. */
  readonly direction?: CareDirection | null | undefined
  readonly episode?: string | null | undefined
}

/** A stay before, as the chain needs it. */
export interface EarlierStay {
  readonly episode: string
  readonly tier: Place['tier']
  readonly admittedOn: string
  readonly dischargedOn: string | null
  readonly deductiblePaidFen: number | null
  readonly insurancePaidFen?: number | null
}

/** Everything estimates are made from; one query brings it for any number of destinations. */
export interface Facts {
  readonly insured: {
    area: string
    scheme: InsuranceScheme
    category: InsuredCategory
    division: string | null
    gapDays: number | null
  } | null
  readonly birthDate: string | null
  /** The latest statement of how much of the year's cap was used. */
  readonly capUse: { readonly asOf: string; readonly usedFen: number } | null
  readonly rules: readonly InsuranceRule[]
  readonly entitlementRules: readonly EntitlementRule[]
  /** The latest first. */
  readonly stays: readonly EarlierStay[]
  /** The usual bill of the diagnosis by tier; `items` where the group is known, `missing` where a price is wanting. */
  readonly typical: readonly {
    tier: string
    totalFen: number
    coveredFen: number | null
    items: number
    missing: number
  }[]
  readonly places: readonly ({ institutionId: string; name: string } & Place)[]
}

/** Whole years of age on a day. */
export function ageOn(birthDate: string | null, on: string): number | null {
  if (birthDate === null) return null
  const years = Number(on.slice(0, 4)) - Number(birthDate.slice(0, 4))
  return on.slice(5) < birthDate.slice(5) ? years - 1 : years
}

const dayNumber = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 86_400_000

/** The bill to expect at an institution of this tier. */
function expectedAt(facts: Facts, need: Need, tier: Place['tier']): Expected {
  if (need.totalFen !== undefined)
    return {
      ...{ totalFen: need.totalFen, coveredFen: null, from: 'given', note: '' },
      unknown: ['covered'],
    }
  const typical = facts.typical.find((one) => one.tier === tier)
  if (!typical || typical.missing > 0)
    return {
      ...{ totalFen: null, coveredFen: null, from: 'unknown', note: '' },
      unknown: [typical ? 'tariff' : 'total'],
    }
  const { totalFen, coveredFen, items } = typical
  const unknown = coveredFen === null ? ['covered'] : []
  return { totalFen, coveredFen, from: 'typical', note: String(items), unknown }
}

/** The stays of the episode that this one would continue. */
function episodeOf(facts: Facts, need: Need): readonly EarlierStay[] {
  const episode = need.episode ?? facts.stays[0]?.episode
  return facts.stays.filter((one) => one.episode === episode)
}

function chainTo(facts: Facts, need: Need, tier: Place['tier']): Omit<Chain, 'fullFen' | 'waived'> {
  const stays = need.kind === 'inpatient' ? episodeOf(facts, need) : []
  const [last] = stays
  const paid = stays.map((one) => one.deductiblePaidFen)
  const ended = last?.dischargedOn ?? null
  return {
    direction: need.direction ?? (last ? directionOf(last.tier, tier) : null),
    referred: need.referred,
    stays: stays.length,
    paidFen: paid.reduce<number | null>((sum, one) => (sum === null || one === null ? null : sum + one), 0),
    // Still in hospital: the next stay follows at once.
    gapDays: last ? Math.max(0, ended === null ? 0 : dayNumber(need.on) - dayNumber(ended)) : null,
    gapLimitDays: facts.insured?.gapDays ?? null,
    continues: Boolean(need.episode) && need.kind === 'inpatient',
  }
}

/**
 * How much of the year's cap is used, in fen: the latest statement and what stays have added since; null where nothing
 * was stated this year, or a stay since then does not say what insurance paid.
 */
export function capUsed({ capUse, stays }: Pick<Facts, 'capUse' | 'stays'>, need: Need): number | null {
  if (!capUse) return null
  if (need.kind === 'outpatient') return capUse.usedFen
  const since = stays.filter(({ dischargedOn }) => dischargedOn !== null && dischargedOn > capUse.asOf)
  return since.reduce<number | null>(
    (sum, { insurancePaidFen }) =>
      sum === null || typeof insurancePaidFen !== 'number' ? null : sum + insurancePaidFen,
    capUse.usedFen,
  )
}

export interface Estimated {
  readonly institutionId: string
  readonly name: string
  readonly level: BenefitLevel | null
  readonly rule: InsuranceRule | null
  readonly estimate: Estimate
}

/** What care costs at a place of this tier and division; reckoned once for all that are alike to the rules. */
export type EstimateFor = (place: Place) => Pick<Estimated, 'level' | 'rule' | 'estimate'>

/** Reckons in memory from facts that were read once. */
export function estimator(facts: Facts, need: Need): EstimateFor {
  const { insured } = facts
  const contracted = need.contracted ?? false
  const age = need.age ?? ageOn(facts.birthDate, need.on)
  const claim = { age, critical: need.critical ?? false, contracted, referred: need.referred }
  const granted = entitle(facts.entitlementRules, { ...claim, kind: null, on: need.on })
  const waived = granted.some((one) => one.code === 'noDeductible' && one.granted)
  const usedFen = capUsed(facts, need)
  const made = new Map<string, ReturnType<EstimateFor>>()
  const make = (place: Place, level: BenefitLevel | null): ReturnType<EstimateFor> => {
    const occasion = insured && level && { ...insured, level, kind: need.kind, contracted }
    const rule = occasion
      ? chooseRule(facts.rules, { ...occasion, referred: need.referred, on: need.on })
      : null
    const chain = { ...chainTo(facts, need, place.tier), fullFen: rule?.deductibleFen ?? null, waived }
    const estimate = estimateCost(expectedAt(facts, need, place.tier), rule, deductibleOf(chain), usedFen)
    const unknown = [...new Set([...whyNoRule(insured, level, rule), ...estimate.unknown])]
    return { level, rule, estimate: { ...estimate, unknown } }
  }
  return (place) => {
    const level = insured && levelOf(place, insured.division)
    const key = `${place.tier} ${level}`
    const known = made.get(key) ?? make(place, level)
    made.set(key, known)
    return known
  }
}

/** Estimates for all destinations at once. */
export function estimateEach(facts: Facts, need: Need): Estimated[] {
  const at = estimator(facts, need)
  return facts.places.map((place) => ({
    institutionId: place.institutionId,
    name: place.name,
    ...at(place),
  }))
}

function whyNoRule(insured: Facts['insured'], level: BenefitLevel | null, rule: InsuranceRule | null) {
  if (rule) return []
  if (!insured) return ['insured']
  return [level ? 'rule' : 'level']
}
