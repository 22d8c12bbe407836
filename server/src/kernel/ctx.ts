import type { Kysely } from 'kysely'
import type { Actor } from './actor.ts'
import type { Queries } from './database.ts'
import type { KernelTables } from './tables.ts'

/**
 * Everything an action may use. A write is already inside a transaction. There is no other way out of the
 * process, so an action either happens entirely or not at all.
 */
export interface Ctx {
  readonly actor: Actor
  /** Database time plus the test offset; never the process clock. */
  readonly now: Date
  /** A new UUIDv7. */
  readonly id: () => string
  /** Only stores and the kernel touch it. */
  readonly db: Kysely<KernelTables>
  /** The same connection, for the kernel's named statements and SQL that Kysely cannot say. */
  readonly client: Queries
  readonly requestId: string
  /** Adds one line to the access log; the answer leaves only after it has been committed. */
  opened(access: Access): void
}

/** One opening of a resident's record: who and when are taken from the ctx. */
export interface Access {
  readonly residentId: string
  /** The lawful basis: treatment, referral, contract, consult, consent, emergency, self, own. */
  readonly basis: string
  /** What was opened: `record`, `identifier`, `referral:<id>`, `Patient/<id>`. */
  readonly thing: string
  readonly purpose?: string
}

/** The same ctx but for what is named. */
export const ctxWith = <T extends Ctx>(ctx: T, other: Partial<Ctx>): T =>
  Object.create(ctx, Object.getOwnPropertyDescriptors(other)) as T
