import type { FastifyInstance, FastifyRequest } from 'fastify'
import { tellError } from '../../../kernel/answer-error.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { isConnectionLoss } from '../../../kernel/database.ts'
import { refuse } from '../../../kernel/refusal.ts'
import type { Done, Part } from '../../../kernel/resource/bundle/act.ts'
import { blaming } from '../../../kernel/resource/bundle/blame.ts'
import { type Entry, entryOf } from '../../../kernel/resource/bundle/entry.ts'
import { type Job, runEntries, runTogether } from '../../../kernel/resource/bundle/transaction.ts'
import { createTogether, isMadeTogether } from '../../../kernel/resource/create-together.ts'
import type { Json, Resource, Stored } from '../../../kernel/resource/owner.ts'
import { answerWritten } from '../../../kernel/resource/read.ts'
import { requireShape } from '../../../kernel/resource/write.ts'
import type { World } from '../../../kernel/world.ts'
import type { ScopeVerb } from '../../identity/index.ts'
import { allDone, outcomeOf, statusOf } from '../outcome.ts'
import { admit, requireUse } from './admit.ts'
import { etagOf, isKnown, media, preferOf } from './answer.ts'
import { isKeyed, keyed } from './keyed.ts'
import { requireLicensedToRecord } from './licensed.ts'
import { apart, writer } from './made-together.ts'
import { mayUse } from './may-use.ts'
import { type Mounted, questionOf } from './question.ts'

const BUNDLE_BYTES_MAX = 20 * 1_048_576
const ENTRIES_MAX = 5_000

const verbs: Record<Exclude<Entry['act'], 'ask'>, ScopeVerb> = {
  create: 'c',
  update: 'u',
  patch: 'u',
  remove: 'd',
  read: 'r',
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
  if (entry !== undefined && !Array.isArray(entry)) refuse('invalid', 'record.no-bundle')
  const entries: readonly Json[] = entry ?? []
  if (entries.length > ENTRIES_MAX) refuse('too-large', 'record.too-many-entries')
  return { type, entries }
}

/** POST on the root: a transaction is taken whole or not at all, a batch entry by entry. */
export function routeBundles(fhir: FastifyInstance, world: World, mounted: readonly Mounted[]): void {
  const run = runner(world)
  fhir.post(
    '/',
    { bodyLimit: BUNDLE_BYTES_MAX, onRequest: admit(world, undefined) },
    async (request, reply) => {
      const bundle = bundleIn(request.body)
      const part = partOf(mounted, request)
      const entries =
        bundle.type === 'transaction'
          ? await transaction({ world, run }, request, part)
          : await batch(world, request, { part, entries: bundle.entries })
      // FHIR knows no empty list.
      const list = entries.length > 0 ? `,"entry":[${entries.join(',')}]` : ''
      return reply.type(media).send(`{"resourceType":"Bundle","type":"${bundle.type}-response"${list}}`)
    },
  )
}

/** How this caller takes part: by its scopes, and with what it asks in the Bundle. */
const partOf = (mounted: readonly Mounted[], request: FastifyRequest): Part => ({
  allow: (entry) =>
    entry.act === 'ask'
      ? void questionOf(mounted, entry, request)
      : requireUse(request, entry.type, verbs[entry.act]),
  answer: async (ctx, entry) => {
    const { question, asking } = questionOf(mounted, entry, request)
    const answer = await question.answer(ctx, asking)
    if (typeof answer !== 'string') return answer
    return { type: 'Bundle', id: '', version: 0, updatedAt: ctx.now, content: answer }
  },
})

async function transaction(
  { world, run }: { world: World; run: ReturnType<typeof runner> },
  request: FastifyRequest,
  part: Part,
): Promise<readonly string[]> {
  const body = request.body as Resource
  requireShape(body)
  const entries: Entry[] = []
  for (const [index, value] of bundleIn(body).entries.entries()) {
    const fullUrl = (value as { fullUrl?: string }).fullUrl
    entries.push(await blaming({ index, fullUrl }, () => entryOf(value, index)))
  }
  await requireLicensedToRecord(world, request, writtenBy(entries))
  const asked = { entries, part, request, requestId: request.id }
  const isPlain = entries.every(({ act, query }) => act === 'create' && query === undefined)
  if (isPlain && !isKeyed(request)) return run(request.actor, asked)
  return keyed(world, request, (ctx) => runOne(ctx, asked))
}

interface Transaction extends Job {
  readonly request: FastifyRequest
}

const answersOf = (ctx: Ctx, request: FastifyRequest, done: readonly Done[]): Promise<readonly string[]> =>
  Promise.all(done.map((one) => responseOf(ctx, request, one)))

const runOne = async (ctx: Ctx, { entries, part, request }: Transaction): Promise<readonly string[]> =>
  answersOf(ctx, request, await runEntries(ctx, entries, part))

/** Transactions that only make things: those of one caller and one moment go in the same statements. */
const runner = (world: World) =>
  writer<Transaction, readonly string[]>(world, {
    one: runOne,
    all: async (ctx, asked) => {
      const done = await runTogether(ctx, asked)
      return Promise.all(asked.map(({ request }, n) => answersOf(ctx, request, done[n] ?? [])))
    },
  })

