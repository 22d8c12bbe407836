import type { FastifyInstance, FastifyRequest } from 'fastify'
import * as z from 'zod/mini'
import { nobody } from '../../../kernel/actor.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { Refusal, refuse } from '../../../kernel/refusal.ts'
import { residentOf } from '../../../kernel/resource/next.ts'
import { matchesOf } from '../../../kernel/resource/query.ts'
import type { World } from '../../../kernel/world.ts'
import { fhirServersOf } from '../../identity/index.ts'
import { decideOffer, itemsByCoding, keyOf, offerResults } from '../../recognition/index.ts'
import { cardOf, type DraftOrder, reasonOf, type Service, services } from '../cds.ts'
import { type Brought, broughtIn, conditionsOf } from '../cds-prefetch.ts'
import { letPagesIn } from './any-origin.ts'
import { fetchMissing } from './cds-fetch.ts'
import { mayUse } from './may-use.ts'
import { RESOURCE_BYTES_MAX } from './write-route.ts'

const coding = z.object({ system: z.optional(z.string()), code: z.optional(z.string()) })
const order = z.object({
  resourceType: z.string(),
  id: z.optional(z.string()),
  code: z.optional(z.object({ coding: z.optional(z.array(coding)) })),
})
const hookRequest = z.object({
  hook: z.string(),
  hookInstance: z.string().check(z.minLength(1), z.maxLength(100)),
  context: z.object({
    patientId: z.string().check(z.minLength(1), z.maxLength(64)),
    userId: z.optional(z.string()),
    selections: z.optional(z.array(z.string()).check(z.maxLength(200))),
    draftOrders: z.object({
      entry: z.optional(z.array(z.object({ resource: z.optional(order) })).check(z.maxLength(200))),
    }),
  }),
  prefetch: z.optional(z.nullable(z.record(z.string(), z.unknown()))),
  fhirServer: z.optional(z.nullable(z.string().check(z.maxLength(500)))),
  fhirAuthorization: z.optional(
    z.nullable(
      z.object({
        access_token: z.string().check(z.regex(/^[\x21-\x7e]{1,8000}$/)),
        token_type: z.string().check(z.regex(/^bearer$/i)),
      }),
    ),
  ),
})
type Asked = z.output<typeof hookRequest>

const feedback = z.object({
  feedback: z
    .array(
      z.object({
        card: z.string(),
        outcome: z.enum(['accepted', 'overridden']),
        overrideReason: z.optional(
          z.object({
            reason: z.optional(z.object({ code: z.optional(z.string()), display: z.optional(z.string()) })),
            userComment: z.optional(z.string()),
          }),
        ),
      }),
    )
    .check(z.minLength(1), z.maxLength(100)),
})

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The body as the shape says; 400 with the fields at fault. */
function bodyOf<S extends z.ZodMiniType>(shape: S, body: unknown): z.output<S> {
  const read = z.safeParse(shape, body)
  if (read.success) return read.data
  const fields = read.error.issues.map(({ path, code }) => ({ path: path.join('.'), problem: code }))
  return refuse('invalid', 'kernel.invalid-body', { fields })
}

const serviceOf = (request: FastifyRequest): Service =>
  services.find(({ id }) => id === (request.params as { id: string }).id) ??
  refuse('missing', 'interop.no-such-service')

/** The orders that are asked about: for order-select the selected ones, else all. */
function draftsOf({ hook, context }: Asked): DraftOrder[] {
  const { selections, draftOrders } = context
  return (draftOrders.entry ?? []).flatMap(({ resource }) => {
    if (resource?.resourceType !== 'ServiceRequest') return []
    const reference = `ServiceRequest/${resource.id ?? ''}`
    if (hook === 'order-select' && !(selections ?? []).includes(reference)) return []
    return [{ reference, codings: resource.code?.coding ?? [] }]
  })
}

const practitionerIn = (userId: string | undefined): string | null => {
  const [type, id = ''] = userId?.split('/') ?? []
  return type === 'Practitioner' && uuid.test(id) ? id : null
}

/** Who is meant: by the identifiers that came with the request, where they are somebody's here, else by our own id. */
async function whoIsMeant(ctx: Ctx, { patientId }: Asked['context'], { patient }: Brought): Promise<string> {
  for (const condition of patient ? conditionsOf(patient) : []) {
    const [found, other] = await matchesOf(ctx, 'Patient', condition)
    if (found?.residentId && !other) return found.residentId
  }
  return (await residentOf(ctx, patientId)) ?? refuse('missing', 'resident.missing')
}

