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
  /** Runs `work` as `actor` in one transaction; deadlocks and serialisation failures are retried three times. */
  readonly write: <T>(actor: Actor, work: (ctx: Ctx) => Promise<T>, origin?: Origin) => Promise<T>
  /** Runs `work` as `actor` on one connection without a transaction: reads, or one statement that is whole by itself. */
  readonly read: <T>(actor: Actor, work: (ctx: Ctx) => Promise<T>, origin?: Origin) => Promise<T>
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
