import type { FastifyInstance, FastifyRequest } from 'fastify'
import { tellError } from '../../../kernel/answer-error.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { blaming } from '../../../kernel/resource/bundle/blame.ts'
import { type Entry, entryOf } from '../../../kernel/resource/bundle/entry.ts'
import { type Done, type Part, runEntries } from '../../../kernel/resource/bundle/transaction.ts'
import type { Json, Resource } from '../../../kernel/resource/owner.ts'
import { requireShape } from '../../../kernel/resource/write.ts'
import type { World } from '../../../kernel/world.ts'
import type { ScopeVerb } from '../../identity/index.ts'
import { allDone, outcomeOf, statusOf } from '../outcome.ts'
import { searched } from '../searched.ts'
import { admit, requireUse } from './admit.ts'
import { etagOf, isKnown, media, preferOf } from './answer.ts'
import { keyed } from './keyed.ts'
import { requireLicensedToRecord } from './licensed.ts'
import { mayUse } from './may-use.ts'
import { mayRead } from './read-route.ts'
import { answerable } from './write-route.ts'

const BUNDLE_BYTES_MAX = 20 * 1_048_576
const ENTRIES_MAX = 5_000

const verbs: Record<Entry['act'], ScopeVerb> = {
  create: 'c',
  update: 'u',
  patch: 'u',
  remove: 'd',
  read: 'r',
  search: 's',
}
const statuses: Record<Done['status'], string> = {
  created: '201 Created',
  known: '200 OK',
  changed: '200 OK',
  removed: '204 No Content',
  found: '200 OK',
}

interface Bundle {
  readonly type: string
  readonly entries: readonly Json[]
}

/** The body as a Bundle to be run. */
function bundleIn(body: unknown): Bundle {
  const bundle = body as Resource | null
  if (typeof bundle !== 'object' || bundle?.resourceType !== 'Bundle') refuse('invalid', 'record.no-bundle')
  const { type, entry } = bundle as Resource
  if (type !== 'transaction' && type !== 'batch') refuse('invalid', 'record.no-bundle')
  const entries = Array.isArray(entry) ? entry : []
  if (entries.length > ENTRIES_MAX) refuse('too-large', 'record.too-many-entries')
  return { type, entries }
}

/** POST on the root: a transaction is taken whole or not at all, a batch entry by entry. */
export function routeBundles(fhir: FastifyInstance, world: World): void {
  const base = `${world.publicUrl}/fhir/R4`
  fhir.post(
    '/',
    { bodyLimit: BUNDLE_BYTES_MAX, onRequest: admit(world, undefined) },
    async (request, reply) => {
      const bundle = bundleIn(request.body)
      const part = partOf(base, request)
      const entries =
        bundle.type === 'transaction'
          ? await transaction(world, request, part)
          : await batch(world, request, { part, entries: bundle.entries })
      const body = `{"resourceType":"Bundle","type":"${bundle.type}-response","entry":[${entries.join(',')}]}`
      return reply.type(media).send(body)
    },
  )
}

/** How this caller takes part: by its scopes, and with searches that stand in the Bundle. */
const partOf = (base: string, request: FastifyRequest): Part => ({
  allow: (entry) => requireUse(request, entry.type, verbs[entry.act]),
  search: async (ctx, entry) => {
    const { strict } = preferOf(request)
    const { type, query } = entry
    const how = { strict, may: mayRead(request) }
    const content = await searched(ctx, {
      base,
      path: type,
      type,
      params: new URLSearchParams(query ?? ''),
      how,
    })
    return { type: 'Bundle', id: '', version: 0, updatedAt: ctx.now, content }
  },
})

async function transaction(world: World, request: FastifyRequest, part: Part): Promise<readonly string[]> {
  const body = request.body as Resource
  requireShape(body)
  const entries: Entry[] = []
  for (const [index, value] of bundleIn(body).entries.entries()) {
    const fullUrl = (value as { fullUrl?: string }).fullUrl
    entries.push(await blaming({ index, fullUrl }, () => entryOf(value, index)))
  }
  await requireLicensedToRecord(world, request, writtenBy(entries))
  return keyed(world, request, async (ctx) => {
    const done = await runEntries(ctx, entries, part)
    return Promise.all(done.map((one) => responseOf(ctx, request, one)))
  })
}

/** The types of what these entries write. */
const writtenBy = (entries: readonly Entry[]): string[] =>
  entries.filter(({ act }) => act !== 'read' && act !== 'search').map(({ type }) => type)

/** Each entry on its own: what is refused says why in its place, the others go on. */
async function batch(
  world: World,
  request: FastifyRequest,
  { part, entries }: { part: Part; entries: readonly Json[] },
): Promise<readonly string[]> {
  const answers: string[] = []
  for (const [index, value] of entries.entries()) {
    try {
      const entry = entryOf(value, index)
      if (entry.resource) requireShape(entry.resource)
      await requireLicensedToRecord(world, request, writtenBy([entry]))
      const run = async (ctx: Ctx) => {
        const [done] = await runEntries(ctx, [entry], part)
        return responseOf(ctx, request, done as Done)
      }
      const isRead = entry.act === 'read' || entry.act === 'search'
      const answer = isRead ? world.read : world.write
      answers.push(await answer(request.actor, run, { requestId: request.id }))
    } catch (error) {
      const told = tellError(error)
      if (told.status >= 500)
        request.log.error({ requestId: request.id, err: error, code: told.code }, 'batch entry failed')
      const outcome = outcomeOf(told, request.id)
      answers.push(JSON.stringify({ response: { status: String(statusOf(told)), outcome } }))
    }
  }
  return answers
}

/** One entry of the answer: status, where it now is, and the resource or the outcome as the caller wants it. */
async function responseOf(ctx: Ctx, request: FastifyRequest, done: Done): Promise<string> {
  const { entry, status, current } = done
  const isRead = entry.act === 'read' || entry.act === 'search'
  const stamp = current?.id
    ? { etag: etagOf(current.version), lastModified: current.updatedAt.toISOString() }
    : {}
  if (entry.act === 'read' && current && isKnown(current, entry.has.noneMatch, entry.has.modifiedSince))
    return JSON.stringify({ response: { status: '304 Not Modified', ...stamp } })
  const { returns } = preferOf(request)
  const response = {
    status: statuses[status],
    ...(current && !isRead ? { location: `${current.type}/${current.id}/_history/${current.version}` } : {}),
    ...stamp,
    ...(returns === 'OperationOutcome' && !isRead ? { outcome: allDone(statuses[status]) } : {}),
  }
  const mayRead = status === 'created' || mayUse(request.actor, entry.type, 'r')
  const isWanted = isRead || (returns === 'representation' && status !== 'removed' && mayRead)
  if (!current || !isWanted) return JSON.stringify({ response })
  const shown = isRead ? current.content : (await answerable(ctx, current as never)).content
  return `{"resource":${shown},"response":${JSON.stringify(response)}}`
}
