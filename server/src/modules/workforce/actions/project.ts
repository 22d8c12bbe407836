import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import type { Stored } from '../../../kernel/resource/owner.ts'
import { type Projection, project } from '../../../kernel/resource/project.ts'
import { practitionerResource, practitionerRoleResource } from '../fhir.ts'
import * as licences from '../store/licence.ts'
import * as store from '../store/practitioner.ts'

/** Puts a practitioner and their sites into the resource store as they are now. */
export async function projectPractitioner(ctx: Ctx, row: store.PractitionerRow): Promise<Stored> {
  const [practitioner, ...roles] = await projections(ctx, row)
  for (const role of roles) await project(ctx, role)
  return project(ctx, practitioner)
}

/** What the resource store holds of one practitioner: the person first, then one role for each site. */
export async function projections(
  ctx: Ctx,
  row: store.PractitionerRow,
): Promise<[Projection, ...Projection[]]> {
  const [sites, held] = await Promise.all([store.listSites(ctx, row.id), licences.list(ctx, row.id)])
  const today = dayOf(ctx.now)
  const { institutionId } = row
  const roles = sites.map((site) => ({
    resource: practitionerRoleResource(row, { ...site, primary: site.isPrimary }, today),
    institutionId: site.institutionId,
  }))
  return [{ resource: practitionerResource(row, held), institutionId }, ...roles]
}
