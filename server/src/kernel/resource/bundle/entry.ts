import { refuse } from '../../refusal.ts'
import type { Json, Resource } from '../owner.ts'
import { isResourceId } from '../primitive.ts'
import { isResourceType } from '../shape.ts'

/** One entry of a transaction or batch, understood. */
export interface Entry {
  readonly index: number
  readonly fullUrl: string | undefined
  readonly act: 'create' | 'update' | 'patch' | 'remove' | 'read' | 'search'
  readonly type: string
  readonly id: string | undefined
  /** The search of a conditional create, update or delete, or of a GET. */
  readonly query: string | undefined
  readonly version: number | undefined
  /** What the caller has already, for a read that may answer 304. */
  readonly has: { readonly noneMatch: Json; readonly modifiedSince: Json }
  /** What is to be stored; of a patch, the Parameters or the Binary that says what to change. */
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

function actOf(method: string, hasId: boolean): Entry['act'] {
  if (method === 'GET') return hasId ? 'read' : 'search'
  return acts[method] ?? refuse('unprocessable', 'record.method-not-supported', { details: { method } })
}

/** `Observation/7?…` taken apart. */
function targetOf(request: Node): { type: string; id: string | undefined; query: string | undefined } {
  const [path = '', query] = String(request.url ?? '').split('?', 2)
  const [type = '', id, ...more] = path.replace(/^\/+/, '').split('/')
  if (!isResourceType(type)) refuse('unprocessable', 'record.unknown-type', { details: { type } })
  if (more.length > 0 || (id && !isResourceId(id))) refuse('unprocessable', 'record.bad-url')
  return { type, id: id || undefined, query }
}

const patches: readonly Json[] = ['Parameters', 'Binary']

/** The resource an entry brings; a write must bring one, of the type its url says, and a patch its operations. */
function resourceOf(node: Node, act: Entry['act'], type: string): Resource | undefined {
  if (act === 'remove' || act === 'read' || act === 'search') return undefined
  if (!isNode(node.resource)) return refuse('unprocessable', 'record.entry-without-resource')
  const { resourceType } = node.resource
  if (act === 'patch' ? !patches.includes(resourceType) : resourceType !== type)
    refuse('unprocessable', 'record.type-and-url-differ')
  return node.resource as unknown as Resource
}

/** Reads one entry; what cannot be understood is refused. */
export function entryOf(value: Json, index: number): Entry {
  const node: Node = isNode(value) ? value : {}
  const request: Node = isNode(node.request) ? node.request : {}
  const { type, id, query } = targetOf(request)
  const act = actOf(String(request.method ?? ''), Boolean(id))
  const resource = resourceOf(node, act, type)
  if (act !== 'create' && act !== 'search' && !id && !query) refuse('unprocessable', 'record.bad-url')
  return {
    index,
    fullUrl: typeof node.fullUrl === 'string' ? node.fullUrl : undefined,
    act,
    type,
    id,
    query: typeof request.ifNoneExist === 'string' ? request.ifNoneExist : query,
    version: versionIn(request.ifMatch),
    has: { noneMatch: request.ifNoneMatch, modifiedSince: request.ifModifiedSince },
    resource,
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
  return { index, fullUrl, act: 'create', type: resource.resourceType, resource, ...nothing }
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
  if (entry.act === 'read' || entry.act === 'search') return 200
  const place = first.indexOf(entry.type)
  const base = entry.act === 'create' ? 10 : 100
  if (place >= 0) return base + place
  // Work on a request comes after the request.
  if (isOwned) return base + (entry.type === 'Task' ? 31 : 30)
  return base + 20
}
