import type { Ctx } from '../../ctx.ts'
import { concernOf, nobodysId } from '../concern.ts'
import { residentsOf } from '../next.ts'
import type { Resource, Stored } from '../owner.ts'
import { projectMany } from '../project.ts'
import { after, refuseUnknownPatient } from '../put.ts'
import { blaming } from './blame.ts'
import type { Entry } from './entry.ts'

/** A new resource that no module owns, with the id it is to have, the entry that brings it and the ctx of who asked. */
export interface Fresh {
  readonly resource: Resource & { readonly id: string }
  readonly entry: Entry
  readonly ctx: Ctx
}

/** Stores many new resources that no module owns: their patients are looked up together, the rows go in a few statements. */
export async function addMany(ctx: Ctx, fresh: readonly Fresh[]): Promise<readonly Stored[]> {
  if (fresh.length === 0) return []
  const concerns = fresh.map(({ resource }) => concernOf(resource))
  const residents = await residentsOf(
    ctx,
    concerns.flatMap((concern) => (concern.kind === 'patient' ? [concern.patientId] : [])),
  )
  const projections = []
  for (const [n, { resource, entry }] of fresh.entries()) {
    const concern = concerns[n] ?? { kind: 'unknown' }
    if (concern.kind === 'patient') {
      const residentId = residents.get(concern.patientId)
      if (!residentId) return blaming(entry, () => refuseUnknownPatient(concern.patientId))
      projections.push({ resource, residentId })
    } else {
      const audience = concern.kind === 'open' ? null : [ctx.actor.institutionId ?? nobodysId]
      projections.push({ resource, audience })
    }
  }
  const stored = await projectMany(ctx, projections)
  for (const [n, one] of stored.entries()) {
    const { ctx: by, resource } = fresh[n] as Fresh
    await after(by, one, resource, 'created')
  }
  return stored
}
