import { refuse } from '../../refusal.ts'
import { ownBase } from '../extract.ts'
import type { Json, Resource } from '../owner.ts'
import { isResourceId } from '../primitive.ts'
import { isResourceType } from '../shape.ts'

/** One entry of a transaction or batch, understood. */
export interface Entry {
  readonly index: number
  readonly fullUrl: string | undefined
  /** `ask`: a search, a history, an operation that only reads. */
  readonly act: 'create' | 'update' | 'patch' | 'remove' | 'read' | 'ask'
  readonly method: string
  /** What stands before the question mark. */
  readonly path: string
  /** Empty where the address names none. */
  readonly type: string
  readonly id: string | undefined
  /** The search of a conditional create, update or delete; of what asks, all that stands behind the question mark. */
  readonly query: string | undefined
  readonly version: number | undefined
  /** What the caller has already, for a read that may answer 304. */
  readonly has: { readonly noneMatch: Json; readonly modifiedSince: Json }
  /** What is to be stored or asked with; of a patch, the Parameters or the Binary that says what to change. */
  readonly resource: Resource | undefined
}

type Node = { readonly [name: string]: Json }

const isNode = (value: Json): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** `W/"3"` and `"3"` are version 3; undefined where nothing was said; 400 for anything else. */
export function versionIn(header: Json): number | undefined {
  if (header === undefined || header === null) return undefined
  const version = /^(?:W\/)?"(\d{1,9})"$/.exec(String(header).trim())?.[1]
  return version ? Number(version) : refuse('invalid', 'record.bad-if-match')
}

const acts: Readonly<Record<string, 'create' | 'update' | 'patch' | 'remove'>> = {
  POST: 'create',
  PUT: 'update',
  PATCH: 'patch',
  DELETE: 'remove',
}

interface Place {
  readonly segments: readonly string[]
  readonly query: string | undefined
}

/** Names with `$` and `_` are no ids: what stands there asks; so does what wants a part only. */
const asksAt = (method: string, { segments, query }: Place): boolean =>
  segments.some((one) => /^[$_]/.test(one)) ||
  (method === 'GET' && (segments.length !== 2 || !segments[1] || Boolean(query)))

function actOf(method: string, place: Place): Entry['act'] {
  if ((method === 'GET' || method === 'POST') && asksAt(method, place)) return 'ask'
  if (method === 'GET') return 'read'
  return acts[method] ?? refuse('unprocessable', 'record.method-not-supported', { details: { method } })
}

type Target = Pick<Entry, 'act' | 'method' | 'path' | 'type' | 'id' | 'query'>

/** `Observation/7?…`, or the same with this server's address before it, taken apart. */
function targetOf(request: Node): Target {
  const method = String(request.method ?? '')
  const url = String(request.url ?? '')
  const below = url.startsWith(ownBase()) ? url.slice(ownBase().length) : url
  const [named = '', ...asked] = below.replace(/^\/+/, '').split('?')
  const path = named.replace(/\/$/, '')
  const query = asked.length > 0 ? asked.join('?') : undefined
  if (/^[a-z]+:/.test(path)) refuse('unprocessable', 'record.bad-url', { details: { url } })
  const segments = path.split('/')
  const act = actOf(method, { segments, query })
  const [type = '', id, ...more] = segments
  if (act === 'ask')
    return { act, method, path, type: isResourceType(type) ? type : '', id: undefined, query }
  if (!isResourceType(type)) refuse('unprocessable', 'record.unknown-type', { details: { type } })
  if (more.length > 0 || (id && !isResourceId(id)))
    refuse('unprocessable', 'record.bad-url', { details: { method, url } })
  return { act, method, path, type, id: id || undefined, query }
}

const patches: readonly Json[] = ['Parameters', 'Binary']

/** The resource an entry brings; a write must bring one, of the type and id its url says, and a patch its operations. */
function resourceOf(node: Node, { act, type, id }: Target): Resource | undefined {
  if (act === 'remove' || act === 'read') return undefined
  if (act === 'ask' && node.resource === undefined) return undefined
  if (!isNode(node.resource)) return refuse('unprocessable', 'record.entry-without-resource')
  const { resourceType, id: own } = node.resource
  if (act === 'patch' && !patches.includes(resourceType)) refuse('unprocessable', 'record.bad-patch')
  if ((act === 'create' || act === 'update') && resourceType !== type)
    refuse('unprocessable', 'record.type-and-url-differ')
  if (act === 'update' && id && own !== undefined && own !== id) refuse('invalid', 'record.id-differs')
  return node.resource as unknown as Resource
}

/** The condition of a create; an empty one means nothing, and is refused. */
function conditionIn({ ifNoneExist }: Node): string | undefined {
  if (typeof ifNoneExist !== 'string') return undefined
  return ifNoneExist.replace(/^[^?]*\?/, '') || refuse('precondition', 'record.condition-without-criteria')
}

/** Reads one entry; what cannot be understood is refused. */
export function entryOf(value: Json, index: number): Entry {
  const node: Node = isNode(value) ? value : {}
  if (!isNode(node.request)) return refuse('unprocessable', 'record.entry-without-request')
  const { request } = node
  const target = targetOf(request)
  const { act, method, id, query } = target
  const resource = resourceOf(node, target)
  const isMissing = !id && !query && (act === 'update' || act === 'patch' || act === 'remove')
  if (isMissing || (act === 'create' && id))
    refuse('unprocessable', 'record.bad-url', { details: { method, url: target.path } })
  return {
    ...{ index, ...target, resource },
    fullUrl: typeof node.fullUrl === 'string' ? node.fullUrl : undefined,
    query: (act === 'create' ? conditionIn(request) : undefined) ?? query,
    version: versionIn(request.ifMatch),
    has: { noneMatch: request.ifNoneMatch, modifiedSince: request.ifModifiedSince },
  }
}

/** An entry of a collection, which says no method: it is to be made. */
export function collected(value: Json, index: number): Entry {
  const node: Node = isNode(value) ? value : {}
  if (!isNode(node.resource)) return refuse('unprocessable', 'record.entry-without-resource')
  const resource = node.resource as unknown as Resource
  if (!isResourceType(resource.resourceType))
    refuse('unprocessable', 'record.unknown-type', { details: { type: String(resource.resourceType) } })
  const fullUrl = typeof node.fullUrl === 'string' ? node.fullUrl : undefined
  const has = { noneMatch: undefined, modifiedSince: undefined }
  const nothing = { id: undefined, query: undefined, version: undefined, has }
  const { resourceType: type } = resource
  return { index, fullUrl, act: 'create', method: 'POST', path: type, type, resource, ...nothing }
}

/** What others of the Bundle refer to comes first; what a module makes of the rest comes last. */
const first = [
  'Organization',
  'Location',
  'Practitioner',
  'PractitionerRole',
  'Patient',
  'RelatedPerson',
  'Encounter',
]

/** The place of an entry in the order of work (FHIR R4, 3.1.0.11.2): removals, creations, changes, reads. */
export function rankOf(entry: Entry, isOwned: boolean): number {
  if (entry.act === 'remove') return 0
  if (entry.act === 'read' || entry.act === 'ask') return 200
  const place = first.indexOf(entry.type)
  const base = entry.act === 'create' ? 10 : 100
  if (place >= 0) return base + place
  // Work on a request comes after the request.
  if (isOwned) return base + (entry.type === 'Task' ? 31 : 30)
  return base + 20
}
