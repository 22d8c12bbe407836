import type { Ctx } from '../../../kernel/ctx.ts'
import { unkeepable } from '../../../kernel/keepable.ts'
import { Refusal, refuse } from '../../../kernel/refusal.ts'
import { findAliases, keepAliases } from '../../../kernel/resource/alias.ts'
import type { Done } from '../../../kernel/resource/bundle/act.ts'
import { blaming } from '../../../kernel/resource/bundle/blame.ts'
import { collected, type Entry, entryOf, rankOf } from '../../../kernel/resource/bundle/entry.ts'
import { runEntries } from '../../../kernel/resource/bundle/transaction.ts'
import { type Json, ownerOf, type Resource } from '../../../kernel/resource/owner.ts'
import { requireShape } from '../../../kernel/resource/write.ts'
import type { World } from '../../../kernel/world.ts'
import { keysOf } from '../identity-key.ts'

/** What an import tells while it runs: one call per entry. */
export interface Progress {
  readonly type: string
  readonly result: 'added' | 'known' | 'refused'
  /** What was wrong, and with which entry. */
  readonly problem?: string
}

/** One refusal as a sentence that names the entry. */
export function problemOf(error: unknown): string {
  if (!(error instanceof Refusal)) throw error
  const { fields = [], details = {} } = error.extra
  const where = fields.map(({ path, problem }) => `${path}: ${problem}`).join('; ')
  const who = typeof details.fullUrl === 'string' ? ` (${details.fullUrl})` : ''
  const what = typeof details.reference === 'string' ? ` ${details.reference}` : ''
  return `${error.code}${what}${who}${where ? ` – ${where}` : ''}`
}

/**
 * Brings a Bundle into the record on behalf of the institution that treats its patient. A transaction is taken whole
 * or not at all (then it throws, naming the entry); a batch or collection entry by entry. What the institution has
 * brought in before is known again by its fullUrl or identifier and changes nothing.
 */
export async function importBundle(
  world: World,
  institutionId: string,
  bundle: unknown,
  tell: (progress: Progress) => void,
): Promise<void> {
  const whole = bundle as Resource | null
  if (whole?.resourceType !== 'Bundle' || !Array.isArray(whole.entry)) refuse('invalid', 'record.no-bundle')
  const { type, entry } = whole as Resource
  const entries = entry as Json[]
  if (type === 'transaction') {
    requireShape(whole)
    const read: Entry[] = []
    for (const [index, value] of entries.entries())
      read.push(
        await blaming(nameOf(value, index), () => {
          requireKeepableEntry(value)
          return entryOf(value, index)
        }),
      )
    const done = await world.asSystem(institutionId, (ctx) => run(ctx, institutionId, read))
    for (const one of done) tell(told(one))
    return
  }
  if (type !== 'batch' && type !== 'collection') refuse('invalid', 'record.no-bundle')
  await importApart(world, { institutionId, entries, isBatch: type === 'batch' }, tell)
}

/** What comes from a file has passed no door: a null character in a name would break the run off. */
function requireKeepableEntry(value: Json): void {
  const path = unkeepable(value)
  if (!path) return
  const fields = [{ path: path.slice(0, 6).join('.'), problem: 'holds what cannot be kept' }]
  refuse('unprocessable', 'record.invalid-resource', { fields })
}

const nameOf = (value: Json, index: number) => {
  const fullUrl = (value as { fullUrl?: unknown } | null)?.fullUrl
  return { index, fullUrl: typeof fullUrl === 'string' ? fullUrl : undefined }
}

const told = ({ entry, status }: Done): Progress => ({
  type: entry.type,
  result: status === 'known' ? 'known' : 'added',
})

interface Apart {
  readonly institutionId: string
  readonly entries: readonly Json[]
  readonly isBatch: boolean
}

/** Each entry in a transaction of its own, those that others refer to first. */
async function importApart(world: World, apart: Apart, tell: (progress: Progress) => void): Promise<void> {
  const { institutionId, entries, isBatch } = apart
  const read: Entry[] = []
  const refused = (type: string, error: unknown) =>
    tell({ type, result: 'refused', problem: problemOf(error) })
  for (const [index, value] of entries.entries()) {
    try {
      const name = nameOf(value, index)
      read.push(
        await blaming(name, () => {
          requireKeepableEntry(value)
          const entry = isBatch ? entryOf(value, index) : collected(value, index)
          if (entry.resource) requireShape(entry.resource)
          return entry
        }),
      )
    } catch (error) {
      refused(typeIn(value), error)
    }
  }
  const rank = (entry: Entry) => rankOf(entry, Boolean(entry.resource && ownerOf(entry.resource)))
  for (const entry of read.toSorted((a, b) => rank(a) - rank(b) || a.index - b.index)) {
    try {
      const [done] = await world.asSystem(institutionId, (ctx) => run(ctx, institutionId, [entry]))
      if (done) tell(told(done))
    } catch (error) {
      refused(entry.type, error)
    }
  }
}

const typeIn = (value: Json): string => {
  const resource = (value as { resource?: { resourceType?: unknown } } | null)?.resource
  return typeof resource?.resourceType === 'string' ? resource.resourceType : 'Bundle'
}

/** Runs entries that may have been brought before, and remembers under which names they came. */
async function run(ctx: Ctx, institutionId: string, entries: readonly Entry[]): Promise<readonly Done[]> {
  const keys = keysOf(entries)
  const aliases = await findAliases(ctx, institutionId, [...new Set([...keys.values()].flat())])
  const knownAs = (entry: Entry) => (keys.get(entry.index) ?? []).map((key) => aliases.get(key)).find(Boolean)
  const done = await runEntries(ctx, entries, {
    known: knownAs,
    recall: async (all, link) => (await findAliases(all, institutionId, [link])).get(link),
  })
  const fresh = done.flatMap(({ entry, current }) => {
    const reference = current ? `${current.type}/${current.id}` : (knownAs(entry) ?? '')
    const [type = '', id = ''] = reference.split('/')
    const names = entry.act === 'create' && id ? (keys.get(entry.index) ?? []) : []
    return names.filter((key) => !aliases.has(key)).map((key) => ({ key, type, id }))
  })
  await keepAliases(ctx, institutionId, fresh)
  return done
}
