import type { Ctx } from '../ctx.ts'
import { isKeepable } from '../keepable.ts'
import { refuse } from '../refusal.ts'
import { patientIdIn } from './concern.ts'
import { residentOf } from './next.ts'
import type { Answerable } from './read.ts'
import { type Query, search } from './search.ts'

/** What the words of a search mean, and which of its parameters were understood (they make the `self` link). */
export interface Asked {
  readonly query: Query
  readonly understood: readonly (readonly [string, string])[]
  /** The patient asked for is not the actor's to see: nothing is found. */
  readonly nobody: boolean
}

const most = 200
const usual = 50
const day = /^\d{4}(-\d{2}(-\d{2})?)?$/

interface Draft {
  ids?: string[]
  identifiers?: string[]
  patientId?: string
  since?: Date
  before?: Date
  limit: number
  after?: readonly [string, string]
}

const bad = (name: string): never =>
  refuse('invalid', 'record.bad-search', { fields: [{ path: name, problem: 'is not understood' }] })

/** The moment a search names, of the years a database can hold; 400 for anything else. */
export function momentIn(name: string, text: string): Date {
  const moment = new Date(day.test(text) ? `${text.padEnd(10, '-01')}T00:00:00Z` : text)
  return /^\d{4}-/.test(`${text}-`) && !Number.isNaN(moment.getTime()) ? moment : bad(name)
}

function updatedIn(draft: Draft, name: string, value: string): void {
  const [, prefix = 'eq', text = ''] = /^(ge|gt|le|lt|sa|eb|eq)?(.+)$/.exec(value) ?? []
  const moment = momentIn(name, text)
  if (prefix === 'ge' || prefix === 'gt' || prefix === 'sa') draft.since = moment
  else if (prefix === 'le' || prefix === 'lt' || prefix === 'eb') draft.before = moment
  else {
    draft.since = moment
    draft.before = new Date(moment.getTime() + (day.test(text) ? 86_400_000 : 1_000))
  }
}

/** Where the next page begins, as the `next` link carries it. */
export const cursorOf = (after: readonly [string, string]): string =>
  Buffer.from(after.join(' ')).toString('base64url')

/** What `cursorOf` wrote; 400 for anything else. */
export function afterIn(name: string, cursor: string): readonly [string, string] {
  const text = Buffer.from(cursor, 'base64url').toString()
  const [one, two, ...more] = text.split(' ')
  return one && two && more.length === 0 && isKeepable(text) ? [one, two] : bad(name)
}

const readers: Readonly<Record<string, (draft: Draft, value: string, name: string) => void>> = {
  _id: (draft, value) => {
    draft.ids = value.split(',').filter(Boolean)
  },
  identifier: (draft, value) => {
    draft.identifiers = value.split(',').filter(Boolean)
  },
  patient: (draft, value, name) => {
    draft.patientId = patientIdIn(value) ?? (/^[A-Za-z0-9\-.]{1,64}$/.test(value) ? value : bad(name))
  },
  subject: (draft, value, name) => {
    draft.patientId = patientIdIn(value) ?? (/^[A-Za-z0-9\-.]{1,64}$/.test(value) ? value : bad(name))
  },
  _lastUpdated: (draft, value, name) => updatedIn(draft, name, value),
  _count: (draft, value, name) => {
    const count = Number(value)
    draft.limit = Number.isInteger(count) && count >= 0 ? Math.min(Math.max(count, 1), most) : bad(name)
  },
  _cursor: (draft, value, name) => {
    const [resident, id] = afterIn(name, value)
    draft.after = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(resident) ? [resident, id] : bad(name)
  },
}

/** Parameters that change nothing in what is found. */
const indifferent = new Set(['_format', '_pretty', '_summary', '_total'])

/** Understands a search. Unknown parameters are left out of `self`; under `strict` they are refused 400. */
export async function askedFor(
  ctx: Ctx,
  type: string,
  params: URLSearchParams,
  strict: boolean,
): Promise<Asked> {
  const draft: Draft = { limit: usual }
  const understood: [string, string][] = []
  for (const [name, value] of params) {
    const read = Object.hasOwn(readers, name) ? readers[name] : undefined
    if (read) {
      read(draft, value, name)
      understood.push([name, value])
    } else if (strict && !indifferent.has(name)) {
      refuse('invalid', 'record.unknown-parameter', { fields: [{ path: name, problem: 'is not supported' }] })
    }
  }
  const { patientId, ...rest } = draft
  const residentId = patientId ? await residentOf(ctx, patientId) : undefined
  return {
    query: { type, ...rest, ...(residentId ? { residentId } : {}) },
    understood,
    nobody: patientId !== undefined && residentId === undefined,
  }
}

/** What a conditional create, update, delete or reference means: at most two matches, all parameters understood. */
export async function matchesOf(ctx: Ctx, type: string, query: string): Promise<readonly Answerable[]> {
  const asked = await askedFor(ctx, type, new URLSearchParams(query), true)
  if (asked.understood.length === 0) refuse('precondition', 'record.condition-without-criteria')
  if (asked.nobody) return []
  return (await search(ctx, { ...asked.query, limit: 2 })).found
}
