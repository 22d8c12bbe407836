import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { refuse } from '../../../kernel/refusal.ts'
import { type Asked, afterLength, listChanges } from '../../../kernel/resource/changes.ts'
import { afterIn, momentIn } from '../../../kernel/resource/query.ts'
import type { World } from '../../../kernel/world.ts'
import { historyOf } from '../bundle.ts'
import { admit, placeOf } from './admit.ts'
import { media } from './answer.ts'
import { paramsOf } from './read-route.ts'
import { typesOf } from './wide-route.ts'

const usual = 50
const most = 200
const known = new Set(['_since', '_at', '_count', '_type', '_cursor'])

const bad = (name: string): never =>
  refuse('invalid', 'record.bad-search', { fields: [{ path: name, problem: 'is not understood' }] })

function countIn(text: string | null): number {
  if (text === null) return usual
  return /^[1-9]\d{0,8}$/.test(text) ? Math.min(Number(text), most) : bad('_count')
}

function momentOf(params: URLSearchParams, name: string): Date | undefined {
  const text = params.get(name)
  return text === null ? undefined : momentIn(name, text)
}

/** Where the last page ended: a moment, a type, an id and a version. */
function afterOf(params: URLSearchParams): readonly string[] | undefined {
  const cursor = params.get('_cursor')
  if (cursor === null) return undefined
  const after = afterIn('_cursor', cursor)
  const isRight =
    after.length === afterLength &&
    !Number.isNaN(Date.parse(after[0] ?? '')) &&
    /^\d{1,9}$/.test(after.at(-1) ?? '')
  return isRight ? after : bad('_cursor')
}

/** What has changed: of one type, or of all. */
export function routeChanges(fhir: FastifyInstance, world: World): void {
  const base = `${world.publicUrl}/fhir/R4`

  const changes = async (request: FastifyRequest, reply: FastifyReply, types: readonly string[]) => {
    const params = paramsOf(request)
    const asked: Asked = {
      types,
      ...{ since: momentOf(params, '_since'), at: momentOf(params, '_at') },
      ...{ limit: countIn(params.get('_count')), after: afterOf(params) },
    }
    const { type } = placeOf(request)
    const found = await world.read(request.actor, (ctx) => listChanges(ctx, asked), { requestId: request.id })
    const said = [...params].filter(([name]) => known.has(name))
    const shown = { path: type ? `${type}/_history` : '_history', asked: said, ...found }
    return reply.type(media).send(historyOf(base, shown))
  }

  fhir.get('/:type/_history', { onRequest: admit(world, 'r') }, (request, reply) =>
    changes(request, reply, [placeOf(request).type]),
  )
  fhir.get('/_history', { onRequest: admit(world, undefined) }, (request, reply) =>
    changes(request, reply, typesOf(request, paramsOf(request), 'r')),
  )
}
