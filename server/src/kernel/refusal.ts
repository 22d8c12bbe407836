import { type RefusalKind, refusals } from '@tongmai/api/kernel'
import type { Ctx } from './ctx.ts'

/** What a refusal may carry besides its code. `keep` is written in a transaction of its own after the rollback. */
export interface RefusalExtra {
  readonly fields?: readonly { path: string; problem: string }[]
  readonly details?: Readonly<Record<string, unknown>>
  readonly keep?: (ctx: Ctx) => Promise<void>
}

/** An expected "no": safe to show to the caller, never worth waking anyone for. */
export class Refusal extends Error {
  readonly kind: RefusalKind
  readonly code: string
  readonly extra: RefusalExtra

  constructor(kind: RefusalKind, code: string, extra: RefusalExtra = {}) {
    super(code)
    this.kind = kind
    this.code = code
    this.extra = extra
  }

  get status(): number {
    return refusals[this.kind]
  }
}

/** Ends the action with an expected "no". */
export function refuse(kind: RefusalKind, code: string, extra?: RefusalExtra): never {
  throw new Refusal(kind, code, extra)
}

/** Refuses with 403 unless `allowed`: the caller sees the thing, but this is not their part. */
export function allow(allowed: boolean, code: string): void {
  if (!allowed) refuse('forbidden', code)
}
