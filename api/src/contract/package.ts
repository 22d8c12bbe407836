import * as z from 'zod/mini'
import { type Api, byId, day, id, page, paging, text } from '../kernel.ts'

/** basic 基础包, primary 初级包, advanced 中高级包, personal 个性化包. */
export const packageLevel = z.enum(['basic', 'primary', 'advanced', 'personal'])
export type PackageLevel = z.output<typeof packageLevel>

/** Over which span a number of times is counted; `asNeeded` is a right without a number. */
export const servicePeriod = z.enum(['once', 'year', 'halfYear', 'quarter', 'month', 'asNeeded'])
export type ServicePeriod = z.output<typeof servicePeriod>

/** Whose part an item is. */
export const performer = z.enum(['physician', 'nurse', 'publicHealth', 'pharmacist', 'specialist', 'anyone'])
export type Performer = z.output<typeof performer>

/** What must be there before an item counts as done. */
export const evidenceKind = z.enum(['visitNote', 'measurement', 'photo', 'signature', 'placeAndTime'])
export type EvidenceKind = z.output<typeof evidenceKind>

/** Who pays: health insurance, public-health money, the person, commercial insurance. */
export const fundSource = z.enum(['insurance', 'publicHealth', 'personal', 'commercial'])
export type FundSource = z.output<typeof fundSource>

const fen = z.number().check(z.int(), z.minimum(0), z.maximum(100_000_000))
export const share = z.object({ source: fundSource, fen })
export type Share = z.output<typeof share>
/** What each source pays; no source twice. */
const shares = z.array(share).check(
  z.maxLength(4),
  z.refine((list) => new Set(list.map((one) => one.source)).size === list.length, { error: 'source-twice' }),
)

/** One service item of a package; `shares` are per time and their sum is its price. */
export const serviceItem = z.object({
  code: z.string().check(z.trim(), z.regex(/^[A-Za-z0-9-]{2,32}$/)),
  name: text(60),
  times: z.number().check(z.int(), z.minimum(1), z.maximum(366)),
  period: servicePeriod,
  performer,
  evidence: z.array(evidenceKind).check(z.maxLength(5)),
  shares: z._default(shares, []),
})
export type ServiceItem = z.output<typeof serviceItem>

/** For whom a personal package is meant; null for everybody. */
export const priorityGroup = z.enum([
  'elderly',
  'pregnant',
  'child',
  'disabled',
  'mentalDisorder',
  'hypertension',
  'diabetes',
  'tuberculosis',
  'copd',
  'poverty',
  'familyPlanningSpecial',
])
export type PriorityGroup = z.output<typeof priorityGroup>

export const packageForm = z.object({
  /** Stays the same over the versions of one package. */
  code: z.string().check(z.trim(), z.regex(/^[A-Za-z0-9-]{2,32}$/)),
  name: text(60),
  level: packageLevel,
  group: z._default(z.nullable(priorityGroup), null),
  /** A year's fee beside what the items cost one by one. */
  fee: z._default(shares, []),
  items: z.array(serviceItem).check(
    z.minLength(1),
    z.maxLength(60),
    z.refine((list) => new Set(list.map((one) => one.code)).size === list.length, { error: 'item-twice' }),
  ),
  since: day,
  until: z._default(z.nullable(day), null),
})
export type PackageForm = z.output<typeof packageForm>

export const servicePackage = z.extend(packageForm, {
  id,
  institutionId: id,
  institution: z.string(),
  version: z.number(),
  /** A year's fee with all items, by source. */
  yearFen: z.number(),
  personalFen: z.number(),
})
export type ServicePackage = z.output<typeof servicePackage>

export const packageApi = {
  listPackages: {
    method: 'GET',
    path: '/service-packages',
    summary: 'The packages of an institution: those in force on a day, or every version.',
    may: 'contract.read',
    query: z.object({
      institutionId: z.optional(id),
      on: z.optional(day),
      code: z.optional(text(32)),
      ...paging,
    }),
    returns: page(servicePackage),
  },
  publishPackage: {
    method: 'POST',
    path: '/service-packages',
    summary: 'Publishes a package, or the next version of one; the version before ends the day before.',
    may: 'contract.manage',
    body: packageForm,
    returns: servicePackage,
  },
  endPackage: {
    method: 'POST',
    path: '/service-packages/:id/end',
    summary: 'From the day after, nobody signs this package any more; who has signed keeps it.',
    may: 'contract.manage',
    params: byId,
    body: z.object({ until: day }),
    returns: servicePackage,
  },
} as const satisfies Api
