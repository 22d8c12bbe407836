import type { Actor } from './actor.ts'
import { type Access, type Ctx, ctxWith } from './ctx.ts'
import type { Queries } from './database.ts'
import { uuidv7 } from './id.ts'
import { kyselyOn } from './kysely.ts'

/** An event waiting to be written with the transaction's last statement. */
export interface Told {
  readonly id: string
  readonly name: string
  readonly thing: string
  readonly institutionId: string | null
  readonly residentId: string | null
  readonly audience: readonly string[]
  readonly data: string
  readonly requestId: string
}

/** The ctx as the kernel sees it: what it has still to write before the answer leaves. */
export interface InnerCtx extends Ctx {
  readonly told: Told[]
  readonly accesses: (Access & { readonly requestId: string })[]
  /** What this transaction has put into the resource store for the first time, as `Type/id`, in order. */
  readonly added: string[]
  /** False for reads: they run outside a transaction and must not write. */
  readonly writing: boolean
}

export const inside = (ctx: Ctx): InnerCtx => ctx as InnerCtx

/** The same ctx, in which what is told and opened bears another request's id. */
export const onBehalfOf = (ctx: Ctx, requestId: string): Ctx => ctxWith(ctx, { requestId })

interface About {
  readonly actor: Actor
  readonly now: Date
  readonly requestId: string
  readonly writing: boolean
}

/** A ctx over one connection that has already been settled for `actor`. */
export class ConnectedCtx implements InnerCtx {
  readonly client: Queries
  readonly actor: Actor
  readonly now: Date
  readonly requestId: string
  readonly writing: boolean
  readonly told: Told[] = []
  readonly added: string[] = []
  readonly accesses: InnerCtx['accesses'] = []
  readonly id = uuidv7

  constructor(client: Queries, { actor, now, requestId, writing }: About) {
    this.client = client
    this.actor = actor
    this.now = now
    this.requestId = requestId
    this.writing = writing
  }

  get db(): Ctx['db'] {
    return kyselyOn(this.client)
  }

  opened(access: Access): void {
    this.accesses.push({ ...access, requestId: this.requestId })
  }
}
