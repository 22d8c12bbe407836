import type { Ctx } from '../../ctx.ts'
import { concernOf, nobodysId } from '../concern.ts'
import { residentOf } from '../next.ts'
import type { Resource, Stored } from '../owner.ts'
import { type Projection, projectMany } from '../project.ts'
import { after, refuseUnknownPatient } from '../put.ts'
import { blaming } from './blame.ts'
import type { Entry } from './entry.ts'

/** A new resource that no module owns, with the id it is to have. */
export type Fresh = Resource & { readonly id: string }

/** Stores many new resources that no module owns: each patient is looked up once, the rows go in a few statements. */
export async function addMany(
  ctx: Ctx,
  resources: readonly Fresh[],
  entryAt: (index: number) => Entry | undefined,
): Promise<readonly Stored[]> {
  const residents = new Map<string, string>()
  const projections: Projection[] = []
  for (const [index, resource] of resources.entries()) {
    const concern = concernOf(resource)
    if (concern.kind === 'patient') {
      const residentId =
        residents.get(concern.patientId) ?? (await residentOf(ctx, concern.patientId)) ?? undefined
      if (!residentId)
        return blaming(entryAt(index) ?? { index, fullUrl: undefined }, () =>
          refuseUnknownPatient(concern.patientId),
        )
      residents.set(concern.patientId, residentId)
      projections.push({ resource, residentId })
    } else {
      const audience = concern.kind === 'open' ? null : [ctx.actor.institutionId ?? nobodysId]
      projections.push({ resource, audience })
    }
  }
  const stored = await projectMany(ctx, projections)
  for (const [index, one] of stored.entries()) await after(ctx, one, resources[index] as Fresh, 'created')
  return stored
}