/** The types of what these entries write. */
const writtenBy = (entries: readonly Entry[]): string[] =>
  entries.filter((entry) => !isReading(entry)).map(({ type }) => type)

/** So many writes of a batch share a transaction, where none of them is refused. */
const TOGETHER = 50

const isReading = ({ act }: Entry): boolean => act === 'read' || act === 'ask'

/** One entry of a batch that could be understood, or the answer to one that could not. */
type Asked = { readonly entry: Entry } | { readonly refused: string }

/** Each entry on its own: what is refused says why in its place, the others go on. */
async function batch(
  world: World,
  request: FastifyRequest,
  { part, entries }: { part: Part; entries: readonly Json[] },
): Promise<readonly string[]> {
  const asked: Asked[] = []
  for (const [index, value] of entries.entries()) {
    try {
      const entry = await blaming({ index, fullUrl: undefined }, async () => {
        const one = entryOf(value, index)
        if (one.resource && one.act !== 'ask') requireShape(one.resource)
        await requireLicensedToRecord(world, request, writtenBy([one]))
        return one
      })
      asked.push({ entry })
    } catch (error) {
      asked.push({ refused: refusedEntry(request, error) })
    }
  }
  const answers: string[] = []
  for (let from = 0; from < asked.length; ) {
    const run = asked.slice(from, from + TOGETHER)
    const end = run.findIndex((one) => 'refused' in one || isReading(one.entry))
    const writes = (end < 0 ? run : run.slice(0, end)) as { entry: Entry }[]
    if (writes.length > 1) answers.push(...(await writeTogether(world, request, { part, writes })))
    else answers.push(await answerOne(world, request, { part, asked: run[0] as Asked }))
    from += Math.max(writes.length, 1)
  }
  return answers
}

/** Writes that follow each other, in one transaction as long as all are taken; else each in its own. */
async function writeTogether(
  world: World,
  request: FastifyRequest,
  { part, writes }: { part: Part; writes: readonly { entry: Entry }[] },
): Promise<readonly string[]> {
  const isMany = writes.every(({ entry }) => isPlainCreate(entry))
  const all = async (ctx: Ctx) => {
    if (isMany) return createAll(ctx, request, { part, writes })
    const answers: string[] = []
    for (const { entry } of writes) answers.push(await answerTo(ctx, request, { part, entry }))
    return answers
  }
  try {
    return await world.write(request.actor, (ctx) => all(ctx).catch(apart), { requestId: request.id })
  } catch (error) {
    // It may have been done all the same: the caller decides whether to send again.
    if (isConnectionLoss(error)) throw error
    const answers: string[] = []
    for (const asked of writes) answers.push(await answerOne(world, request, { part, asked }))
    return answers
  }
}

/** A create that asks for nothing but to be done. */
const isPlainCreate = ({ act, query, resource }: Entry): boolean =>
  act === 'create' && query === undefined && resource !== undefined && isMadeTogether(resource)

async function createAll(
  ctx: Ctx,
  request: FastifyRequest,
  { part, writes }: { part: Part; writes: readonly { entry: Entry }[] },
): Promise<readonly string[]> {
  const wanted = writes.map(({ entry }) => {
    part.allow?.(entry)
    return { resource: entry.resource as Resource, requestId: request.id }
  })
  const stored = await createTogether(ctx, wanted)
  const done = stored.map(
    (current, n): Done => ({ entry: (writes[n] as { entry: Entry }).entry, status: 'created', current }),
  )
  return answersOf(ctx, request, done)
}

async function answerOne(
  world: World,
  request: FastifyRequest,
  { part, asked }: { part: Part; asked: Asked },
): Promise<string> {
  if ('refused' in asked) return asked.refused
  const { entry } = asked
  const answer = isReading(entry) ? world.read : world.write
  const origin = { requestId: request.id }
  try {
    return await answer(request.actor, (ctx) => answerTo(ctx, request, { part, entry }), origin)
  } catch (error) {
    return refusedEntry(request, error)
  }
}

async function answerTo(
  ctx: Ctx,
  request: FastifyRequest,
  { part, entry }: { part: Part; entry: Entry },
): Promise<string> {
  const [done] = await runEntries(ctx, [entry], part)
  return responseOf(ctx, request, done as Done)
}

function refusedEntry(request: FastifyRequest, error: unknown): string {
  const told = tellError(error)
  if (told.status >= 500)
    request.log.error({ requestId: request.id, err: error, code: told.code }, 'batch entry failed')
  const outcome = outcomeOf(told, request.id)
  return JSON.stringify({ response: { status: String(statusOf(told)), outcome } })
}

/** One entry of the answer: status, where it now is, and the resource or the outcome as the caller wants it. */
async function responseOf(ctx: Ctx, request: FastifyRequest, done: Done): Promise<string> {
  const { entry, status, current } = done
  const isRead = isReading(entry)
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
  const shown = isRead ? current.content : (await answerWritten(ctx, current as Stored)).content
  return `{"resource":${shown},"response":${JSON.stringify(response)}}`
}
