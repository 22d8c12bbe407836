import * as z from 'zod/mini'
import { type Api, day, moment, text } from '../kernel.ts'
import { specialty } from '../network/institution.ts'

const category = z.string().check(z.regex(/^[A-Z][0-9]{2}$/))
const lineFields = {
  /** The first and last category of ICD-10 that it speaks of. */
  first: category,
  last: category,
  /** Null: for these nothing is proposed. */
  specialty: z.nullable(specialty),
  source: text(200),
}

/** Which specialty diagnoses usually go to, from a day on. */
export const specialtyLine = z.object({
  ...lineFields,
  since: z.string(),
  until: z.nullable(z.string()),
  editedAt: z.nullable(moment),
  editedBy: z.nullable(z.string()),
})
export type SpecialtyLine = z.output<typeof specialtyLine>

/** The specialty that a diagnosis proposes, by the line that says so. */
export const specialtyProposal = z.object({
  specialty,
  first: z.string(),
  last: z.string(),
  since: z.string(),
  source: z.string(),
})
export type SpecialtyProposal = z.output<typeof specialtyProposal>

/** Diagnoses and the specialties they go to: data that offices keep. */
export const specialtyApi = {
  listSpecialties: {
    method: 'GET',
    path: '/diagnosis-specialties',
    summary: 'Every version of every range of diagnoses with the specialty that it proposes.',
    may: 'referral.read',
    returns: z.array(specialtyLine),
  },
  writeSpecialty: {
    method: 'POST',
    path: '/diagnosis-specialties',
    summary: 'Says from a day on which specialty a range of diagnoses proposes, or that it proposes none.',
    may: 'referral.rule',
    body: z.object({ ...lineFields, since: day }),
    returns: specialtyLine,
  },
  proposeSpecialty: {
    method: 'GET',
    path: '/referrals/specialty',
    summary: 'The specialty that the narrowest range with this diagnosis proposes; never forced.',
    may: 'referral.write',
    query: z.object({ diagnosis: z.string().check(z.trim(), z.regex(/^[A-Z][0-9]{2}[A-Z0-9.+x]{0,12}$/)) }),
    returns: z.nullable(specialtyProposal),
  },
} as const satisfies Api
