import type { specialtyApi } from '@tongmai/api/referral/specialty'
import { dayOf } from '../../../kernel/day.ts'
import type { Actions } from '../../../kernel/module.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { lineFor } from '../propose-specialty.ts'
import * as store from '../store/specialty.ts'

/** Which specialty a diagnosis proposes, and the table behind it. */
export const specialties: Actions<typeof specialtyApi> = {
  listSpecialties: (ctx) => store.listSpecialties(ctx),

  async writeSpecialty(ctx, { body }) {
    if (body.since < dayOf(ctx.now)) {
      const fields = [{ path: 'body.since', problem: 'passed' }]
      refuse('unprocessable', 'referral.date-passed', { fields })
    }
    if (body.first > body.last) {
      const fields = [{ path: 'body.last', problem: 'referral.range-backwards' }]
      refuse('unprocessable', 'referral.range-backwards', { fields })
    }
    return store.putSpecialty(ctx, body)
  },

  async proposeSpecialty(ctx, { query }) {
    const line = lineFor(await store.listSpecialties(ctx), query.diagnosis, dayOf(ctx.now))
    if (!line?.specialty) return null
    const { specialty, first, last, since, source } = line
    return { specialty, first, last, since, source }
  },
}
