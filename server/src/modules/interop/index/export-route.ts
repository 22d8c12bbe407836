import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { ownInstitution } from '../../../kernel/actor.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { enqueue } from '../../../kernel/job.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { isOpenType } from '../../../kernel/resource/concern.ts'
import { nodes } from '../../../kernel/resource/node.ts'
import type { Json } from '../../../kernel/resource/owner.ts'
import { momentIn } from '../../../kernel/resource/query.ts'
import { readResource } from '../../../kernel/resource/read.ts'
import { isResourceType, resourceTypes } from '../../../kernel/resource/shape.ts'
import { readSpooled, removeSpool } from '../../../kernel/spool.ts'
import type { World } from '../../../kernel/world.ts'
import { type Associated, PROVENANCE } from '../actions/export-provenance.ts'
import { conditionFor, saysHow } from '../actions/filter.ts'
import { addExport, countOpenExports, type ExportFile, findExport, removeExport } from '../store/export.ts'
import { admit, requireUse } from './admit.ts'
import { media } from './answer.ts'
import { askedIn, paramsOf, partsIn } from './asked-in.ts'
import { mayUse } from './may-use.ts'

const HOURS = 24
const OPEN_MAX = 3
const FILTERS_MAX = 20
const formats = new Set(['application/fhir+ndjson', 'application/ndjson', 'ndjson'])
const PATIENTS_MAX = 10_000
const known = new Set([
  ...['_type', '_since', '_outputFormat', '_typeFilter', '_elements', 'patient', 'includeAssociatedData'],
])
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

type Level = 'system' | 'patient' | 'group'

/** Whole exports (Bulk Data Access 2.0): asked for, looked after, fetched, given up. For programs, by their own scopes. */
export function routeExports(fhir: FastifyInstance, world: World): void {
  const base = `${world.publicUrl}/fhir/R4`
  const door = { onRequest: [admit(world, undefined), programsOnly] }
  const begin = (level: Level) => async (request: FastifyRequest, reply: FastifyReply) => {
    const id = await ask(world, request, level)
    return reply.code(202).header('content-location', `${base}/$export-status/${id}`).send('')
  }
  for (const [path, level] of [
    ['/$export', 'system'],
    ['/Patient/$export', 'patient'],
    ['/Group/:id/$export', 'group'],
  ] as const) {
    fhir.get(path, door, begin(level))
    fhir.post(path, door, begin(level))
  }
  fhir.get('/$export-status/:id', door, (request, reply) => status(world, request, reply))
  fhir.delete('/$export-status/:id', door, async (request, reply) => {
    const { id } = await own(world, request)
    await world.write(request.actor, (ctx) => removeExport(ctx, id), { requestId: request.id })
    await removeSpool({ dataDir: world.dataDir, job: id })
    return reply.code(202).send('')
  })
  fhir.get('/$export-file/:id/:name', door, async (request, reply) => {
    const { id, state } = await own(world, request)
    if (state !== 'done') refuse('missing', 'kernel.file-missing')
    const { name } = request.params as { name: string }
    const { size, stream } = await readSpooled({ dataDir: world.dataDir, job: id }, name)
    return reply.type('application/fhir+ndjson').header('content-length', size).send(stream)
  })
}

/** A person reads page by page; whole records leave for programs that an institution has registered. */
async function programsOnly(request: FastifyRequest): Promise<void> {
  if (request.actor.kind !== 'client') refuse('forbidden', 'kernel.not-for-you')
}

const bad = (path: string, problem: string): never =>
  refuse('invalid', 'record.bad-search', { fields: [{ path, problem }] })

function typesFor(request: FastifyRequest, level: Level, params: URLSearchParams): string[] {
  const fits = (type: string) => level === 'system' || !isOpenType(type)
  const named = params.getAll('_type').flatMap((list) => list.split(',').filter(Boolean))
  for (const type of named) {
    if (!isResourceType(type) || !fits(type)) bad('_type', `${type} cannot be exported here`)
    requireUse(request, type, 'r')
  }
  if (named.length > 0) return [...new Set(named)].toSorted()
  const types = resourceTypes.filter((type) => fits(type) && mayUse(request.actor, type, 'r'))
  return types.length > 0 ? types.toSorted() : refuse('forbidden', 'kernel.not-permitted')
}

/** `_typeFilter`: searches on types of this export, any of which is enough for what is of its type. */
function filtersIn(params: URLSearchParams, types: readonly string[]): string[] {
  const filters = params.getAll('_typeFilter').flatMap((list) => list.split(/,(?=[A-Z]\w*\?)/))
  if (filters.length > FILTERS_MAX) bad('_typeFilter', `at most ${FILTERS_MAX}`)
  for (const filter of filters) {
    const [type = '', query = ''] = filter.split(/\?(.*)/)
    if (!types.includes(type) || query === '')
      bad('_typeFilter', `${filter} is no search on a type of this export`)
    if (saysHow(filter)) bad('_typeFilter', `${filter} says how to answer`)
  }
  return filters
}

/** `patient`: only these, named in posted Parameters; 400 where patients are not what is exported. */
function patientsIn(request: FastifyRequest, level: Level): readonly string[] | null {
  const named = partsIn(request.body).filter(({ name }) => name === 'patient')
  const isAsked = named.length > 0 || paramsOf(request).has('patient')
  if (!isAsked) return null
  if (level === 'system') bad('patient', 'is for exports of patients and groups')
  if (named.length === 0) bad('patient', 'is said in Parameters that are posted')
  if (named.length > PATIENTS_MAX) bad('patient', `at most ${PATIENTS_MAX}`)
  return named.map(({ valueReference }) => {
    const [reference] = nodes([valueReference as Json]).map((one) => String(one.reference ?? ''))
    return (
      /^Patient\/([A-Za-z0-9\-.]{1,64})$/.exec(reference ?? '')?.[1] ??
      bad('patient', `${reference ?? ''} is no reference to a Patient`)
    )
  })
}

