import type { ActRule } from '@tongmai/api/workforce/practitioner'
import type { Ctx } from '../../../kernel/ctx.ts'
import { refuse } from '../../../kernel/refusal.ts'
import type { Holder } from '../licence-rule.ts'

/** Somebody's sites and licences, with the rules of a day. */
export interface Standing extends Holder {
  readonly external: boolean
  readonly rules: readonly ActRule[]
}

/** Written out and prepared, because nearly every clinical act asks it; days as texts, as they are compared. */
const text = `select p.kind, p.title, p.external,
    coalesce((select json_agg(json_build_object('institutionId', s.institution_id, 'since', s.since, 'until', s.until))
      from workforce.site s where s.practitioner_id = p.id), '[]') as sites,
    coalesce((select json_agg(json_build_object('id', l.id, 'kind', l.kind, 'numberMasked', l.number_masked,
        'scopes', l.scopes, 'since', l.since, 'until', l.until) order by l.kind, l.since desc)
      from workforce.licence l where l.practitioner_id = p.id), '[]') as licences,
    coalesce((select json_agg(json_build_object('act', r.act, 'kind', r.kind, 'since', r.since, 'until', r.until,
        'licences', r.licences, 'scopes', r.scopes, 'titles', r.titles, 'source', r.source) order by r.act, r.kind)
      from workforce.act_rule r where r.act = $2 and r.since <= $3 and (r.until is null or r.until >= $3)), '[]') as rules
  from workforce.practitioner p where p.id = $1`

/** All that decides whether this practitioner may do an act on a day, in one round trip; refused 404 where there is none. */
export async function findStanding(
  ctx: Ctx,
  asked: { practitionerId: string; act: string; day: string },
): Promise<Standing> {
  const { rows } = await ctx.client.query<Standing>({
    name: 'workforce-standing',
    text,
    values: [asked.practitionerId, asked.act, asked.day],
  })
  return rows[0] ?? refuse('missing', 'workforce.missing')
}
