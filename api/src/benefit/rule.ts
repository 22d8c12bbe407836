import * as z from 'zod/mini'
import { type Api, byId, day, id, moment, page, paging, text } from '../kernel.ts'

/** 险种; `any` where a source does not distinguish. */
export const insuranceScheme = z.enum(['any', 'resident', 'employee'])
export type InsuranceScheme = z.output<typeof insuranceScheme>

/** 人员类别. */
export const insuredCategory = z.enum(['any', 'general', 'retired', 'minor', 'assisted'])
export type InsuredCategory = z.output<typeof insuredCategory>

/** 机构级别 as insurance rules tell them apart; `tertiaryCity` and `tertiaryProvince` where an area splits the third. */
export const benefitLevel = z.enum([
  'primary',
  'secondary',
  'tertiary',
  'tertiaryCity',
  'tertiaryProvince',
  'outsideArea',
  'outsideProvince',
])
export type BenefitLevel = z.output<typeof benefitLevel>

export const careKind = z.enum(['outpatient', 'inpatient'])
export type CareKind = z.output<typeof careKind>

/** Whether a rule asks for a contract; `any` where it makes no difference. */
export const contractCondition = z.enum(['any', 'yes', 'no'])
/** Whether a rule asks for a valid referral. */
export const referralCondition = z.enum(['any', 'referred', 'notReferred'])

/** In force here, a made-up set for the demonstration, or another place's set to look at. */
export const standing = z.enum(['local', 'demonstration', 'example'])
export type Standing = z.output<typeof standing>

const fen = z.number().check(z.int(), z.minimum(0), z.maximum(100_000_000))
/** Hundredths of a percent: 8500 is 85 %. */
const basisPoints = z.number().check(z.int(), z.minimum(0), z.maximum(10_000))

const key = {
  /** 统筹区. */
  area: text(40),
  scheme: insuranceScheme,
  category: insuredCategory,
  level: benefitLevel,
  kind: careKind,
  contracted: contractCondition,
  referral: referralCondition,
}
/** What the source gives; null is unknown and an estimate says so. */
const values = {
  deductibleFen: z.nullable(fen),
  ratioBp: z.nullable(basisPoints),
  /** Where the source gives a range instead of a ratio. */
  ratioMinBp: z.nullable(basisPoints),
  ratioMaxBp: z.nullable(basisPoints),
  capFen: z.nullable(fen),
  source: text(200),
  note: z.nullable(text(500)),
}

export const insuranceRule = z.object({
  id,
  ...key,
  ...values,
  standing,
  /** Null where the source gives no beginning, or no end. */
  since: z.nullable(day),
  until: z.nullable(day),
})
export type InsuranceRule = z.output<typeof insuranceRule>

export const poolingArea = z.object({
  area: z.string(),
  /** First digits of its divisions; null where unknown, then no institution is known to lie in it. */
  division: z.nullable(z.string()),
  standing,
  note: z.nullable(z.string()),
  rules: z.number(),
  /** Within how many days two stays are one episode today; null is unknown. */
  gapDays: z.nullable(z.number()),
  gapSource: z.nullable(z.string()),
})
export type PoolingArea = z.output<typeof poolingArea>

export const entitlementCode = z.enum([
  'treatFirstPayLater',
  'noRegistrationFee',
  'noDeductible',
  'priorityClinic',
  'priorityBed',
  'freeTransport',
])
export type EntitlementCode = z.output<typeof entitlementCode>

/** A waiver or priority and everything it asks for; null asks for nothing. */
export const entitlementRule = z.object({
  id,
  code: entitlementCode,
  minAge: z.nullable(z.number()),
  critical: z.boolean(),
  contracted: z.boolean(),
  referred: z.boolean(),
  /** Kind of green channel, where only one gives it. */
  kind: z.nullable(z.string()),
  source: z.string(),
  since: z.nullable(day),
  until: z.nullable(day),
})
export type EntitlementRule = z.output<typeof entitlementRule>

const claimed = {
  minAge: z.nullable(z.number().check(z.int(), z.minimum(0), z.maximum(130))),
  critical: z.boolean(),
  contracted: z.boolean(),
  referred: z.boolean(),
  kind: z.nullable(text(40)),
  source: text(200),
}

/** Who changed a rule, from what to what; null where there was none, or is none any more. */
export const benefitChange = z.object({
  id,
  at: moment,
  what: z.enum(['insuranceRule', 'entitlementRule', 'diagnosisGroup', 'gap']),
  subject: z.string(),
  by: z.string(),
  institution: z.nullable(z.string()),
  since: z.nullable(day),
  before: z.nullable(z.record(z.string(), z.unknown())),
  after: z.nullable(z.record(z.string(), z.unknown())),
})
export type BenefitChange = z.output<typeof benefitChange>

