import type { StepRecord } from '@tongmai/api/careplan/following-pathway'
import type { Ctx } from '../../../kernel/ctx.ts'
import { lastOf, type Rebuild } from '../../../kernel/resource/owner.ts'
import { project } from '../../../kernel/resource/project.ts'
import { toPathwayPlan, toPlanDefinition } from '../fhir-pathway.ts'
import * as followed from '../store/followed-pathway.ts'
import { listAfter, listGuidelines, type PathwayRow, read } from '../store/pathway.ts'

/** Puts a pathway that is or was in force into the FHIR store. */
export async function showPathway(ctx: Ctx, row: PathwayRow): Promise<void> {
  const guidelines = new Map((await listGuidelines(ctx)).map((one) => [one.code, one]))
  await project(ctx, { resource: toPlanDefinition(row, guidelines), institutionId: row.institutionId })
}

/** Puts a resident's pathway into the FHIR store as it stands. */
export async function showFollowed(
  ctx: Ctx,
  on: { row: followed.FollowedRow; pathway: PathwayRow; records: readonly StepRecord[] },
): Promise<void> {
  const { residentId, institutionId } = on.row
  await project(ctx, { resource: toPathwayPlan(on), residentId, institutionId })
}

export async function rebuildPathways(ctx: Ctx, after: string | null, limit: number): Promise<string | null> {
  const rows = await listAfter(ctx, after, limit)
  for (const row of rows) await showPathway(ctx, row)
  return lastOf(rows, limit)
}

export const rebuildFollowed: Rebuild['run'] = async (ctx, after, limit) => {
  const rows = await followed.listAfter(ctx, after, limit)
  for (const row of rows) {
    const records = await followed.listRecords(ctx, { residentId: row.residentId, followedId: row.id })
    await showFollowed(ctx, { row, pathway: await read(ctx, row.pathwayId), records })
  }
  return lastOf(rows, limit)
}
