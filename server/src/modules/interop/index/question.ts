import { parse } from 'node:querystring'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Ctx } from '../../../kernel/ctx.ts'
import { refuse } from '../../../kernel/refusal.ts'
import type { Entry } from '../../../kernel/resource/bundle/entry.ts'
import type { Answerable } from '../../../kernel/resource/read.ts'
import type { World } from '../../../kernel/world.ts'
import type { ScopeVerb } from '../../identity/index.ts'
import { admit, requirePlace } from './admit.ts'
import { media, sendResource } from './answer.ts'

/** What an answer rests on: a request, or an entry of a Bundle. */
export type Asking = Pick<
  FastifyRequest,
  'id' | 'method' | 'url' | 'params' | 'query' | 'body' | 'headers' | 'actor'
>

/** What only reads and is no plain read: it is answered at its address, and in a Bundle. */
export interface Question {
  readonly verb?: ScopeVerb
  readonly bodyLimit?: number
  /** One version of a resource, or an answer made for it, as JSON. */
  readonly answer: (ctx: Ctx, asking: Asking) => Promise<Answerable | string>
  /** What is done at the address only, where the request wants more than to read: undefined where it does not. */
  readonly instead?: (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply | undefined>
}

/** A route as it is mounted, below the base. */
export interface Mounted {
  readonly method: string
  readonly path: string
  /** What a Bundle may ask there too. */
  readonly question?: Question | undefined
}

declare module 'fastify' {
  interface FastifyContextConfig {
    question?: Question
  }
}

/** Mounts a question at its address, by one method or by both. */
export function ask(
  fhir: FastifyInstance,
  world: World,
  address: { readonly methods: readonly ('GET' | 'POST')[]; readonly path: string },
  question: Question,
): void {
  for (const method of address.methods)
    fhir.route({
      ...{ method, url: address.path, config: { question }, onRequest: admit(world, question.verb) },
      ...(question.bodyLimit ? { bodyLimit: question.bodyLimit } : {}),
      handler: async (request, reply) => {
        const done = question.instead && (await question.instead(request, reply))
        if (done) return done
        const origin = { requestId: request.id }
        const answer = await world.read(request.actor, (ctx) => question.answer(ctx, request), origin)
        return typeof answer === 'string'
          ? reply.type(media).send(answer)
          : sendResource(request, reply, answer)
      },
    })
}

type Place = Pick<Entry, 'method' | 'path' | 'query' | 'resource'>

const segmentsOf = (path: string): readonly string[] => path.replace(/^\//, '').split('/')

/** What the variable parts of a mounted path stand for at this address; undefined where it is another's. */
function paramsAt(path: string, segments: readonly string[]): Record<string, string> | undefined {
  const parts = segmentsOf(path)
  if (parts.length !== segments.length) return undefined
  const params: Record<string, string> = {}
  for (const [n, part] of parts.entries()) {
    const segment = segments[n] ?? ''
    if (part.startsWith(':') && segment) params[part.slice(1)] = segment
    else if (part !== segment) return undefined
  }
  return params
}

/** What an entry of a Bundle asks, as a request would; 403 as there, 422 where it is nothing that a Bundle may ask. */
export function questionOf(
  mounted: readonly Mounted[],
  { method, path, query = '', resource }: Place,
  request: FastifyRequest,
): { readonly question: Question; readonly asking: Asking } {
  const segments = segmentsOf(path)
  const there = mounted.flatMap((one) => {
    const params = one.method === method ? paramsAt(one.path, segments) : undefined
    return params ? [{ params, question: one.question }] : []
  })
  // The address with the fewest variable parts is meant, as the router does it.
  const [nearest] = there.toSorted((a, b) => Object.keys(a.params).length - Object.keys(b.params).length)
  const { prefer } = request.headers
  const asking: Asking = {
    ...{ id: request.id, actor: request.actor, method, body: resource, params: nearest?.params ?? {} },
    ...{ url: `/${path}${query ? `?${query}` : ''}`, query: parse(query) },
    headers: prefer === undefined ? {} : { prefer },
  }
  requirePlace(asking, undefined)
  if (!nearest?.question)
    return refuse('unprocessable', 'interop.not-in-a-bundle', { details: { method, url: path } })
  requirePlace(asking, nearest.question.verb)
  return { question: nearest.question, asking }
}
