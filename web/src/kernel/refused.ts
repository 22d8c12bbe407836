import { type RefusalBody, type RefusalKind, refusalBody, refusals } from '@tongmai/api/kernel'
import * as z from 'zod/mini'
import { fetchWords, moduleOf } from './words.ts'

/** Besides the contract's kinds: the server failed, or was not reached. */
export type FailureKind = RefusalKind | 'defect' | 'unreachable'

/** An answer other than the one asked for. `code` has words; `fields` name what was typed wrong. */
export class Refused extends Error {
  readonly kind: FailureKind
  readonly code: string
  readonly fields: readonly { readonly path: string; readonly problem: string }[]
  readonly details: Readonly<Record<string, unknown>>
  readonly requestId: string | undefined

  constructor(kind: FailureKind, body: Partial<RefusalBody> & { code: string }) {
    super(body.code)
    this.kind = kind
    this.code = body.code
    this.fields = body.fields ?? []
    this.details = body.details ?? {}
    this.requestId = body.requestId
  }

  /** Whether the same request may well succeed a little later. */
  get passing(): boolean {
    return this.kind === 'unreachable' || this.kind === 'unavailable' || this.kind === 'too-many'
  }
}

/** Whatever was thrown, as a refusal: what is not one is a defect. */
export const refusedFrom = (error: unknown): Refused =>
  error instanceof Refused ? error : new Refused('defect', { code: 'web.refused.defect' })

/** The refusal that a response carries, with the words for it: they may be of a module that has no page open yet. */
export async function refusedBy(response: Response): Promise<Refused> {
  const kind = (Object.entries(refusals).find(([, status]) => status === response.status)?.[0] ??
    (response.status < 500 ? 'invalid' : 'defect')) as FailureKind
  const body = z.safeParse(refusalBody, await response.json().catch(() => null))
  if (!body.success) return new Refused(kind, { code: `web.refused.${kind}` })
  await fetchWords(moduleOf(body.data.code)).catch(() => {})
  return new Refused(kind, body.data)
}

/** The refusal that the contract itself gives before anything is sent. */
export function refusedByShape(problems: readonly z.core.$ZodIssue[], below: string): Refused {
  return new Refused('invalid', {
    code: 'web.refused.invalid',
    fields: problems.map((problem) => ({
      path: [below, ...problem.path].map(String).join('.'),
      problem: problem.code,
    })),
  })
}
