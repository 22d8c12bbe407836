import type { Entitlement } from '@tongmai/api/benefit/estimate'
import { type EntitlementRule, entitlementCode } from '@tongmai/api/benefit/rule'

/** What decides on waivers and priorities. */
export interface Claim {
  readonly age: number | null
  readonly critical: boolean
  readonly contracted: boolean
  readonly referred: boolean
  /** Kind of green channel, where one is open. */
  readonly kind: string | null
  readonly on: string
}

/** The first thing a rule asks for and the claim does not have; undefined where it has all. */
function wanting(rule: EntitlementRule, claim: Claim): string | undefined {
  if (rule.minAge !== null && claim.age === null) return 'age-unknown'
  if (rule.minAge !== null && (claim.age ?? 0) < rule.minAge) return 'too-young'
  if (rule.critical && !claim.critical) return 'not-critical'
  if (rule.contracted && !claim.contracted) return 'not-contracted'
  if (rule.referred && !claim.referred) return 'not-referred'
  if (rule.kind !== null && rule.kind !== claim.kind) return 'other-kind'
  return undefined
}

const isInForce = (rule: EntitlementRule, on: string): boolean =>
  (rule.since === null || rule.since <= on) && (rule.until === null || on <= rule.until)

/** For every waiver and priority whether it is granted, why or why not, and by which rule; `no-rule` where none is kept. */
export function entitle(rules: readonly EntitlementRule[], claim: Claim): Entitlement[] {
  return entitlementCode.options.map((code) => {
    const own = rules.filter((rule) => rule.code === code && isInForce(rule, claim.on))
    const met = own.find((rule) => wanting(rule, claim) === undefined)
    if (met) return { code, granted: true, reason: 'granted', ruleId: met.id }
    const [nearest] = own
    const reason = nearest ? (wanting(nearest, claim) ?? 'no-rule') : 'no-rule'
    return { code, granted: false, reason, ruleId: nearest?.id ?? '' }
  })
}