/** `includeAssociatedData`: which Provenance comes along; the whole of it where both kinds are named. */
function provenanceIn(request: FastifyRequest, params: URLSearchParams, lenient: boolean) {
  const named = params.getAll('includeAssociatedData').flatMap((list) => list.split(',').filter(Boolean))
  const other = named.find((one) => !Object.hasOwn(associated, one))
  if (other && !lenient) bad('includeAssociatedData', `${other} is not supported`)
  const wanted = named.flatMap((one) => (Object.hasOwn(associated, one) ? (associated[one] ?? []) : []))
  if (wanted.length === 0) return null
  requireUse(request, PROVENANCE, 'r')
  return wanted.includes('relevant') ? ('relevant' as const) : ('latest' as const)
}

const associated: Readonly<Record<string, Associated>> = {
  LatestProvenanceResources: 'latest',
  RelevantProvenanceResources: 'relevant',
}

/** `_elements`: names of elements, each of all types or of one (`Patient.name`). */
function elementsIn(params: URLSearchParams): readonly string[] {
  const named = params.getAll('_elements').flatMap((list) => list.split(',').filter(Boolean))
  const wrong = named.find((one) => !isElement(one))
  return wrong === undefined ? named : bad('_elements', `${wrong} is no element`)
}
const isElement = (said: string): boolean => {
  const [type = '', name, ...more] = said.split('.')
  return (
    more.length === 0 &&
    (name === undefined ? /^[a-z]\w*$/.test(type) : isResourceType(type) && /^[a-z]\w*$/.test(name))
  )
}

/** Writes down what is wanted and puts the work into the queue; answers its id. */
async function ask(world: World, request: FastifyRequest, level: Level): Promise<string> {
  const prefer = String(request.headers.prefer ?? '')
  if (!/respond-async/.test(prefer)) bad('Prefer', 'must be respond-async')
  const params = askedIn(request)
  const format = params.get('_outputFormat')?.replace(' ', '+')
  if (format && !formats.has(format)) bad('_outputFormat', 'only application/fhir+ndjson')
  const unknown = [...params.keys()].find((name) => !known.has(name))
  // Who asked for less would take what comes for that: it is left out only where they say that it may be.
  const lenient = /handling=lenient/.test(prefer)
  if (unknown && !lenient) bad(unknown, 'is not supported')
  const types = typesFor(request, level, params)
  const filters = filtersIn(params, types)
  const [patients, elements] = [patientsIn(request, level), elementsIn(params)]
  const provenance = provenanceIn(request, params, lenient)
  const since = params.get('_since')
  const groupId = level === 'group' ? (request.params as { id: string }).id : null
  const { id: clientId, scopes } = request.actor
  const work = async (ctx: Ctx) => {
    for (const type of types) await conditionFor(ctx, { filters }, type)
    if (groupId) await readResource(ctx, 'Group', groupId)
    if ((await countOpenExports(ctx, clientId)) >= OPEN_MAX) refuse('too-many', 'record.too-many-exports')
    const id = ctx.id()
    await addExport(ctx, {
      ...{ id, institutionId: ownInstitution(ctx.actor), clientId, level, groupId, scopes, types, filters },
      ...{ patients, elements, provenance },
      since: since ? momentIn('_since', since.replace(' ', '+')) : null,
      request: `${world.publicUrl}${request.url}`,
      until: new Date(ctx.now.getTime() + HOURS * 3_600_000),
    })
    await enqueue(ctx, 'interop.export', { id })
    return id
  }
  return world.write(request.actor, work, { requestId: request.id })
}

/** The export, where this client asked for it and its time is not over. */
async function own(world: World, request: FastifyRequest) {
  const { id } = request.params as { id: string }
  const found = uuid.test(id)
    ? await world.read(request.actor, (ctx) => findExport(ctx, id), { requestId: request.id })
    : undefined
  const isMine = found?.clientId === request.actor.id && found.state !== 'cancelled'
  return isMine && found.until > world.now() ? found : refuse('missing', 'record.no-such-export')
}

async function status(world: World, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const found = await own(world, request)
  if (found.state === 'failed') {
    const text = `The export failed: ${found.problem ?? ''}`
    const issue = [{ severity: 'error', code: 'processing', diagnostics: text }]
    return reply
      .code(500)
      .type(media)
      .send(JSON.stringify({ resourceType: 'OperationOutcome', issue }))
  }
  if (found.state !== 'done') {
    const progress = `${found.typesDone} of ${found.types.length} types, ${found.resources} resources`
    return reply.code(202).header('x-progress', progress).header('retry-after', '2').send('')
  }
  const files = JSON.parse(found.files) as ExportFile[]
  const url = (name: string) => `${world.publicUrl}/fhir/R4/$export-file/${found.id}/${name}`
  const listed = (of: ExportFile['kind']) =>
    files.flatMap(({ type, name, count, kind }) => (kind === of ? [{ type, url: url(name), count }] : []))
  return reply.header('expires', found.until.toUTCString()).send({
    transactionTime: found.asOf.toISOString(),
    request: found.request,
    requiresAccessToken: true,
    output: listed(undefined),
    deleted: listed('deleted'),
    error: listed('error'),
  })
}
