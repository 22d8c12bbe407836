import type { Ctx } from '../../../kernel/ctx.ts'
import type { Standing } from '../../contract/index.ts'

/** The highest risk of all programmes, and the latest of open alerts and of a last follow-up that went badly. */
const STANDING = `select w.id as "residentId", enrolled.risk, bad.what, bad.at, bad.critical
  from unnest($1::uuid[]) w (id)
  left join lateral (select e.risk from careplan.enrolment e where e.resident_id = w.id and e.status = 'active'
    order by array_position(array['low', 'medium', 'high', 'veryHigh'], e.risk) desc limit 1) enrolled on true
  left join lateral (
    select x.what, x.at, x.critical from (
      select a.name as what, a.last_at as at, a.level = 'critical' as critical
        from careplan.alert a where a.resident_id = w.id and a.status = 'open'
      union all
      select p.name || '随访', (e.last_on::text || 'T00:00:00+08:00')::timestamptz, e.last_verdict = 'critical'
        from careplan.enrolment e join lateral (select p.name from careplan.programme p where p.code = e.programme
          order by p.since desc limit 1) p on true
        where e.resident_id = w.id and e.status = 'active' and e.last_verdict in ('unsatisfactory', 'critical')) x
    order by x.critical desc, x.at desc limit 1) bad on true
  where enrolled.risk is not null or bad.what is not null`

/** How these residents stand; who is in no programme and has no open alert is not in the answer. */
export async function standingOf(
  ctx: Ctx,
  { residentIds }: { readonly residentIds: readonly string[] },
): Promise<Standing[]> {
  const { rows } = await ctx.client.query<{
    residentId: string
    risk: Standing['risk']
    what: string | null
    at: Date
    critical: boolean
  }>({ name: 'careplan-standing', text: STANDING, values: [residentIds] })
  return rows.map(({ residentId, risk, what, at, critical }) => ({
    ...{ residentId, risk },
    badly: what === null ? null : { what, at, critical },
  }))
}
