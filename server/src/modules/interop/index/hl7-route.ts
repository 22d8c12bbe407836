import type { FastifyInstance } from 'fastify'
import { refuse } from '../../../kernel/refusal.ts'
import type { World } from '../../../kernel/world.ts'
import { receive } from './receive.ts'

const BYTES_MAX = 2 * 1_048_576
const media = ['application/hl7-v2', 'x-application/hl7-v2+er7', 'text/plain']

/**
 * `POST /api/hl7`: one message of HL7 v2 by a system client, answered by HL7's own answer under 200 whatever it says;
 * 401, 403, 413, 415 are of the road, not of the message.
 */
export function routeHl7(app: FastifyInstance, world: World): void {
  app.register((road, _options, done) => {
    road.removeContentTypeParser('text/plain')
    road.addContentTypeParser(media, { parseAs: 'buffer' }, (_request, body, read) => read(null, body))
    const onRequest = async (request: Parameters<World['signedIn']>[0]): Promise<void> => {
      request.actor = await world.signedIn(request)
      const { kind } = request.actor
      if (kind === 'nobody') refuse('unauthenticated', 'kernel.sign-in-first')
      if (kind !== 'client') refuse('forbidden', 'interop.for-clients-only')
    }
    road.post('/api/hl7', { bodyLimit: BYTES_MAX, onRequest }, async (request, reply) => {
      if (!Buffer.isBuffer(request.body) || request.body.length === 0)
        return refuse('invalid', 'interop.no-message')
      const answer = await receive(world, { actor: request.actor, bytes: request.body, road: 'http' })
      return reply.type(`application/hl7-v2; charset=${answer.charset}`).send(answer.bytes)
    })
    done()
  })
}
