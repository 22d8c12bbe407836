import type { Ctx } from '../../ctx.ts'
import { refuse } from '../../refusal.ts'
import { onlyMatch, removeWhere, updateWhere } from '../conditional.ts'
import { type Json, ownerOf, type Resource, type Stored } from '../owner.ts'
import { patchIn, patchResource } from '../patch/apply.ts'
import { type Answerable, readResource } from '../read.ts'
import { createResource, removeResource, requirePast, updateResource } from '../write.ts'
import { addMany, type Fresh } from './add-many.ts'
import { blaming } from './blame.ts'
import { type Entry, rankOf } from './entry.ts'
import { openLinks, relink } from './link.ts'

/** What became of one entry. */
export interface Done {
  readonly entry: Entry
  readonly status: 'created' | 'known' | 'changed' | 'removed' | 'found'
  /** What is now current; absent for a search. */
  readonly current?: Pick<Answerable, 'type' | 'id' | 'version' | 'updatedAt' | 'content'>
}

/** How the one who runs a Bundle takes part in it. */
export interface Part {
  /** Refuses an entry that the caller may not ask for. */
  readonly allow?: (entry: Entry) => void
  /** Answers a reference that is not in the Bundle, where the source has brought its thing before. */
  readonly recall?: (ctx: Ctx, link: string) => Promise<string | undefined>
  /** Answers the reference of an entry whose thing is known already. */
  readonly known?: (entry: Entry) => string | undefined
  /** Answers a search that stands in the Bundle. */
  readonly search?: (ctx: Ctx, entry: Entry) => Promise<Answerable>
}

interface State {
  readonly ctx: Ctx
  readonly part: Part
  /** What each pointer of the Bundle stands for, as soon as that is known. */
  readonly names: Map<string, string>
  readonly done: Map<number, Done>
  /** Creations waiting to be stored together. */
  readonly waiting: { entry: Entry; id: string }[]
}

/**
 * Runs the entries as one, in the caller's transaction, pointers resolved; the answers stand in the order of the
 * entries. Whatever is refused names its entry, and the caller's transaction then leaves nothing.
 */
export async function runEntries(
  ctx: Ctx,
  entries: readonly Entry[],
  part: Part = {},
): Promise<readonly Done[]> {
  const state: State = { ctx, part, names: new Map(), done: new Map(), waiting: [] }
  const owned = new Map<number, boolean>()
  for (const entry of entries) {
    await blaming(entry, async () => {
      part.allow?.(entry)
      owned.set(entry.index, Boolean(entry.resource && ownerOf(entry.resource)))
      await announce(state, entry, owned.get(entry.index) ?? false)
    })
  }
  const rank = (entry: Entry) => rankOf(entry, owned.get(entry.index) ?? false)
  const order = entries
    .filter((entry) => !state.done.has(entry.index))
    .toSorted((a, b) => rank(a) - rank(b) || a.index - b.index)
  for (const entry of order) {
    const planned = state.waiting.find((one) => one.entry === entry)
    if (planned) continue
    if (rank(entry) > 29) await flush(state)
    await blaming(entry, () => run(state, entry))
  }
  await flush(state)
  return entries.map((entry) => state.done.get(entry.index) as Done)
}

/** Gives the entry its name, before anything that points at it is stored. */
async function announce(state: State, entry: Entry, isOwned: boolean): Promise<void> {
  const { ctx, names, done, waiting } = state
  const name = (reference: string) => entry.fullUrl && names.set(entry.fullUrl, reference)
  if (entry.act === 'update' && entry.id) name(`${entry.type}/${entry.id}`)
  if (entry.act !== 'create') return
  const before = await knownBefore(state, entry)
  if (before) {
    name(before.reference)
    done.set(entry.index, { entry, status: 'known', ...before.answer })
  } else if (!isOwned) {
    const id = ctx.id()
    waiting.push({ entry, id })
    name(`${entry.type}/${id}`)
  }
}

