import type { FastifyInstance } from 'fastify'
import type { Ctx } from '../../../kernel/ctx.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { type Asked, afterLength, listChanges } from '../../../kernel/resource/changes.ts'
import { afterIn, momentIn, timeIn } from '../../../kernel/resource/query.ts'
import { findStored } from '../../../kernel/resource/read.ts'
import type { World } from '../../../kernel/world.ts'
import { historyOf } from '../bundle.ts'
import { placeOf } from './admit.ts'
import { paramsOf } from './asked-in.ts'
import { type Asking, ask } from './question.ts'
import { typesOf } from './wide-route.ts'

const usual = 50
const most = 200
const known = new Set(['_since', '_at', '_count', '_type', '_cursor', '_format', '_pretty'])

const bad = (name: string): never =>
  refuse('invalid', 'record.bad-search', { fields: [{ path: name, problem: 'is not understood' }] })

function countIn(text: string | null): number {
  if (text === null) return usual
  return /^[1-9]\d{0,8}$/.test(text) ? Math.min(Number(text), most) : bad('_count')
}

function asAsked<T>(params: URLSearchParams, name: string, read: (name: string, text: string) => T) {
  const text = params.get(name)
  return text === null ? undefined : read(name, text)
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

/** What has changed: of one resource, of one type, or of all. */
export function routeChanges(fhir: FastifyInstance, world: World): void {
  const base = `${world.publicUrl}/fhir/R4`

  const changes = async (ctx: Ctx, request: Asking, { types, id }: Pick<Asked, 'types' | 'id'>) => {
    const params = paramsOf(request)
    const asked: Asked = {
      ...{ types, id, since: asAsked(params, '_since', momentIn), during: asAsked(params, '_at', timeIn) },
      ...{ limit: countIn(params.get('_count')), after: afterOf(params) },
    }
    const found = await listChanges(ctx, asked)
    const said = [...params].filter(([name]) => known.has(name))
    const path = [placeOf(request).type, placeOf(request).id, '_history'].filter(Boolean).join('/')
    return historyOf(base, { path, asked: said, ...found })
  }

  ask(
    fhir,
    world,
    { methods: ['GET'], path: '/:type/:id/_history' },
    {
      verb: 'r',
      answer: async (ctx, request) => {
        const { type, id } = placeOf(request)
        const stored = (await findStored(ctx, type, id)) ?? refuse('missing', 'record.no-such-resource')
        return changes(ctx, request, { types: [type], id: stored.id })
      },
    },
  )

  ask(
    fhir,
    world,
    { methods: ['GET'], path: '/:type/_history' },
    {
      verb: 'r',
      answer: (ctx, request) => changes(ctx, request, { types: [placeOf(request).type] }),
    },
  )
  ask(
    fhir,
    world,
    { methods: ['GET'], path: '/_history' },
    {
      answer: (ctx, request) => changes(ctx, request, { types: typesOf(request, paramsOf(request), 'r') }),
    },
  )
}
