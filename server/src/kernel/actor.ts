/** Who is asking. `institutionId` is the institution they act for; residents have none. */
export interface Actor {
  readonly kind: 'staff' | 'resident' | 'client' | 'system' | 'nobody'
  /** The account or client; `system` for reactions and jobs. */
  readonly id: string
  readonly institutionId: string | null
  /** The practitioner behind the account, or the one a client says it acts for. */
  readonly practitionerId: string | null
  /** Residents only: themselves first, then those they stand for. */
  readonly residentIds: readonly string[]
  readonly permissions: ReadonlySet<string>
  /** SMART scopes, as granted; nobody but clients and apps has any. */
  readonly scopes: readonly string[]
  readonly sessionId: string | null
  /** Where scopes name less than all of a type (`Observation.rs?category=laboratory`). */
  readonly narrowing?: Narrowing | undefined
  /** Where a person acts through an app (SMART App Launch): `scopes` then narrow what they may by themselves. */
  readonly app?: App
}

/** What a scope with a query names of a type: all of these search parameters hold. */
export type Alternative = readonly (readonly [code: string, value: string])[]

/** What is allowed by a verb: everything of the type, or what is as one of these say. */
export type Allowed = 'all' | readonly Alternative[]

/** What an actor may do to some of a type only; types of which it may do what it may to all are not in it. */
export interface Narrowing {
  readonly types: ReadonlyMap<string, ReadonlyMap<string, Allowed>>
  /** What row-level security is told of it. */
  readonly setting: string
}

/** The app through which a person acts. */
export interface App {
  readonly clientId: string
  /** The one resident whose record is open in it; null where its scopes are not bound to a patient. */
  readonly residentId: string | null
}

const none = { practitionerId: null, residentIds: [], scopes: [], sessionId: null }

/** Nobody has signed in yet. */
export const nobody: Actor = {
  ...none,
  kind: 'nobody',
  id: 'nobody',
  institutionId: null,
  permissions: new Set(),
}

/** The system on behalf of one institution, or of none where it sweeps over all. */
export const system = (institutionId: string | null): Actor => ({
  ...none,
  kind: 'system',
  id: 'system',
  institutionId,
  permissions: new Set(),
})

/** The institution the actor acts for; only call it where the endpoint is for staff or clients. */
export function ownInstitution(actor: Actor): string {
  if (!actor.institutionId) throw new Error('this actor acts for no institution')
  return actor.institutionId
}