/** What a creation would make is there already: the source brought it before, or its condition finds it. */
async function knownBefore(state: State, entry: Entry) {
  const reference = state.part.known?.(entry)
  if (reference) return { reference, answer: {} }
  const found = entry.query ? await onlyMatch(state.ctx, entry.type, entry.query) : undefined
  return found && { reference: `${found.type}/${found.id}`, answer: { current: found } }
}

/** The resource with every pointer resolved; 422 names the first that cannot be, 412 a search that finds not one. */
async function linked(state: State, resource: Resource): Promise<Resource> {
  for (const link of openLinks(resource)) {
    if (state.names.has(link)) continue
    const name = link.includes('?')
      ? await searched(state.ctx, link)
      : await state.part.recall?.(state.ctx, link)
    if (!name) refuse('unprocessable', 'record.unresolved-reference', { details: { reference: link } })
    else state.names.set(link, name)
  }
  return relink(resource, state.names)
}

async function searched(ctx: Ctx, link: string): Promise<string> {
  const [type = '', query = ''] = link.split('?', 2)
  const found = await onlyMatch(ctx, type, query)
  return found
    ? `${found.type}/${found.id}`
    : refuse('precondition', 'record.unresolved-reference', { details: { reference: link } })
}

/** Stores the creations that wait, all together. */
async function flush(state: State): Promise<void> {
  const planned = state.waiting.splice(0)
  const fresh: Fresh[] = []
  for (const { entry, id } of planned) {
    await blaming(entry, async () => {
      const resource = await linked(state, entry.resource as Resource)
      requirePast(state.ctx, resource)
      fresh.push({ ...resource, id })
    })
  }
  const stored = await addMany(state.ctx, fresh, (index) => planned[index]?.entry)
  for (const [index, { entry }] of planned.entries())
    state.done.set(entry.index, { entry, status: 'created', current: stored[index] as Stored })
}

async function run(state: State, entry: Entry): Promise<void> {
  const what = await acts[entry.act](state, entry)
  state.done.set(entry.index, { entry, ...what })
  if (entry.fullUrl && what.current) state.names.set(entry.fullUrl, `${what.current.type}/${what.current.id}`)
}

/** The resource a patch is for: by its id, or the one match of its condition. */
const meant = async (ctx: Ctx, { type, id, query = '' }: Entry): Promise<string> =>
  id ?? (await onlyMatch(ctx, type, query))?.id ?? refuse('missing', 'record.no-such-resource')

const acts: Record<Entry['act'], (state: State, entry: Entry) => Promise<Omit<Done, 'entry'>>> = {
  async create(state, entry) {
    const resource = await linked(state, entry.resource as Resource)
    const { stored, isNew } = await createResource(state.ctx, resource)
    return { status: isNew ? 'created' : 'known', current: stored }
  },
  async update(state, entry) {
    const { id, query = '', version } = entry
    const resource = await linked(state, entry.resource as Resource)
    const { stored, isNew } = id
      ? await updateResource(state.ctx, { ...resource, id }, version)
      : await updateWhere(state.ctx, resource, query, version)
    return { status: isNew ? 'created' : 'changed', current: stored }
  },
  async patch(state, entry) {
    const { type, version } = entry
    const id = await meant(state.ctx, entry)
    const patch = patchIn((await linked(state, entry.resource as Resource)) as unknown as Json)
    const { stored } = await patchResource(state.ctx, { type, id }, patch, version)
    return { status: 'changed', current: stored }
  },
  async remove({ ctx }, { type, id, query = '', version }) {
    const gone = id
      ? await removeResource(ctx, type, id, version)
      : await removeWhere(ctx, type, query, version)
    return { status: 'removed', ...(gone ? { current: gone } : {}) }
  },
  async read({ ctx }, entry) {
    return { status: 'found', current: await readResource(ctx, entry.type, entry.id ?? '') }
  },
  async search({ ctx, part }, entry) {
    const current = await part.search?.(ctx, entry)
    return current
      ? { status: 'found', current }
      : refuse('unprocessable', 'record.method-not-supported', { details: { method: 'GET' } })
  },
}