const number = z.coerce.number().check(z.int(), z.minimum(0), z.maximum(1_000_000_000))
/** What one bill would be shared into, by the rule as it is and by the values that are being typed. */
export const ruleTrial = z.object({
  before: z.object({ insuranceFen: z.nullable(z.number()), ownFen: z.nullable(z.number()) }),
  after: z.object({ insuranceFen: z.nullable(z.number()), ownFen: z.nullable(z.number()) }),
})
export type RuleTrial = z.output<typeof ruleTrial>

const read = 'benefit.read'
const manage = 'benefit.manage'

export const ruleApi = {
  listAreas: {
    method: 'GET',
    path: '/pooling-areas',
    summary: 'Pooling areas whose insurance rules are kept',
    may: read,
    query: z.object(paging),
    returns: page(poolingArea),
  },
  enterArea: {
    method: 'POST',
    path: '/pooling-areas',
    summary: 'Enters a pooling area, so that rules and residents may name it',
    may: manage,
    body: z.object({
      area: text(40),
      division: z.nullable(z.string().check(z.regex(/^[0-9]{2,12}$/))),
      note: z.nullable(text(500)),
    }),
    returns: z.object({ area: z.string() }),
  },
  setGap: {
    method: 'POST',
    path: '/pooling-areas/gap',
    summary: 'From a day on, within how many days two stays of an area are one episode',
    may: manage,
    body: z.object({
      area: text(40),
      gapDays: z.number().check(z.int(), z.minimum(0), z.maximum(365)),
      since: day,
      source: text(200),
    }),
    returns: z.object({ area: z.string() }),
  },
  listRules: {
    method: 'GET',
    path: '/insurance-rules',
    summary: 'Insurance rules of an area, in force on a day or all versions',
    may: read,
    query: z.object({
      ...paging,
      area: z.optional(text(40)),
      level: z.optional(benefitLevel),
      kind: z.optional(careKind),
      /** Only what is in force on this day; all versions without it. */
      on: z.optional(day),
    }),
    returns: page(insuranceRule),
  },
  addRule: {
    method: 'POST',
    path: '/insurance-rules',
    summary: 'Adds a rule with its source; refused where one of the same key is in force in that time',
    may: manage,
    body: z.object({ ...key, ...values, since: day, until: z.nullable(day) }),
    returns: insuranceRule,
  },
  replaceRule: {
    method: 'POST',
    path: '/insurance-rules/:id/replace',
    summary: 'From a day on another version holds; the present one ends the day before',
    may: manage,
    params: byId,
    body: z.object({ ...values, since: day }),
    returns: insuranceRule,
  },
  endRule: {
    method: 'POST',
    path: '/insurance-rules/:id/end',
    summary: 'The rule holds until this day and has no successor',
    may: manage,
    params: byId,
    body: z.object({ until: day }),
    returns: insuranceRule,
  },
  tryRule: {
    method: 'GET',
    path: '/insurance-rules/:id/try',
    summary: 'One bill by the rule as it is and by other values, without changing anything',
    may: manage,
    params: byId,
    query: z.object({
      totalFen: z._default(number, 1_000_000),
      deductibleFen: z.optional(number),
      ratioBp: z.optional(number.check(z.maximum(10_000))),
      capFen: z.optional(number),
    }),
    returns: ruleTrial,
  },
  addEntitlementRule: {
    method: 'POST',
    path: '/entitlement-rules',
    summary: 'Adds a waiver or priority with all that it asks for, from a day on',
    may: manage,
    body: z.object({ code: entitlementCode, ...claimed, since: day, until: z.nullable(day) }),
    returns: entitlementRule,
  },
  replaceEntitlementRule: {
    method: 'POST',
    path: '/entitlement-rules/:id/replace',
    summary: 'From a day on another version holds; the present one ends the day before',
    may: manage,
    params: byId,
    body: z.object({ ...claimed, since: day }),
    returns: entitlementRule,
  },
  endEntitlementRule: {
    method: 'POST',
    path: '/entitlement-rules/:id/end',
    summary: 'The waiver or priority holds until this day and has no successor',
    may: manage,
    params: byId,
    body: z.object({ until: day }),
    returns: entitlementRule,
  },
  listBenefitChanges: {
    method: 'GET',
    path: '/benefit-changes',
    summary: 'Who changed which rule of benefits, from what to what, the newest first',
    may: read,
    query: z.object(paging),
    returns: page(benefitChange),
  },
  listEntitlementRules: {
    method: 'GET',
    path: '/entitlement-rules',
    summary: 'Waivers and priorities, and what each asks for',
    may: read,
    query: z.object(paging),
    returns: page(entitlementRule),
  },
} as const satisfies Api
