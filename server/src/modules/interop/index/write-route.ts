import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Ctx } from '../../../kernel/ctx.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { adder, isAlone } from '../../../kernel/resource/alone.ts'
import { versionIn } from '../../../kernel/resource/bundle/entry.ts'
import { onlyMatch, removeWhere, updateWhere } from '../../../kernel/resource/conditional.ts'
import { isMadeTogether } from '../../../kernel/resource/create-together.ts'
import type { Resource } from '../../../kernel/resource/owner.ts'
import { isResourceId } from '../../../kernel/resource/primitive.ts'
import { answerWritten } from '../../../kernel/resource/read.ts'
import {
  createResource,
  removeResource,
  requireNone,
  requireShape,
  updateResource,
  type Written,
} from '../../../kernel/resource/write.ts'
import type { World } from '../../../kernel/world.ts'
import { admit, placeOf } from './admit.ts'
import { sendRemoved, sendWritten } from './answer.ts'
import { isKeyed, keyed } from './keyed.ts'
import { requireLicensedToRecord } from './licensed.ts'
import { changer, creator } from './made-together.ts'

export const RESOURCE_BYTES_MAX = 5 * 1_048_576

/** The body as a resource of the type in the address. */
export function resourceOf(request: FastifyRequest): Resource {
  const { body } = request
  // A form is no resource.
  if (typeof body === 'string') refuse('unsupported', 'kernel.media-type')
  requireShape(body)
  if (body.resourceType !== placeOf(request).type) refuse('invalid', 'record.type-and-url-differ')
  return body
}

/** The condition in the address of a conditional write; without one there is nothing it could mean. */
export function conditionOf(request: FastifyRequest): string {
  const at = request.url.indexOf('?')
  const query = new URLSearchParams(at < 0 ? '' : request.url.slice(at + 1))
  for (const name of ['_format', '_pretty']) query.delete(name)
  return query.toString() || refuse('precondition', 'record.condition-without-criteria')
}

/** Runs a change and answers with what is current after it. */
export async function change(
  world: World,
  request: FastifyRequest,
  reply: FastifyReply,
  work: (ctx: Ctx) => Promise<Written>,
): Promise<FastifyReply> {
  const written = await keyed(world, request, async (ctx) => {
    const { stored, isNew } = await work(ctx)
    return { current: await answerWritten(ctx, stored), isNew }
  })
  return sendWritten(request, reply, { ...written, base: `${world.publicUrl}/fhir/R4` })
}

type Created = (request: FastifyRequest, reply: FastifyReply, resource: Resource) => Promise<FastifyReply>

/** How a new resource is stored, where its condition finds none that is there already, and answered. */
export function creating(world: World): Created {
  const create = creator(world)
  const add = adder(world)
  const base = `${world.publicUrl}/fhir/R4`
  return async (request, reply, resource) => {
    await requireLicensedToRecord(world, request, [resource.resourceType])
    const condition = request.headers['if-none-exist']
    const isPlain = condition === undefined && !isKeyed(request)
    if (isPlain && isAlone(resource)) {
      const current = await add(request.actor, { resource, requestId: request.id })
      if (current) return sendWritten(request, reply, { current, isNew: true, base })
    }
    if (isPlain && isMadeTogether(resource)) {
      const made = await create(request.actor, { resource, requestId: request.id })
      return sendWritten(request, reply, { ...made, base })
    }
    const written = await keyed(world, request, async (ctx) => {
      const known =
        typeof condition === 'string' ? await onlyMatch(ctx, resource.resourceType, condition) : undefined
      if (known) return { current: known, isNew: false }
      const { stored, isNew } = await createResource(ctx, resource)
      return { current: await answerWritten(ctx, stored), isNew }
    })
    return sendWritten(request, reply, { ...written, base })
  }
}

/** Writing: create, update, delete, by id or by condition; each in one transaction. */
export function routeWrites(fhir: FastifyInstance, world: World): void {
  const limits = { bodyLimit: RESOURCE_BYTES_MAX }
  const created = creating(world)
  const base = `${world.publicUrl}/fhir/R4`
  const update = changer(world)

  fhir.post('/:type', { ...limits, onRequest: admit(world, 'c') }, async (request, reply) =>
    created(request, reply, resourceOf(request)),
  )

  fhir.put('/:type/:id', { ...limits, onRequest: admit(world, 'u') }, async (request, reply) => {
    const resource = resourceOf(request)
    const { id } = placeOf(request)
    if (resource.id !== id) refuse('invalid', 'record.id-differs')
    if (!isResourceId(id)) refuse('invalid', 'record.bad-url')
    await requireLicensedToRecord(world, request, [resource.resourceType])
    const expected = versionIn(request.headers['if-match'])
    const changed = { ...resource, id }
    const isToBeNew = request.headers['if-none-match'] === '*'
    if (isKeyed(request) || isToBeNew)
      return change(world, request, reply, async (ctx) => {
        if (isToBeNew) await requireNone(ctx, changed)
        return updateResource(ctx, changed, expected)
      })
    const made = await update(request.actor, { resource: changed, expected, requestId: request.id })
    return sendWritten(request, reply, { ...made, base })
  })

  fhir.put('/:type', { ...limits, onRequest: admit(world, 'u') }, async (request, reply) => {
    const resource = resourceOf(request)
    const condition = conditionOf(request)
    await requireLicensedToRecord(world, request, [resource.resourceType])
    const expected = versionIn(request.headers['if-match'])
    return change(world, request, reply, (ctx) => updateWhere(ctx, resource, condition, expected))
  })

  routeRemovals(fhir, world)
}

function routeRemovals(fhir: FastifyInstance, world: World): void {
  fhir.delete('/:type/:id', { onRequest: admit(world, 'd') }, async (request, reply) => {
    const { type, id } = placeOf(request)
    await requireLicensedToRecord(world, request, [type])
    const expected = versionIn(request.headers['if-match'])
    const gone = await keyed(world, request, async (ctx) => {
      const { version } = await removeResource(ctx, type, id, expected)
      return { id, version }
    })
    return sendRemoved(request, reply, { type, ...gone })
  })

  fhir.delete('/:type', { onRequest: admit(world, 'd') }, async (request, reply) => {
    const { type } = placeOf(request)
    const condition = conditionOf(request)
    await requireLicensedToRecord(world, request, [type])
    const expected = versionIn(request.headers['if-match'])
    const gone = await keyed(world, request, async (ctx) => {
      const removed = await removeWhere(ctx, type, condition, expected)
      return removed ? { id: removed.id, version: removed.version } : {}
    })
    return sendRemoved(request, reply, { type, ...gone })
  })
}
