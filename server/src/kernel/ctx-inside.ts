import type { Actor } from './actor.ts'
import type { Access, Ctx } from './ctx.ts'
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
export const onBehalfOf = (ctx: Ctx, requestId: string): Ctx =>
  Object.create(ctx, { requestId: { value: requestId } }) as Ctx

/** A ctx over one connection that has already been settled for `actor`. */
export function makeCtx(
  client: Queries,
  about: { actor: Actor; now: Date; requestId: string; writing: boolean },
): InnerCtx {
  const accesses: InnerCtx['accesses'] = []
  return {
    ...about,
    client,
    id: uuidv7,
    get db() {
      return kyselyOn(client)
    },
    told: [],
    added: [],
    accesses,
    opened(access) {
      accesses.push({ ...access, requestId: this.requestId })
    },
  }
}
