import type { QualityTerms, qualityApi, ScoreRow } from '@tongmai/api/record/quality'
import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import type { Actions } from '../../../kernel/module.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { isResourceType } from '../../../kernel/resource/shape.ts'
import { cards } from '../../resident/index.ts'
import { shippedCodes } from '../index/shipped.ts'
import { faultOf } from '../judge-quality.ts'
import { listSightOf, sightOf } from '../policy.ts'
import * as store from '../store/quality.ts'
import { countOpen, listFindings } from '../store/quality-finding.ts'
import type { Stray } from '../stray-element.ts'
import { tryRule } from './judging.ts'

/** Adds the score: what passed of what was checked, each check by its weight. */
const withScore = ({ weighed, missed, ...row }: store.Counted): ScoreRow => ({
  ...row,
  scoreBp: weighed === 0 ? null : Math.round(((weighed - missed) * 10_000) / weighed),
})

const nothing: store.Counted = { key: '', label: '', checked: 0, failed: 0, weighed: 0, missed: 0 }

/** Refuses terms that cannot be judged by, naming what is wrong. */
function requireUsable(terms: QualityTerms): void {
  if (!isResourceType(terms.type)) refuseTerm('type', 'no-such-type')
  const fault = faultOf(terms, shippedCodes)
  if (fault?.stray) refuseElement(fault.part, fault.stray)
  if (fault) refuseTerm(fault.part, fault.part === 'parameter' ? 'bad-rule-parameter' : 'bad-rule-expression')
}

const refuseTerm = (path: string, problem: string) =>
  refuse('invalid', `record.${problem}`, {
    fields: [{ path: `body.${path}`, problem: `record.${problem}` }],
  })

const refuseElement = (path: string, { element, near }: Stray) =>
  refuse('invalid', near ? 'record.misspelled-element' : 'record.no-such-element', {
    fields: [{ path: `body.${path}`, problem: 'record.element-not-there' }],
    details: near ? { element, near } : { element },
  })

export const quality: Actions<typeof qualityApi> = {
  readQualityScores: (ctx, { query }) =>
    asSystem(ctx, async (all) => {
      const sight = sightOf(ctx.actor)
      const { by, from, to, ...narrow } = query
      const [total = nothing] = await store.sum(all, sight, { ...query, by: null })
      const { key: _, label: __, ...counts } = withScore(total)
      const dimensions = await store.sum(all, sight, { ...query, by: 'dimension' })
      return {
        total: { ...counts, open: await countOpen(all, sight, narrow) },
        dimensions: dimensions.map(withScore),
        rows: (await store.sum(all, sight, { by, from, to, ...narrow })).map(withScore),
      }
    }),

  readQualityTrend: (ctx, { query }) =>
    asSystem(ctx, async (all) => {
      const steps = await store.sumSteps(all, sightOf(ctx.actor), query)
      return steps.map(({ at, ...counted }) => ({ at, ...withScore(counted) }))
    }),

  async listQualityFindings(ctx, { query }) {
    const sight = listSightOf(ctx.actor)
    const { items, total } = await asSystem(ctx, (all) => listFindings(all, sight, query))
    const known = await cards(
      ctx,
      items.flatMap(({ residentId }) => residentId ?? []),
    )
    return {
      items: items.map(({ residentId, ...row }) => ({
        ...row,
        resident: (residentId !== null && known.get(residentId)) || null,
      })),
      total,
    }
  },

  listQualityRules: (ctx, { query }) => store.listRules(ctx, { ...query, on: query.on ?? dayOf(ctx.now) }),

  async setQualityRule(ctx, { params: { code }, body }) {
    requireUsable(body)
    if (body.since < dayOf(ctx.now)) refuse('invalid', 'record.rule-in-the-past')
    const editions = await store.editionsOf(ctx, code)
    const [before] = editions
    if (before && (before.type !== body.type || before.dimension !== body.dimension))
      refuse('conflict', 'record.rule-of-another-kind')
    await store.setRule(ctx, code, body)
    return { ...body, code, until: null }
  },

  async tryQualityRule(ctx: Ctx, { body }) {
    requireUsable(body)
    return tryRule(ctx, body)
  },
}
