import { createHash } from 'node:crypto'
import type { Ctx } from './ctx.ts'
import { refuse } from './refusal.ts'
import { seal, unseal } from './secret.ts'

/** The answer a write gave before, to be given again. */
export interface Answer {
  readonly status: number
  readonly body: string
}

/** The digest of a request, so that one key is not used for two different ones. */
export const requestDigest = (method: string, url: string, body: unknown): Buffer =>
  createHash('sha256')
    .update(`${method} ${url} ${JSON.stringify(body ?? null)}`)
    .digest()

/**
 * Takes the key, or returns the answer given under it before. A second request with the same key waits for the
 * first to commit. The same key with another request is refused.
 */
export async function takeKey(ctx: Ctx, key: string, request: Buffer): Promise<Answer | undefined> {
  const taken = await ctx.client.query({
    name: 'key-take',
    text: `insert into kernel.idempotency (actor, key, request, status, body, at) values ($1, $2, $3, 0, '', $4)
      on conflict (actor, key) do nothing`,
    values: [ctx.actor.id, key, request, ctx.now],
  })
  if (taken.rowCount === 1) return undefined
  const { rows } = await ctx.client.query<{ request: Buffer; status: number; body: string }>({
    name: 'key-find',
    text: 'select request, status, body from kernel.idempotency where actor = $1 and key = $2',
    values: [ctx.actor.id, key],
  })
  const row = rows[0]
  if (!row?.request.equals(request)) return refuse('unprocessable', 'kernel.key-used-for-another-request')
  return { status: row.status, body: unseal(row.body) }
}

/** Keeps the answer with the transaction that gave it; sealed, because it may hold what is shown only once. */
export async function keepAnswer(ctx: Ctx, key: string, answer: Answer): Promise<void> {
  await ctx.client.query({
    name: 'key-keep',
    text: 'update kernel.idempotency set status = $3, body = $4 where actor = $1 and key = $2',
    values: [ctx.actor.id, key, answer.status, seal(answer.body)],
  })
}

/** Forgets answers older than 24 hours. */
export async function sweepKeys(ctx: Ctx): Promise<void> {
  const limit = new Date(ctx.now.getTime() - 24 * 3_600_000)
  await ctx.client.query('delete from kernel.idempotency where at < $1', [limit])
}