/** What is known before anything is read elsewhere: whether an order means an item at all, and where it may be read. */
async function prepare(ctx: Ctx, asked: Asked) {
  const codings = draftsOf(asked).flatMap(({ codings }) => codings)
  const isKnown = (await itemsByCoding(ctx, codings)).size > 0
  const { id, app } = ctx.actor
  return { isKnown, servers: isKnown ? await fhirServersOf(ctx, app?.clientId ?? id) : [] }
}

async function advise(ctx: Ctx, service: Service, asked: Asked, publicUrl: string) {
  const drafts = draftsOf(asked)
  const known = await itemsByCoding(
    ctx,
    drafts.flatMap(({ codings }) => codings),
  )
  const meant = (draft: DraftOrder) => draft.codings.map((one) => known.get(keyOf(one))?.id).find(Boolean)
  const items = [...new Set(drafts.flatMap((draft) => meant(draft) ?? []))].slice(0, 40)
  if (items.length === 0) return []
  const brought = broughtIn(asked.prefetch ?? {}, asked.context.patientId)
  const residentId = await whoIsMeant(ctx, asked.context, brought)
  const practitionerId = ctx.actor.practitionerId ?? practitionerIn(asked.context.userId)
  const { results, userName } = brought
  const offered = await offerResults(ctx, {
    ...{ residentId, items, practitionerId, brought: results },
    practitionerName: userName ?? '',
  })
  const url = `${publicUrl}/residents/${residentId}/order-tests`
  return offered.map((one) =>
    cardOf(service, one, {
      references: drafts
        .filter((draft) => meant(draft) === one.item.itemId)
        .map(({ reference }) => reference),
      ...{ url, suggestionId: ctx.id() },
    }),
  )
}

type Feedback = z.output<typeof feedback>['feedback'][number]

/** Without a reason a card was only not followed: nothing is known that could be counted. */
async function heed(ctx: Ctx, { card: id, outcome, overrideReason = {} }: Feedback): Promise<void> {
  if (!uuid.test(id)) return
  if (outcome === 'accepted') return void (await decideOffer(ctx, { id, outcome: 'recognised' }))
  const why = reasonOf(overrideReason)
  if (why) await decideOffer(ctx, { id, outcome: 'reordered', ...why })
}

/** In the answer: by key of the prefetch why it could not be read from the server of the hook. */
const NOT_READ = 'urn:tongmai:prefetch-not-read'

function nothingOfTheUnknown(error: unknown): [] {
  if (error instanceof Refusal && error.kind === 'missing') return []
  throw error
}

/** Who the client is and that it may read results, before the body is read. */
const admit = (world: World) => async (request: FastifyRequest) => {
  const actor = await world.signedIn(request)
  request.actor = actor
  if (actor.kind === nobody.kind) refuse('unauthenticated', 'kernel.sign-in-first')
  const reads = ['Patient', 'Observation', 'DiagnosticReport'].every((type) => mayUse(actor, type, 'r'))
  if (!reads || actor.institutionId === null) refuse('forbidden', 'kernel.not-permitted')
}

/**
 * CDS Hooks 2.0 at /cds-services: discovery for anyone, advice and feedback under the law of FHIR. Of a patient whom
 * the caller may not open there is no card, as of one who does not exist.
 */
export function routeHooks(app: FastifyInstance, world: World): void {
  app.register(
    (hooks, _options, done) => {
      letPagesIn(hooks)
      hooks.get('/', async () => ({ services }))

      const options = { bodyLimit: RESOURCE_BYTES_MAX, onRequest: admit(world) }
      hooks.post('/:id', options, async (request) => {
        const service = serviceOf(request)
        const asked = bodyOf(hookRequest, request.body)
        if (asked.hook !== service.hook)
          refuse('invalid', 'interop.other-hook', { details: { hook: service.hook } })
        const origin = { requestId: request.id }
        const { isKnown, servers } = await world.read(request.actor, (ctx) => prepare(ctx, asked), origin)
        if (!isKnown) return { cards: [] }
        const { given, problems } = await fetchMissing(asked, servers)
        const whole = { ...asked, prefetch: given }
        const cards = await world
          .write(request.actor, (ctx) => advise(ctx, service, whole, world.publicUrl), origin)
          .catch(nothingOfTheUnknown)
        return { cards, ...(Object.keys(problems).length > 0 ? { extension: { [NOT_READ]: problems } } : {}) }
      })

      hooks.post('/:id/feedback', { onRequest: admit(world) }, async (request, reply) => {
        serviceOf(request)
        const { feedback: all } = bodyOf(feedback, request.body)
        await world.write(
          request.actor,
          async (ctx) => {
            for (const one of all) await heed(ctx, one)
          },
          { requestId: request.id },
        )
        return reply.code(200).send({})
      })
      done()
    },
    { prefix: '/cds-services' },
  )
}
