import type { FastifyInstance } from 'fastify'
import { ownInstitution } from '../../../kernel/actor.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { exactly } from '../../../kernel/resource/exact.ts'
import { ownBase } from '../../../kernel/resource/extract.ts'
import { findStored } from '../../../kernel/resource/read.ts'
import type { World } from '../../../kernel/world.ts'
import { aboutOf, happenedIn } from '../actions/notify.ts'
import { type About, notificationOf, statusOf } from '../notification.ts'
import * as store from '../store/subscription.ts'
import { listEvents } from '../store/subscription-event.ts'
import { topicResource, topics } from '../topic.ts'
import { admit } from './admit.ts'
import { media } from './answer.ts'
import { askedIn } from './asked-in.ts'
import { type Asking, ask } from './question.ts'

const EVENTS_MAX = 500
const LISTED_MAX = 50

interface Own {
  readonly row: store.SubscriptionRow
  readonly about: About
}

/** A subscription of this client; what is another's does not exist. */
async function own(ctx: Ctx, id: string): Promise<Own> {
  const stored = await findStored(ctx, 'Subscription', id)
  if (!stored || stored.deleted) return refuse('missing', 'record.no-such-resource')
  const row = await store.find(ctx, stored.institutionId ?? '', stored.ownId)
  return { row, about: aboutOf(row, stored.id) }
}

async function listOwn(ctx: Ctx, params: URLSearchParams): Promise<readonly Own[]> {
  if (ctx.actor.kind !== 'client') return []
  const { id: clientId } = ctx.actor
  const paging = { clientId, offset: 0, limit: LISTED_MAX }
  const { items } = await store.list(ctx, ownInstitution(ctx.actor), paging)
  const all = await Promise.all(items.map(({ id }) => own(ctx, id)))
  const ids = params.getAll('id').flatMap((one) => one.split(','))
  const states = params.getAll('status').flatMap((one) => one.split(','))
  return all.filter(
    ({ row, about }) =>
      (ids.length === 0 || ids.includes(about.fhirId)) && (states.length === 0 || states.includes(row.state)),
  )
}

function searchset(resources: readonly object[]): string {
  const entry = resources.map((resource) => ({ resource, search: { mode: 'match' } }))
  const head = { resourceType: 'Bundle', type: 'searchset', total: resources.length }
  return JSON.stringify(entry.length > 0 ? { ...head, entry } : head)
}

function numberIn(params: URLSearchParams, name: string): number | undefined {
  const text = params.get(name)
  if (text === null) return undefined
  if (/^\d{1,15}$/.test(text)) return Number(text)
  return refuse('invalid', 'record.bad-search', { fields: [{ path: name, problem: 'is not understood' }] })
}

/** Events of a subscription by their numbers, as far as its client may see today what they are about. */
async function eventsOf(ctx: Ctx, { row, about }: Own, params: URLSearchParams): Promise<object> {
  const from = numberIn(params, 'eventsSinceNumber') ?? 1
  const to = numberIn(params, 'eventsUntilNumber') ?? row.events
  const wanted = params.get('content')
  if (wanted !== null && !['empty', 'id-only', 'full-resource'].includes(wanted))
    refuse('invalid', 'record.bad-search', { fields: [{ path: 'content', problem: 'is not understood' }] })
  // A subscription shows no more than was agreed, whatever is asked.
  const content =
    wanted === 'empty' || (wanted === 'id-only' && row.content !== 'empty') ? wanted : row.content
  const events = await listEvents(ctx, row, { from, to, limit: EVENTS_MAX })
  const happened = await happenedIn(ctx, events, content)
  return notificationOf(ownBase(), { ...about, content }, { id: ctx.id(), kind: 'query-event', happened })
}

/** What clients ask of their subscriptions ($status, $events), and what there is to subscribe to. */
export function routeSubscriptions(fhir: FastifyInstance, world: World): void {
  const door = { onRequest: admit(world, undefined) }
  const idOf = (request: Asking) => (request.params as { id: string }).id
  const statusNow = ({ about }: Own) => statusOf(ownBase(), about, { kind: 'query-status' })

  const ways = {
    '/Subscription/$status': async (ctx: Ctx, request: Asking) =>
      searchset((await listOwn(ctx, askedIn(request))).map(statusNow)),
    '/Subscription/:id/$status': async (ctx: Ctx, request: Asking) =>
      searchset([statusNow(await own(ctx, idOf(request)))]),
    '/Subscription/:id/$events': async (ctx: Ctx, request: Asking) =>
      JSON.stringify(await eventsOf(ctx, await own(ctx, idOf(request)), askedIn(request)), exactly),
  }
  for (const [path, answer] of Object.entries(ways))
    ask(fhir, world, { methods: ['GET', 'POST'], path }, { answer })

  fhir.get('/SubscriptionTopic', door, (_request, reply) =>
    reply.type(media).send(searchset(topics.map((topic) => topicResource(ownBase(), topic)))),
  )
  fhir.get('/SubscriptionTopic/:id', door, (request, reply) => {
    const topic = topics.find(({ code }) => code === idOf(request))
    if (!topic) return refuse('missing', 'record.no-such-resource')
    return reply.type(media).send(JSON.stringify(topicResource(ownBase(), topic)))
  })
}
