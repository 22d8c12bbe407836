import type { Ledger, LedgerRow, ledgerApi } from '@tongmai/api/recognition/ledger'
import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Actions } from '../../../kernel/module.ts'
import { cards } from '../../resident/index.ts'
import { sightOf } from '../policy.ts'
import * as store from '../store/decision.ts'

/** A part of a whole in hundredths of a percent; null of nothing. */
const share = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.round((part * 10_000) / whole)

/**
 * Adds the indicators (互认率 = 采纳次数 ÷ 提醒次数; 重复检查率 = 有效期内重复开单 ÷ 开单数, where orders are what was
 * really ordered: what was recognised was not).
 */
const withShares = (row: store.Counted): LedgerRow => ({
  ...row,
  recognisedBp: share(row.recognised, row.prompts),
  repeatedBp: share(row.reordered, row.orders - row.recognised),
})

const nothing = (): store.Counted => ({
  ...{ key: '', label: '', orders: 0, prompts: 0, recognised: 0, reordered: 0 },
  ...{ savedFen: 0, savedDoseUsv: 0, savedDays: 0, priceUnknown: 0 },
})

const isParty = (ctx: Ctx, row: store.DecisionRow): boolean =>
  row.institutionId === ctx.actor.institutionId || row.resultInstitutionId === ctx.actor.institutionId

export const ledger: Actions<typeof ledgerApi> = {
  readLedger: (ctx, { query }) =>
    asSystem(ctx, async (all): Promise<Ledger> => {
      const sight = sightOf(ctx.actor)
      const [total = nothing()] = await store.sum(all, sight, { ...query, by: null })
      const { key: _, label: __, ...counts } = withShares(total)
      return { total: counts, rows: (await store.sum(all, sight, query)).map(withShares) }
    }),

  async listDecisions(ctx, { query }) {
    const { items, total } = await asSystem(ctx, (all) => store.list(all, sightOf(ctx.actor), query))
    const mine = items.filter((row) => isParty(ctx, row))
    const known = await cards(
      ctx,
      mine.map(({ residentId }) => residentId),
    )
    return {
      items: items.map(({ residentId, ...row }) => {
        const whole = { ...row, residentId }
        const party = isParty(ctx, whole)
        return {
          ...row,
          resident: (party && known.get(residentId)) || null,
          // What was measured is the resident's: others than the parties see that it was, not what.
          resultValue: party ? row.resultValue : null,
          resultId: party ? row.resultId : null,
          answerId: party ? row.answerId : null,
        }
      }),
      total,
    }
  },
}
