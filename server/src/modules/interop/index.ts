// The wire: other systems read and write by open standards, under the same laws as every page.
// Words: a resource (资源) is one FHIR R4 thing with versions; a Bundle (数据包) is many at once, a transaction whole
// or not at all; an OperationOutcome says why something was refused; a scope says what a client may do; a subscription
// (订阅) has a client told of what happens by calls to its receiver (接收地址).
// Invariants: every error below /fhir is an OperationOutcome; what a module owns is written by that module's own
// action; what the caller has no basis to open does not exist for it; each opening is in the access log · a notification
// tells what its client may see when it is sent, numbered without gaps, at least once · what a partner (对接方) is told
// by HL7 v2 waits until it is answered, in order, always under the same number.
import { interopApi } from '@tongmai/api/interop'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { answerBelow } from '../../kernel/answer-error.ts'
import { bodyText } from '../../kernel/body-text.ts'
import { type Module, serve } from '../../kernel/module.ts'
import { refuse } from '../../kernel/refusal.ts'
import { exactIn, hasExact } from '../../kernel/resource/exact.ts'
import { setHere } from '../../kernel/resource/extract.ts'
import { registerValueSets } from '../../kernel/resource/find/value-set.ts'
import { registerOwner } from '../../kernel/resource/owner.ts'
import { smartConfiguration } from '../identity/index.ts'
import { heldSystems } from '../record/index.ts'
import { consoleActions } from './actions/console.ts'
import { exportActions } from './actions/export.ts'
import { mendActions } from './actions/mend.ts'
import { partnerActions } from './actions/partner.ts'
import { subscriptionOwner } from './actions/subscribe.ts'
import { subscriptionActions } from './actions/subscription.ts'
import { capabilityStatement } from './capability.ts'
import { demo } from './demo/index.ts'
import { documentOwner } from './document.ts'
import { interopEvents } from './events.ts'
import { fromXml } from './from-xml.ts'
import { answerOutcome, media, outcomeText } from './index/answer.ts'
import { letPagesIn } from './index/any-origin.ts'
import { routeBinaries } from './index/binary-route.ts'
import { routeBundles } from './index/bundle-route.ts'
import { routeHooks } from './index/cds-route.ts'
import { routeChanges } from './index/change-route.ts'
import { routeDocuments } from './index/document-route.ts'
import { routeExports } from './index/export-route.ts'
import { requireFormat, requireFormatIn, written } from './index/format.ts'
import { routeGraphql } from './index/graphql-route.ts'
import { routeHl7 } from './index/hl7-route.ts'
import { routeMatch } from './index/match-route.ts'
import { routePatches } from './index/patch-route.ts'
import type { Mounted } from './index/question.ts'
import { routeReads } from './index/read-route.ts'
import { routeSubscriptions } from './index/subscription-route.ts'
import { routeSummary } from './index/summary-route.ts'
import { codesIn } from './index/terms.ts'
import { routeTerms } from './index/terms-route.ts'
import { unpackBodies } from './index/unpacked.ts'
import { routeValidation } from './index/validate-route.ts'
import { routeWide } from './index/wide-route.ts'
import { routeWrites } from './index/write-route.ts'
import { jobs } from './jobs.ts'
import { reactions } from './reactions.ts'
import { terminologyCapabilities } from './terminology-capability.ts'

export { interopEvents } from './events.ts'
export { listenHl7 } from './index/listen.ts'

registerOwner(subscriptionOwner)
registerOwner(documentOwner)
registerValueSets(codesIn)

const prefix = '/fhir/R4'

/** Every route mounted from now on, as it is mounted. */
function listening(fhir: FastifyInstance): readonly Mounted[] {
  const mounted: Mounted[] = []
  fhir.addHook('onRoute', ({ method, url, config }) => {
    const path = url.slice(prefix.length) || '/'
    for (const one of [method].flat()) mounted.push({ method: one, path, question: config?.question })
  })
  return mounted
}

/** A client may name a media type although a removal brings nothing. */
const isNothing = ({ method }: FastifyRequest, body: Buffer): boolean =>
  method === 'DELETE' && body.length === 0

/** Resources come as JSON or XML, in UTF-8 or GB18030; what is declared to be neither is refused, never guessed. */
function readBodies(fhir: FastifyInstance): void {
  fhir.removeContentTypeParser(['text/plain', 'application/json'])
  const json = fhir.getDefaultJsonParser('error', 'error')
  const parsed: typeof json = (request, text, done) =>
    hasExact(text)
      ? json(request, text, (error) => (error ? done(error, undefined) : done(null, exactIn(text))))
      : json(request, text, done)
  const bytes = { parseAs: 'buffer' } as const
  for (const type of ['application/json', 'application/fhir+json', 'application/json-patch+json'])
    fhir.addContentTypeParser(type, bytes, (request, body: Buffer, done) =>
      isNothing(request, body)
        ? done(null, undefined)
        : parsed(request, bodyText(body, request.headers['content-type']), done),
    )
  for (const type of ['application/fhir+xml', 'application/xml', 'text/xml'])
    fhir.addContentTypeParser(type, bytes, async (request: FastifyRequest, body: Buffer) =>
      isNothing(request, body) ? undefined : fromXml(bodyText(body, request.headers['content-type'])),
    )
}

/** FHIR R4 at /fhir/R4, HL7 v2 at /api/hl7 and over MLLP. */
export const interop: Module = {
  name: 'interop',
  ...serve(interopApi, {
    ...{ ...exportActions, ...consoleActions, ...mendActions, ...partnerActions, ...subscriptionActions },
  }),
  events: interopEvents,
  jobs,
  reactions,
  demo,
  routes(app, world) {
    routeHooks(app, world)
    routeHl7(app, world)
    answerBelow(prefix, { answer: answerOutcome, bodyOf: outcomeText })
    setHere(`${world.publicUrl}/fhir/R4`)
    app.register(
      async (fhir) => {
        const mounted = listening(fhir)
        fhir.setErrorHandler(answerOutcome)
        fhir.setNotFoundHandler(() => refuse('missing', 'kernel.no-such-route'))
        readBodies(fhir)
        letPagesIn(fhir)
        fhir.addHook('onRequest', requireFormat)
        unpackBodies(fhir)
        fhir.addHook('onSend', written)
        fhir.addContentTypeParser(
          'application/x-www-form-urlencoded',
          { parseAs: 'string' },
          async (_request: FastifyRequest, body: string) => {
            requireFormatIn(body)
            return body
          },
        )
        let capability: string | undefined
        fhir.get('/metadata', (request, reply) => {
          if ((request.query as { mode?: unknown }).mode === 'terminology')
            return reply
              .type(media)
              .send(JSON.stringify(terminologyCapabilities(world.publicUrl, world.now(), heldSystems())))
          capability ??= JSON.stringify(capabilityStatement(world.publicUrl, world.now(), mounted))
          return reply.type(media).send(capability)
        })
        fhir.get('/.well-known/smart-configuration', (_request, reply) =>
          reply.send(smartConfiguration(world.publicUrl)),
        )
        routeExports(fhir, world)
        routeSubscriptions(fhir, world)
        routeMatch(fhir, world)
        routeTerms(fhir, world)
        routeGraphql(fhir, world)
        routeSummary(fhir, world)
        routeDocuments(fhir, world)
        routeBinaries(fhir, world)
        routeReads(fhir, world)
        routeWide(fhir, world)
        routeChanges(fhir, world)
        routeWrites(fhir, world)
        routePatches(fhir, world)
        routeValidation(fhir, world)
        routeBundles(fhir, world, mounted)
      },
      { prefix },
    )
  },
}
