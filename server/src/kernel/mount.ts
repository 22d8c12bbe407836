import type { Api, Endpoint } from '@tongmai/api/kernel'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import * as z from 'zod/mini'
import { type Actor, nobody } from './actor.ts'
import type { Ctx } from './ctx.ts'
import { type Answer, keepAnswer, requestDigest, takeKey } from './idempotency.ts'
import type { Action, Prepared } from './module.ts'
import { refuse } from './refusal.ts'
import type { World } from './world.ts'

declare module 'fastify' {
  interface FastifyRequest {
    actor: Actor
  }
}

type AnyAction = Action<never, unknown>

/** Mounts a module's contract below /api: the one sentence of law 1, the same for every endpoint. */
export function mount(
  app: FastifyInstance,
  world: World,
  api: Api,
  actions: Readonly<Record<string, AnyAction>>,
): void {
  for (const [name, endpoint] of Object.entries(api)) {
    const action = actions[name]
    if (!action) throw new Error(`no action for ${name}`)
    app.route({
      method: endpoint.method,
      url: `/api${endpoint.path}`,
      // Whoever guesses at a door open to anyone is counted by address, whatever headers they make up.
      ...(endpoint.may === 'anyone' ? { config: limited(endpoint) } : {}),
      onRequest: async (request) => {
        request.actor = await admit(world, endpoint, request)
      },
      handler: (request, reply) => answer({ world, endpoint, action }, request, reply),
    })
  }
}

/** The rate limit of what needs no sign-in. */
export const byAddress = {
  rateLimit: { max: 300, timeWindow: 60_000, keyGenerator: (request: FastifyRequest) => request.ip },
}

const limited = ({ perMinute }: Endpoint) => ({
  rateLimit: { ...byAddress.rateLimit, ...(perMinute ? { max: perMinute } : {}) },
})

/** Who is it, and may they: before the body is read. */
async function admit(world: World, endpoint: Endpoint, request: FastifyRequest): Promise<Actor> {
  const actor = await world.signedIn(request)
  if (endpoint.may === 'anyone') return actor
  if (actor.kind === nobody.kind) refuse('unauthenticated', 'kernel.sign-in-first')
  const kinds: readonly string[] = endpoint.for ?? ['staff', 'client']
  if (!kinds.includes(actor.kind)) refuse('forbidden', 'kernel.not-for-you')
  if (endpoint.may !== 'signed-in' && !actor.permissions.has(endpoint.may)) {
    refuse('forbidden', 'kernel.not-permitted', { details: { needs: endpoint.may } })
  }
  return actor
}

interface Mounted {
  readonly world: World
  readonly endpoint: Endpoint
  readonly action: AnyAction
}

const isPrepared = (action: AnyAction): action is Prepared<never, unknown> & AnyAction =>
  typeof action !== 'function'

async function answer(mounted: Mounted, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const { world, endpoint, action } = mounted
  const input = decode(endpoint, request) as never
  const ready = isPrepared(action) ? await action.prepare(input) : undefined
  const run = (ctx: Ctx): Promise<unknown> =>
    isPrepared(action) ? action.run(ctx, input, ready as never) : action(ctx, input)
  const origin = { requestId: request.id }
  if (!isSchema(endpoint.returns)) {
    const work = endpoint.method === 'GET' ? world.read : world.write
    return sendBytes(reply, endpoint.returns.media, await work(request.actor, run, origin))
  }
  const encode = (result: unknown) =>
    JSON.stringify(z.encode(endpoint.returns as z.ZodMiniType, result as never)) ?? 'null'
  const given =
    endpoint.method === 'GET'
      ? { status: 200, body: encode(await world.read(request.actor, run, origin)) }
      : await write(mounted, request, async (ctx) => ({ status: 200, body: encode(await run(ctx)) }))
  return reply
    .code(given.status)
    .header('x-now', world.now().toISOString())
    .type('application/json; charset=utf-8')
    .send(given.body)
}

/** Runs a write; under an Idempotency-Key its answer is kept, and given again to whoever asks again. */
function write(
  { world }: Mounted,
  request: FastifyRequest,
  run: (ctx: Ctx) => Promise<Answer>,
): Promise<Answer> {
  const key = request.headers['idempotency-key']
  const origin = { requestId: request.id }
  if (key === undefined) return world.write(request.actor, run, origin)
  if (typeof key !== 'string' || key.length < 8 || key.length > 200)
    refuse('invalid', 'kernel.bad-idempotency-key')
  const digest = requestDigest(request.method, request.url, request.body)
  return world.write(
    request.actor,
    async (ctx) => {
      const before = await takeKey(ctx, key, digest)
      if (before) return before
      const given = await run(ctx)
      await keepAnswer(ctx, key, given)
      return given
    },
    origin,
  )
}

const isSchema = (returns: Endpoint['returns']): returns is z.ZodMiniType => 'safeParse' in returns

function sendBytes(reply: FastifyReply, media: string, result: unknown): FastifyReply {
  const { bytes, fileName } = result as { bytes: Uint8Array; fileName: string }
  return reply
    .type(media)
    .header('content-disposition', `inline; filename*=UTF-8''${encodeURIComponent(fileName)}`)
    .send(Buffer.from(bytes))
}

function decode(endpoint: Endpoint, request: FastifyRequest): unknown {
  const input: Record<string, unknown> = {}
  for (const part of ['params', 'query', 'body'] as const) {
    const schema = endpoint[part]
    if (!schema) continue
    const decoded = z.safeDecode(schema, (request[part] ?? {}) as never)
    if (!decoded.success) {
      // An id that is no id names nothing: the caller learns no more than for one that does not exist.
      if (part === 'params') refuse('missing', 'kernel.missing')
      const fields = decoded.error.issues
        .slice(0, 50)
        .map((i) => ({ path: i.path.join('.'), problem: i.code === 'custom' ? i.message : i.code }))
      refuse('invalid', `kernel.invalid-${part}`, { fields })
    }
    input[part] = decoded.data
  }
  return input
}
