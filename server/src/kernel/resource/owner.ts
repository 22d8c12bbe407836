import type { Ctx } from '../ctx.ts'

/** A JSON value as FHIR writes it. */
export type Json = string | number | boolean | null | undefined | Json[] | { [key: string]: Json }

/** A FHIR R4 resource as it came or as it is answered; its type is known, its shape has been validated. */
export interface Resource {
  readonly resourceType: string
  readonly id?: string
  readonly [element: string]: Json
}

/** One version of a resource as the store keeps it. */
export interface Stored {
  readonly type: string
  /** FHIR's id: the owner's uuid, or the caller's own where a PUT chose it. */
  readonly id: string
  /** The id by which the owning module knows it; the same as `id` where nobody chose another. */
  readonly ownId: string
  readonly version: number
  readonly updatedAt: Date
  /** Whom it concerns; null for what concerns no resident (an Organization). */
  readonly residentId: string | null
  /** The institution that recorded it. */
  readonly institutionId: string | null
  /** Where set, only these institutions may see it, whatever else they may see of the resident. */
  readonly audience: readonly string[] | null
  readonly sensitivity: number
  readonly deleted: boolean
  /** The exact JSON to answer, with id, meta.versionId and meta.lastUpdated. */
  readonly content: string
}

/** The digests of `system|value` (no system: null). */
export type Blind = (ctx: Ctx, system: string | null, value: string) => readonly string[]

/** How a module projects its things anew. */
export interface Rebuild {
  /** `careplan.plan`: stable, because what is stored of it is kept under this name. */
  readonly name: string
  /** Raised whenever what it projects changes: an installation that stores an older one projects it anew by itself. */
  readonly edition: number
  /** Projects so many things after the own id `after`, in id order; answers the last id done, null at the end. */
  readonly run: (ctx: Ctx, after: string | null, limit: number) => Promise<string | null>
}

/** What `run` answers after these: the last of a full batch, null at the end. */
export const lastOf = (batch: readonly { readonly id: string }[], limit: number): string | null =>
  batch.length < limit ? null : (batch.at(-1)?.id ?? null)

/**
 * A module that owns things which FHIR shows as `type`. A FHIR write runs the module's own action inside the
 * open transaction, and that action puts the projection with `project`. Ids here are the module's own.
 */
export interface ResourceOwner {
  readonly type: string
  /** True for what is the module's; where several own one type (ServiceRequest), each by its category. */
  readonly owns: (resource: Resource) => boolean
  /**
   * Top-level elements the module takes for itself, even where its projection leaves them out (an identifier that
   * must not lie in the store). All others that come in are kept beside its projection and merged on read.
   */
  readonly models: readonly string[]
  /** Runs the action that makes the thing (or finds the one already known); answers what `project` stored. */
  readonly create: (ctx: Ctx, resource: Resource) => Promise<Stored>
  /**
   * The same for many at once, each with the ctx of its request, where all of them are new; undefined where they are not,
   * and then nothing of the transaction may stand.
   */
  readonly createMany?: (
    ctx: Ctx,
    asked: readonly { readonly ctx: Ctx; readonly resource: Resource }[],
  ) => Promise<readonly Stored[] | undefined>
  /** Runs the action that changes it. The expected version has been compared with the stored one already. */
  readonly change: (ctx: Ctx, ownId: string, resource: Resource, stored: Stored) => Promise<Stored>
  /** Runs the action that removes it; where absent, a DELETE is refused 409. */
  readonly remove?: (ctx: Ctx, ownId: string, stored: Stored) => Promise<void>
  /** The content as it leaves: with what the store must not hold (a resident's identifiers). All of the type is the owner's. */
  readonly present?: (ctx: Ctx, stored: Stored) => string | Promise<string>
  /**
   * Parameters of which the store holds no plain value: what is searched, as `keys` gives it
   * (`phone=<digest>`), in every spelling in which it may lie there. `identifier:of-type` is given `system|code`.
   */
  readonly blinded?: Readonly<Record<string, Blind>>
  /** Those keys, and other spellings by which a thing is found, of what `project` stored. */
  readonly keys?: (resource: Resource) => readonly string[]
  /** How its things are projected anew; one of a module's owners may do it for others. */
  readonly rebuild?: Rebuild
}

const owners = new Map<string, ResourceOwner[]>()

/** Makes a module the owner of a FHIR type (or of part of it); called once, when its index.ts is loaded. */
export function registerOwner(owner: ResourceOwner): void {
  owners.set(owner.type, [...(owners.get(owner.type) ?? []), owner])
}

/** The owner of this resource, or undefined where no module owns it and it is stored as it comes. */
export function ownerOf(resource: Resource): ResourceOwner | undefined {
  return owners.get(resource.resourceType)?.find((owner) => owner.owns(resource))
}

/** All owners of a type; mostly none or one. */
export const ownersOf = (type: string): readonly ResourceOwner[] => owners.get(type) ?? []

/** Everything that owns something. */
export const allOwners = (): readonly ResourceOwner[] => [...owners.values()].flat()

/** Whatever can be projected anew. */
export const allRebuilds = (): readonly Rebuild[] =>
  allOwners().flatMap(({ rebuild }) => (rebuild ? [rebuild] : []))

type Follow = (ctx: Ctx, stored: Stored, resource: Resource) => Promise<void>

/** What was stored, and what it says. */
export interface Followed {
  readonly stored: Stored
  readonly resource: Resource
}

/** Who does a part when something is stored; `followAll` where it is done for many at once, as for each. */
export interface Follower {
  readonly follow: Follow
  readonly followAll?: (ctx: Ctx, all: readonly Followed[]) => Promise<void>
  /** Says beforehand, from the resource alone, which ones are wanted: what nobody wants is stored in one statement. */
  readonly wants?: (resource: Resource) => boolean
}
const followers = new Map<string, Follower[]>()

/** Has somebody follow, in the same transaction, whatever of this type is stored that no module owns. */
export function followStored(type: string, follower: Follower): void {
  followers.set(type, [...(followers.get(type) ?? []), follower])
}

/** Those who follow this resource. */
export const followersOf = (resource: Resource): readonly Follower[] =>
  (followers.get(resource.resourceType) ?? []).filter(({ wants }) => wants?.(resource) ?? true)
