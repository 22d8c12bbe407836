import type {
  BenefitLevel,
  CareKind,
  InsuranceRule,
  InsuranceScheme,
  InsuredCategory,
} from '@tongmai/api/benefit/rule'

/** By what a rule is chosen, on the day of the fact. */
export interface Occasion {
  readonly scheme: InsuranceScheme
  readonly category: InsuredCategory
  readonly level: BenefitLevel
  readonly kind: CareKind
  readonly contracted: boolean
  readonly referred: boolean
  readonly on: string
}

const isInForce = (rule: InsuranceRule, on: string): boolean =>
  (rule.since === null || rule.since <= on) && (rule.until === null || on <= rule.until)

const fits = (rule: InsuranceRule, occasion: Occasion): boolean =>
  rule.level === occasion.level &&
  rule.kind === occasion.kind &&
  ['any', occasion.scheme].includes(rule.scheme) &&
  ['any', occasion.category].includes(rule.category) &&
  ['any', occasion.contracted ? 'yes' : 'no'].includes(rule.contracted) &&
  ['any', occasion.referred ? 'referred' : 'notReferred'].includes(rule.referral) &&
  isInForce(rule, occasion.on)

/** How many conditions a rule names; what names more is meant more exactly. */
const exactness = (rule: InsuranceRule): number =>
  [rule.scheme, rule.category, rule.contracted, rule.referral].filter((one) => one !== 'any').length

/** The rule of this occasion: the most exact that fits, of equals the latest; null where none fits. */
export function chooseRule(rules: readonly InsuranceRule[], occasion: Occasion): InsuranceRule | null {
  let best: InsuranceRule | null = null
  for (const rule of rules) {
    if (!fits(rule, occasion)) continue
    const more = best === null ? 1 : exactness(rule) - exactness(best)
    if (more > 0 || (more === 0 && (rule.since ?? '') > (best?.since ?? ''))) best = rule
  }
  return best
}

/** What decides an institution's level: its own tier and division, and where the insured person's area lies. */
export interface Place {
  readonly tier: 'tertiary' | 'secondary' | 'primary' | null
  readonly division: string | null
}

/** The level under which an area's rules see an institution; null where it is not known. */
export function levelOf(place: Place, areaDivision: string | null): BenefitLevel | null {
  if (areaDivision === null || place.division === null) return null
  if (place.division.startsWith(areaDivision)) return place.tier
  return place.division.slice(0, 2) === areaDivision.slice(0, 2) ? 'outsideArea' : 'outsideProvince'
}

const ranks = { primary: 1, secondary: 2, tertiary: 3 } as const

/** Which way it goes from one tier to another; null where one of them is unknown. */
export function directionOf(from: Place['tier'], to: Place['tier']): 'up' | 'down' | 'sideways' | null {
  if (from === null || to === null) return null
  if (ranks[to] === ranks[from]) return 'sideways'
  return ranks[to] > ranks[from] ? 'up' : 'down'
}
