import {
  type Arrangement,
  arrangement,
  type Ending,
  ending,
  type FollowUp,
  followUp,
  type Outcome,
  outcome,
  type ReferralForm,
  type ReturnNote,
  referralForm,
  returnNote,
} from '@tongmai/api/referral/shape'
import type { Selectable } from 'kysely'
import * as z from 'zod/mini'
import type { ReferralTables } from '../tables.ts'

type Stored = Selectable<ReferralTables['referral.referral']>
interface Documents {
  form: ReferralForm
  returnNote: ReturnNote | null
  arrangement: Arrangement | null
  outcome: Outcome | null
  followUp: FollowUp | null
  ending: Ending | null
}

/** A referral as the module works with it: the row, its documents decoded. */
export type ReferralRow = Omit<Stored, keyof Documents> & Documents

const maybe = <S extends z.ZodMiniType>(schema: S, stored: unknown): z.output<S> | null =>
  stored === null || stored === undefined ? null : z.decode(schema, stored as z.input<S>)

/** Decodes the documents of a row: their moments become `Date`. */
export const readRow = (row: Stored): ReferralRow => ({
  ...row,
  form: z.decode(referralForm, row.form as z.input<typeof referralForm>),
  returnNote: maybe(returnNote, row.returnNote),
  arrangement: maybe(arrangement, row.arrangement),
  outcome: maybe(outcome, row.outcome),
  followUp: maybe(followUp, row.followUp),
  ending: maybe(ending, row.ending),
})

const schemas = { form: referralForm, returnNote, arrangement, outcome, followUp, ending } as const

type Written<T> = { [K in keyof T]: K extends keyof Documents ? string | null : T[K] }

/** Encodes the documents among some values as JSON text; the rest stays as it is. */
export function writeRow<T extends Partial<ReferralRow>>(values: T): Written<T> {
  const written: Record<string, unknown> = { ...values }
  for (const [name, schema] of Object.entries(schemas)) {
    const value = written[name]
    if (value !== null && value !== undefined) {
      written[name] = JSON.stringify(z.encode(schema as z.ZodMiniType, value as never))
    }
  }
  return written as Written<T>
}
