import type { FastifyRequest } from 'fastify'
import type { Ctx } from '../../../kernel/ctx.ts'
import { keepAnswer, requestDigest, takeKey } from '../../../kernel/idempotency.ts'
import { refuse } from '../../../kernel/refusal.ts'
import type { World } from '../../../kernel/world.ts'

/** Whether the caller asks that it be done once, however often it is sent. */
export const isKeyed = ({ headers }: FastifyRequest): boolean => headers['idempotency-key'] !== undefined

/** Runs a write; under an Idempotency-Key its answer is kept, and given again to whoever asks again. */
export function keyed<T>(world: World, request: FastifyRequest, work: (ctx: Ctx) => Promise<T>): Promise<T> {
  const origin = { requestId: request.id }
  const key = request.headers['idempotency-key']
  if (key === undefined) return world.write(request.actor, work, origin)
  if (typeof key !== 'string' || key.length < 8 || key.length > 200)
    refuse('invalid', 'kernel.bad-idempotency-key')
  const digest = requestDigest(request.method, request.url, request.body)
  return world.write(
    request.actor,
    async (ctx) => {
      const before = await takeKey(ctx, key, digest)
      if (before) return JSON.parse(before.body, revived) as T
      const given = await work(ctx)
      await keepAnswer(ctx, key, { status: 200, body: JSON.stringify(given) })
      return given
    },
    origin,
  )
}

/** Times come back as times. */
const revived = (name: string, value: unknown): unknown =>
  name === 'updatedAt' && typeof value === 'string' ? new Date(value) : value
