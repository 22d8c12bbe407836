import type { Api, Endpoint, Input, Output } from '@tongmai/api/kernel'
import type { FastifyInstance } from 'fastify'
import type * as z from 'zod/mini'
import type { Ctx } from './ctx.ts'
import type { World } from './world.ts'

/** An action is a function of ctx and input; where slow pure work comes first, that stands in `prepare`. */
export type Action<I, O> = ((ctx: Ctx, input: I) => Promise<O>) | Prepared<I, O>

/** Slow pure work (argon2, PDF, parsing) outside the transaction, before `run`. It sees no database. */
export interface Prepared<I, O, P = never> {
  readonly prepare: (input: I) => Promise<P>
  readonly run: (ctx: Ctx, input: I, prepared: P) => Promise<O>
}

/** Declares an action with a `prepare` step. */
export const prepared = <I, O, P>(
  prepare: (input: I) => Promise<P>,
  run: (ctx: Ctx, input: I, prepared: P) => Promise<O>,
): Action<I, O> => ({ prepare, run }) as unknown as Action<I, O>

/** One action for every endpoint of the contract; a forgotten one does not compile. */
export type Actions<A extends Api> = { readonly [Name in keyof A]: Action<Input<A[Name]>, Output<A[Name]>> }

export type Events = Readonly<Record<string, z.ZodMiniType>>

/** What a module does when another announces something; once to completion per event, in order per thing. */
export interface Reaction {
  /**
   * `notice.tell-receiver`: stable, because the cursor is kept under it. One name may stand for several events: then what
   * happened to a thing is heard in order over all of them.
   */
  readonly name: string
  readonly on: string
  readonly run: (ctx: Ctx, event: Heard<unknown>) => Promise<void>
}

/** An event as a reaction receives it. */
export interface Heard<T> {
  readonly id: string
  readonly name: string
  readonly thing: string
  readonly at: Date
  readonly actorId: string
  readonly institutionId: string | null
  readonly residentId: string | null
  readonly data: T
}

/** Ties a reaction to an event of another module's face, with the event's own type. */
export function when<E extends Events, N extends keyof E & string>(
  events: E,
  on: N,
  reaction: { name: string; run: (ctx: Ctx, event: Heard<z.output<E[N]>>) => Promise<void> },
): Reaction {
  if (!events[on]) throw new Error(`no event ${on}`)
  return { name: reaction.name, on, run: reaction.run as Reaction['run'] }
}

/** Timed work (`cron`, five fields, UTC) or work enqueued by an action; everything that leaves the process. */
export interface Job {
  readonly name: string
  readonly cron?: string
  /** Runs outside any transaction; `world.asSystem` opens one. */
  readonly run: (world: World, payload: unknown) => Promise<void>
}

/** What a module gives to the program; its migrations lie beside its index.ts. */
export interface Module {
  readonly name: string
  readonly api?: Api
  readonly actions?: Readonly<Record<string, Action<never, unknown>>>
  readonly events?: Events
  readonly reactions?: readonly Reaction[]
  readonly jobs?: readonly Job[]
  /** Routes that are not JSON endpoints of the contract (FHIR, OAuth); they go through `world` all the same. */
  readonly routes?: (app: FastifyInstance, world: World) => void
  /** Called in every process for each sealed event, to forget what it has cached. */
  readonly heard?: (event: { readonly name: string; readonly thing: string }) => void
  /** Forgets all that this process remembers of the database; a program that opens in it begins with that. */
  readonly forget?: () => void
  /** Reads ahead, beside all else and after the start, what its first question would have to wait for. */
  readonly warm?: (world: World) => Promise<unknown>
  /** Its part of the demonstration region; runs once, in the order of the modules, as the system. */
  readonly demo?: (world: World) => Promise<void>
}

/** Ties a contract to its actions; the compiler sees that none is missing. */
export const serve = <A extends Api>(api: A, actions: Actions<A>) => ({
  api,
  actions: actions as unknown as Readonly<Record<string, Action<never, unknown>>>,
})

export type { Endpoint }
