import type { FindingPlace } from '@tongmai/api/record/quality'
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { nobody, tables } from './tables-of.ts'

/** What one check of one resource gave. */
export interface Check {
  readonly institutionId: string
  readonly type: string
  readonly resourceId: string
  readonly residentId: string | null
  readonly departmentId: string | null
  readonly practitionerId: string | null
  readonly day: string
  readonly rule: string
  readonly weight: number
  readonly failed: boolean
  readonly detail: string
  readonly places: readonly FindingPlace[]
}

/** Counts the checks, keeps what failed, and closes what no longer does. */
export async function keep(ctx: Ctx, checks: readonly Check[]): Promise<void> {
  await count(ctx, checks)
  const open = await openAmong(ctx, checks)
  const mended = checks.filter((check) => !check.failed && open.has(findingOf(check)))
  const found = checks.filter(({ failed }) => failed)
  if (mended.length > 0) await mend(ctx, mended)
  if (found.length > 0) await find(ctx, found)
}

const whereOf = ({ institutionId, day, rule, departmentId, practitionerId }: Check): string =>
  [institutionId, day, rule, departmentId, practitionerId].join(' ')
const findingOf = (one: Pick<Check, 'institutionId' | 'type' | 'resourceId' | 'rule'>): string =>
  [one.institutionId, one.type, one.resourceId, one.rule].join(' ')

async function count(ctx: Ctx, checks: readonly Check[]): Promise<void> {
  const rows = [...Map.groupBy(checks, whereOf).values()].map((same) => {
    const { institutionId, day, rule, departmentId, practitionerId, type } = same[0] as Check
    const failed = same.filter((check) => check.failed)
    const weight = (among: readonly Check[]) => among.reduce((all, one) => all + one.weight, 0)
    return {
      ...{ institutionId, day, rule, type },
      departmentId: departmentId ?? nobody,
      practitionerId: practitionerId ?? nobody,
      ...{ checked: same.length, failed: failed.length, weighed: weight(same), missed: weight(failed) },
    }
  })
  await sql`insert into record.quality_count as c
      (institution_id, day, rule, department_id, practitioner_id, type, checked, failed, weighed, missed)
    select "institutionId", day, rule, "departmentId", "practitionerId", type, checked, failed, weighed, missed
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) x ("institutionId" uuid, day date, rule text,
      "departmentId" uuid, "practitionerId" uuid, type text, checked int, failed int, weighed int, missed int)
    on conflict (institution_id, day, rule, department_id, practitioner_id) do update set
      checked = c.checked + excluded.checked, failed = c.failed + excluded.failed,
      weighed = c.weighed + excluded.weighed, missed = c.missed + excluded.missed`.execute(tables(ctx))
}

/** What is open of the resources checked, each under its rule. */
async function openAmong(ctx: Ctx, checks: readonly Check[]): Promise<ReadonlySet<string>> {
  const seen = new Map(checks.map((one) => [`${one.institutionId} ${one.type} ${one.resourceId}`, one]))
  const pick = (of: (one: Check) => string) => [...seen.values()].map(of)
  const { rows } = await sql<Parameters<typeof findingOf>[0]>`
    select f.institution_id as "institutionId", f.type, f.resource_id as "resourceId", f.rule
    from unnest(${pick((one) => one.institutionId)}::uuid[], ${pick((one) => one.type)}::text[],
        ${pick((one) => one.resourceId)}::text[]) x (institution_id, type, resource_id)
      join record.quality_finding f using (institution_id, type, resource_id)
    where f.mended_at is null`.execute(tables(ctx))
  return new Set(rows.map(findingOf))
}

const among = (checks: readonly Check[]) => sql`jsonb_to_recordset(${JSON.stringify(checks)}::jsonb) x
    ("institutionId" uuid, type text, "resourceId" text, rule text, "residentId" uuid, "departmentId" uuid,
      "practitionerId" uuid, detail text, places jsonb)`

const mend = (ctx: Ctx, checks: readonly Check[]) =>
  sql`update record.quality_finding f set mended_at = ${ctx.now} from ${among(checks)}
    where f.institution_id = x."institutionId" and f.type = x.type and f.resource_id = x."resourceId"
      and f.rule = x.rule`.execute(tables(ctx))

const find = (ctx: Ctx, checks: readonly Check[]) =>
  sql`insert into record.quality_finding (institution_id, type, resource_id, rule, resident_id, department_id, practitioner_id,
      detail, places, found_at)
    select "institutionId", type, "resourceId", rule, "residentId", coalesce("departmentId", ${nobody}::uuid),
      coalesce("practitionerId", ${nobody}::uuid), detail, places, ${ctx.now} from ${among(checks)}
    on conflict (institution_id, type, resource_id, rule) do update set detail = excluded.detail, places = excluded.places,
      mended_at = null,
      found_at = case when quality_finding.mended_at is null then quality_finding.found_at else excluded.found_at end`.execute(
    tables(ctx),
  )
