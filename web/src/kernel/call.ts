import type { Endpoint, Output } from '@tongmai/api/kernel'
import * as z from 'zod/mini'
import { noteServerTime } from './clock.ts'
import { newKey } from './new-key.ts'
import { noteReached } from './reached.ts'
import { Refused, refusedBy, refusedByShape } from './refused.ts'
import { sessionEnded } from './session-end.ts'

type Parts = 'params' | 'query' | 'body'

/** What an endpoint must be given; what the contract fills in by itself may be left out. */
export type Asked<E extends Endpoint> = {
  [K in Parts as E[K] extends z.ZodMiniType ? (Empty extends Given<E[K]> ? never : K) : never]: Given<E[K]>
} & {
  [K in Parts as E[K] extends z.ZodMiniType ? (Empty extends Given<E[K]> ? K : never) : never]?: Given<E[K]>
}
type Empty = Record<never, never>
type Given<S> = S extends z.ZodMiniObject ? Loose<S> : S extends z.ZodMiniType ? z.output<S> : never
type Loose<S extends z.ZodMiniObject> = {
  [K in keyof z.output<S> as Left<S, K> extends true ? never : K]: z.output<S>[K]
} & {
  [K in keyof z.output<S> as Left<S, K> extends true ? K : never]?: z.output<S>[K] | undefined
}
type Left<S extends z.ZodMiniType, K> = K extends keyof z.input<S>
  ? undefined extends z.input<S>[K]
    ? true
    : false
  : true

export interface CallOptions {
  /** The key of one intent; the same over all its retries. Every write needs one and gets one. */
  readonly key?: string
  readonly signal?: AbortSignal
  /** `refuse` lets a 401 through; by default the person signs in again over the page and the call goes on. */
  readonly whenSessionEnded?: 'sign-in' | 'refuse'
}

/** Calls the server as the contract says. Anything but the promised answer is thrown as `Refused`. */
export async function call<E extends Endpoint>(
  endpoint: E,
  asked: Asked<E>,
  options: CallOptions = {},
): Promise<Output<E>> {
  const waits = endpoint.may !== 'anyone' && options.whenSessionEnded !== 'refuse'
  return receive(endpoint, await answered(prepare(endpoint, asked, options), waits))
}

/** The server's answer to a request; where `waits`, a person whose session ended signs in again before it goes on. */
export async function answered(request: Request, waits: boolean): Promise<Response> {
  let response = await send(request)
  while (response.status === 401 && waits) {
    await sessionEnded()
    response = await send(request)
  }
  if (!response.ok) throw await refusedBy(response)
  return response
}

/** The address of an endpoint with its parameters, below `/api`; for links to documents and pictures. */
export function addressOf<E extends Endpoint>(endpoint: E, asked: Asked<E>): string {
  const { params, query } = asked as Partial<Record<Parts, Record<string, unknown>>>
  const wireParams = toWire(endpoint.params, params ?? {}, 'params') as Record<string, unknown>
  const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(String(wireParams[name])),
  )
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(toWire(endpoint.query, query ?? {}, 'query') as object)) {
    for (const one of Array.isArray(value) ? value : [value]) search.append(name, String(one))
  }
  return `/api${path}${search.size ? `?${search}` : ''}`
}

/** The request that asks it; every write carries the key of its intent. */
export function prepare<E extends Endpoint>(endpoint: E, asked: Asked<E>, options: CallOptions): Request {
  const headers = new Headers({ accept: 'application/json' })
  const write = endpoint.method !== 'GET'
  if (write) headers.set('idempotency-key', options.key ?? newKey())
  const init: RequestInit = { method: endpoint.method, headers, credentials: 'same-origin' }
  if (options.signal) init.signal = options.signal
  if (endpoint.body) {
    headers.set('content-type', 'application/json')
    init.body = JSON.stringify(toWire(endpoint.body, (asked as { body?: unknown }).body ?? {}, 'body'))
  }
  return new Request(new URL(addressOf(endpoint, asked), location.origin), init)
}

async function send(request: Request): Promise<Response> {
  try {
    const response = await fetch(request.clone())
    noteServerTime(response.headers.get('x-now'))
    noteReached(true)
    return response
  } catch (error) {
    if (request.signal.aborted) throw error
    noteReached(false)
    throw new Refused('unreachable', { code: 'web.refused.unreachable' })
  }
}

/** Whether the server is there again. */
export const isThere = (): Promise<boolean> =>
  send(new Request(new URL('/healthz', location.origin), { cache: 'no-store' })).then(
    ({ ok }) => ok,
    () => false,
  )

async function receive<E extends Endpoint>(endpoint: E, response: Response): Promise<Output<E>> {
  if ('media' in endpoint.returns) {
    const name = /filename\*?=(?:UTF-8'')?"?([^";]+)/i.exec(response.headers.get('content-disposition') ?? '')
    const bytes = new Uint8Array(await response.arrayBuffer())
    return { bytes, fileName: decodeURIComponent(name?.[1] ?? 'document') } as Output<E>
  }
  const wire = response.status === 204 ? undefined : await response.json()
  return z.parse(endpoint.returns as z.ZodMiniType, wire) as Output<E>
}

/** Encodes by the schema; what was left out and has a default or is optional stays out. */
function toWire(schema: z.ZodMiniType | undefined, value: unknown, below: string): unknown {
  if (!schema) return {}
  const partial = schema instanceof z.ZodMiniObject ? withoutLeftOut(schema, value) : schema
  const wire = z.safeEncode(partial, clean(value))
  if (!wire.success) throw refusedByShape(wire.error.issues, below)
  return wire.data
}

function withoutLeftOut(schema: z.ZodMiniObject, value: unknown): z.ZodMiniType {
  const given = value as Record<string, unknown>
  const left = Object.entries(schema.shape).filter(
    ([name, field]) => given[name] === undefined && (field as z.ZodMiniType)._zod.optin !== undefined,
  )
  if (!left.length) return schema
  return z.omit(schema, Object.fromEntries(left.map(([name]) => [name, true])) as never)
}

function clean(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined))
}
