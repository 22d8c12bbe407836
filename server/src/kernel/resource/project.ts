import type { Ctx } from '../ctx.ts'
import type { Resource, Stored } from './owner.ts'

/** What a module puts into the store about one of its things. */
export interface Projection {
  /** The FHIR form, with the module's own id as `id`. */
  readonly resource: Resource & { readonly id: string }
  /** Whom it concerns; without it the resource is public reference (an Organization). */
  readonly residentId?: string | null
  /** The institution that recorded it; the actor's own where nothing is said. */
  readonly institutionId?: string | null
  /** Where given, only these institutions see it: a case is visible to its parties only. */
  readonly audience?: readonly string[] | null
  readonly sensitivity?: number
  /** What came in over FHIR: elements of it that the module does not model are kept and merged on read. */
  readonly received?: Resource
}

/** Stores version 1 or the next version of a module's thing, in the caller's transaction. */
export async function project(ctx: Ctx, projection: Projection): Promise<Stored> {
  throw new Error(`not yet: ${ctx.requestId} ${projection.resource.id}`)
}

/** `project` for very many new things at once (demonstrations, rebuilds): a few statements in all. */
export async function projectMany(ctx: Ctx, projections: readonly Projection[]): Promise<void> {
  for (const projection of projections) await project(ctx, projection)
}

/** Takes a module's thing out of the store: reads answer 410 from then on. */
export async function unproject(ctx: Ctx, type: string, ownId: string): Promise<void> {
  throw new Error(`not yet: ${ctx.requestId} ${type} ${ownId}`)
}
