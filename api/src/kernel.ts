import * as z from 'zod/mini'

/** Who may call: a permission of one's role, or one of three that need no role. `anyone` needs no sign-in. */
export type May = 'anyone' | 'signed-in' | `${string}.${string}`

/** The kinds of caller. Residents act for themselves (or whom they stand for), clients for one institution. */
export type ActorKind = 'staff' | 'resident' | 'client'

/** One HTTP operation, described once; the server mounts it below `/api` and the web calls it. */
export interface Endpoint {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: `/${string}`
  /** One sentence for the API documentation. */
  readonly summary: string
  readonly may: May
  /** Which kinds of caller it is for; staff and clients where nothing is said. */
  readonly for?: readonly ActorKind[]
  /** How often one address may ask in a minute where anyone may; 300 where nothing is said. */
  readonly perMinute?: number
  readonly params?: z.ZodMiniType
  readonly query?: z.ZodMiniType
  readonly body?: z.ZodMiniType
  /** Absent where the answer is not JSON (a PDF, a picture); its media type then. */
  readonly returns: z.ZodMiniType | { readonly media: string }
}

export type Api = Readonly<Record<string, Endpoint>>

/** Everything the caller sends, after the server has decoded it. */
export type Input<E extends Endpoint> = {
  [K in 'params' | 'query' | 'body' as E[K] extends z.ZodMiniType ? K : never]: E[K] extends z.ZodMiniType
    ? z.output<E[K]>
    : never
}

/** Bytes that leave as they are: a document, a picture. */
export interface Bytes {
  readonly bytes: Uint8Array
  readonly fileName: string
}

export type Output<E extends Endpoint> = E['returns'] extends z.ZodMiniType ? z.output<E['returns']> : Bytes

/** A moment: `Date` in code on both sides, ISO 8601 on the wire. Only 1900–2100: the rest are typing errors. */
export const moment = z.codec(
  z.iso.datetime({ offset: true }),
  z.date().check(z.minimum(new Date('1900-01-01T00:00:00Z')), z.maximum(new Date('2100-01-01T00:00:00Z'))),
  { decode: (text) => new Date(text), encode: (date) => date.toISOString() },
)

/** A calendar day, `YYYY-MM-DD`, without a time zone; a string on both sides. Only 1850–2100, as with moments. */
export const day = z.iso
  .date()
  .check(z.refine((text) => text >= '1850-01-01' && text <= '2100-12-31', { error: 'out-of-range' }))

/** Text a person typed: trimmed, 1 to `max` characters. */
export const text = (max: number) => z.string().check(z.trim(), z.minLength(1), z.maxLength(max))

export const id = z.uuid()
export const byId = z.object({ id })

/** How a list is asked for: `offset` from 0, at most 200 at a time, and never past the first 10 000. */
export const paging = {
  offset: z._default(z.coerce.number().check(z.int(), z.minimum(0), z.maximum(10_000)), 0),
  limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(200)), 20),
}

/** One page of a list and how many there are in all (counted to 10 000 and no further). */
export const page = <T extends z.ZodMiniType>(item: T) =>
  z.object({ items: z.array(item), total: z.number().check(z.int(), z.minimum(0)) })
export interface Page<T> {
  items: T[]
  total: number
}

/** From each state, which moves are open and where each leads. */
export type Flow<State extends string> = Readonly<Record<State, Readonly<Record<string, State>>>>

/** The state that `move` leads to, or undefined where the flow does not allow it. */
export function step<State extends string>(flow: Flow<State>, from: State, move: string): State | undefined {
  return Object.hasOwn(flow[from], move) ? flow[from][move] : undefined
}

/** What one viewer may do with a thing: open now, or closed with the code of the reason. */
export const openMove = z.object({
  move: z.string(),
  open: z.boolean(),
  why: z.optional(z.string()),
  /** What the reason speaks of: which licence, since when, whom to call. */
  details: z.optional(z.record(z.string(), z.unknown())),
})
export type OpenMove = z.output<typeof openMove>

/** Every way a request can be refused, and the status it travels under. */
export const refusals = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  missing: 404,
  conflict: 409,
  precondition: 412,
  'too-large': 413,
  unsupported: 415,
  unprocessable: 422,
  'too-many': 429,
  unavailable: 503,
  'storage-full': 507,
} as const
export type RefusalKind = keyof typeof refusals

/** The body of every refusal: a code for the web's words, the fields at fault, the id that finds it in the log. */
export const refusalBody = z.object({
  code: z.string(),
  fields: z.optional(z.array(z.object({ path: z.string(), problem: z.string() }))),
  details: z.optional(z.record(z.string(), z.unknown())),
  requestId: z.string(),
})
export type RefusalBody = z.output<typeof refusalBody>

/** An event whose reaction failed, as the IT department sees it. */
export const parked = z.object({
  reaction: z.string(),
  number: z.number(),
  thing: z.string(),
  name: z.string(),
  tries: z.number(),
  problem: z.string(),
  state: z.enum(['waiting', 'parked']),
  at: moment,
})
export type Parked = z.output<typeof parked>

const reactionAndNumber = z.object({ reaction: text(100), number: z.number().check(z.int(), z.minimum(1)) })

/** What the kernel itself offers over HTTP. */
export const kernelApi = {
  listParked: {
    method: 'GET',
    path: '/parked',
    summary: 'Events whose reaction failed, oldest first.',
    may: 'it.operate',
    query: z.object(paging),
    returns: page(parked),
  },
  retryParked: {
    method: 'POST',
    path: '/parked/retry',
    summary: 'Gives a parked event another eight tries, at once.',
    may: 'it.operate',
    body: reactionAndNumber,
    returns: z.object({ reaction: z.string(), number: z.number() }),
  },
} as const satisfies Api
