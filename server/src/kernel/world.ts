import type { FastifyBaseLogger, FastifyRequest } from 'fastify'
import type { Actor } from './actor.ts'
import type { Ctx } from './ctx.ts'

/** What the running program offers to routes, jobs and demonstrations, who stand outside any action. */
export interface World {
  readonly log: FastifyBaseLogger
  readonly now: () => Date
  readonly demo: boolean
  readonly publicUrl: string
  readonly dataDir: string
  /**
   * Runs `work` as `actor` in one transaction, up to four times: after a deadlock, a serialisation failure, and where the
   * connection was cut before the end was asked for.
   */
  readonly write: <T>(actor: Actor, work: (ctx: Ctx) => Promise<T>, origin?: Origin) => Promise<T>
  /** Runs `work`, which only reads, as `actor` without a transaction; up to four times where the connection was cut. */
  readonly read: <T>(actor: Actor, work: (ctx: Ctx) => Promise<T>, origin?: Origin) => Promise<T>
  /** Runs one statement that is whole by itself as `actor`; never again, as it may have been done. */
  readonly alone: <T>(actor: Actor, work: (ctx: Ctx) => Promise<T>, origin?: Origin) => Promise<T>
  /** `write` as the system on behalf of one institution (or of none: sees everything). */
  readonly asSystem: <T>(institutionId: string | null, work: (ctx: Ctx) => Promise<T>) => Promise<T>
  /** Who signed this request, from cookie or bearer token; `nobody` where none did. */
  readonly signedIn: (request: FastifyRequest) => Promise<Actor>
}

/** Where a request came from, for the audit trail. */
export interface Origin {
  readonly requestId: string
  /** A time within this request was fixed earlier. */
  readonly now?: Date
}
