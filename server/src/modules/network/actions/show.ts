import type { Alliance, Membership } from '@tongmai/api/network/alliance'
import type { Department, Institution } from '@tongmai/api/network/institution'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Stored } from '../../../kernel/resource/owner.ts'
import { project } from '../../../kernel/resource/project.ts'
import { affiliationOf, allianceOf, departmentOf, locationOf, organizationOf, serviceOf } from '../fhir.ts'

/** Puts an institution into the FHIR store as Organization and Location. */
export async function showInstitution(ctx: Ctx, institution: Institution): Promise<Stored> {
  const institutionId = institution.id
  await project(ctx, { resource: locationOf(institution), institutionId })
  return project(ctx, { resource: organizationOf(institution), institutionId })
}

/** Puts an external institution into the FHIR store under the identifier it came with. */
export const showExternal = (
  ctx: Ctx,
  institution: Institution,
  foreign: { system: string | null; value: string },
): Promise<Stored> => project(ctx, { resource: organizationOf(institution, foreign) })

/** Puts a department into the FHIR store: a part of its institution's Organization, and what it offers. */
export async function showDepartment(ctx: Ctx, department: Department): Promise<Stored> {
  const { institutionId } = department
  await project(ctx, { resource: serviceOf(department), institutionId })
  return project(ctx, { resource: departmentOf(department), institutionId })
}

/** Puts an alliance into the FHIR store. */
export const showAlliance = (ctx: Ctx, alliance: Alliance): Promise<Stored> =>
  project(ctx, { resource: allianceOf(alliance) })

/** Puts a membership into the FHIR store. */
export const showMembership = (ctx: Ctx, membership: Membership): Promise<Stored> =>
  project(ctx, { resource: affiliationOf(membership), institutionId: membership.institutionId })
