import type { Ctx } from '../../ctx.ts'
import { onBehalfOf } from '../../ctx-inside.ts'
import { refuse } from '../../refusal.ts'
import { onlyMatch, removeWhere, updateWhere } from '../conditional.ts'
import { createTogether, isMadeTogether, type Wanted } from '../create-together.ts'
import { requireInScope } from '../narrow.ts'
import { type Json, ownerOf, type Stored } from '../owner.ts'
import { patchIn, patchResource } from '../patch/apply.ts'
import { type Answerable, readResource } from '../read.ts'
import { readSeries } from '../series.ts'
import { createResource, removeResource, requireNone, requirePast, updateResource } from '../write.ts'
import { addMany, type Fresh } from './add-many.ts'
import { blaming } from './blame.ts'
import { type Entry, rankOf } from './entry.ts'
import { linked } from './linked.ts'

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
  /** Answers what an entry asks. */
  readonly answer?: (ctx: Ctx, entry: Entry) => Promise<Answerable>
}

interface Planned {
  readonly entry: Entry
  readonly id: string
  readonly state: State
}

interface State {
  readonly ctx: Ctx
  readonly part: Part
  /** What each pointer of the Bundle stands for, as soon as that is known. */
  readonly names: Map<string, string>
  readonly done: Map<number, Done>
  /** Creations under a condition; those that come later under the same are the same thing. */
  readonly twins: Map<string, Twins>
  /** What has been written, with the entry that wrote it: no entry may write what another has. */
  readonly written: Map<string, number>
  /** Creations waiting to be stored together, with those of the other Bundles. */
  readonly waiting: Planned[]
  /** What is not waiting, in the order of work, with its rank. */
  readonly order: { readonly entry: Entry; readonly rank: number }[]
}

interface Twins {
  readonly first: Entry
  readonly others: Entry[]
  reference?: string
}

/** One Bundle. */
export interface Job {
  readonly entries: readonly Entry[]
  readonly part: Part
  readonly requestId: string
}

/** Up to here others may point at what comes. */
const POINTED_AT = 29

/**
 * Runs the entries as one, in the caller's transaction, pointers resolved; the answers stand in the order of the
 * entries. Whatever is refused names its entry, and the caller's transaction then leaves nothing.
 */
export async function runEntries(
  ctx: Ctx,
  entries: readonly Entry[],
  part: Part = {},
): Promise<readonly Done[]> {
  const state = await begun(ctx, { entries, part }, [])
  await runAll([state])
  return doneOf(state, entries)
}

/**
 * The same for several Bundles in one transaction, each under its own request: what they make goes in the same statements.
 * `Apart`, or any other error, and nothing of it may stand.
 */
export async function runTogether(ctx: Ctx, jobs: readonly Job[]): Promise<readonly (readonly Done[])[]> {
  const waiting: Planned[] = []
  const states: State[] = []
  for (const job of jobs) states.push(await begun(onBehalfOf(ctx, job.requestId), job, waiting))
  await makeTogether(ctx, states)
  await runAll(states)
  return jobs.map(({ entries }, n) => doneOf(states[n] as State, entries))
}

const doneOf = ({ done }: State, entries: readonly Entry[]): readonly Done[] =>
  entries.map((entry) => done.get(entry.index) as Done)

/** Every entry is allowed and named, and has its place in the order of work. */
async function begun(
  ctx: Ctx,
  { entries, part }: Omit<Job, 'requestId'>,
  waiting: Planned[],
): Promise<State> {
  const state: State = {
    ...{ ctx, part, waiting, order: [] },
    ...{ names: new Map(), done: new Map(), twins: new Map(), written: new Map() },
  }
  for (const entry of entries) {
    await blaming(entry, async () => {
      part.allow?.(entry)
      const isOwned = Boolean(entry.resource && ownerOf(entry.resource))
      if (!(await announce(state, entry, isOwned))) state.order.push({ entry, rank: rankOf(entry, isOwned) })
    })
  }
  state.order.sort((a, b) => a.rank - b.rank || a.entry.index - b.entry.index)
  return state
}

/** What an owner makes many of at once is made first: nothing that comes before can be asked of a new thing. */
async function makeTogether(ctx: Ctx, states: readonly State[]): Promise<void> {
  const making = states.flatMap((state) =>
    state.order.flatMap(({ entry }) =>
      entry.act === 'create' && entry.resource && isMadeTogether(entry.resource) ? [{ state, entry }] : [],
    ),
  )
  if (making.length < 2) return
  const wanted: Wanted[] = []
  for (const { state, entry } of making) {
    const resource = await linked(state, entry)
    wanted.push({ resource, requestId: state.ctx.requestId })
  }
  const stored = await createTogether(ctx, wanted)
  for (const [n, { state, entry }] of making.entries())
    finish(state, entry, { status: 'created', current: stored[n] as Stored })
}

/** All Bundles side by side: what others point at, then what waits, then the rest. */
async function runAll(states: readonly State[]): Promise<void> {
  const runRanks = async (isDue: (rank: number) => boolean) => {
    for (const state of states)
      for (const { entry, rank } of state.order)
        if (isDue(rank) && !state.done.has(entry.index)) await blaming(entry, () => run(state, entry))
  }
  await runRanks((rank) => rank <= POINTED_AT)
  await flush(states)
  await runRanks((rank) => rank > POINTED_AT)
}

/** Gives the entry its name, before anything that points at it is stored; true where nothing more is to be run. */
async function announce(state: State, entry: Entry, isOwned: boolean): Promise<boolean> {
  const { ctx, names, done, waiting } = state
  const name = (reference: string) => entry.fullUrl && names.set(entry.fullUrl, reference)
  if (entry.act === 'update' && entry.id) name(`${entry.type}/${entry.id}`)
  if (entry.act !== 'create') return false
  const before = await knownBefore(state, entry)
  if (before) {
    name(before.reference)
    done.set(entry.index, { entry, status: 'known', ...before.answer })
    return true
  }
  const twins = twinsOf(state, entry)
  if (twins && twins.first !== entry) {
    twins.others.push(entry)
    if (twins.reference) name(twins.reference)
    return true
  }
  if (isOwned) return false
  const id = ctx.id()
  waiting.push({ entry, id, state })
  const reference = `${entry.type}/${id}`
  name(reference)
  if (twins) twins.reference = reference
  return true
}

/** Those that are to be made under the same condition, the first of which makes it; undefined without a condition. */
function twinsOf({ twins }: State, entry: Entry): Twins | undefined {
  if (!entry.query) return undefined
  const condition = `${entry.type}?${entry.query}`
  const known = twins.get(condition) ?? { first: entry, others: [] }
  twins.set(condition, known)
  return known
}

/** What a creation would make is there already: the source brought it before, or its condition finds it. */
async function knownBefore(state: State, entry: Entry) {
  const reference = state.part.known?.(entry)
  if (reference) return { reference, answer: {} }
  const found = entry.query ? await onlyMatch(state.ctx, entry.type, entry.query) : undefined
  return found && { reference: `${found.type}/${found.id}`, answer: { current: found } }
}

/** Stores the creations that wait, all together. */
async function flush([first]: readonly State[]): Promise<void> {
  if (!first) return
  const planned = first.waiting.splice(0)
  const fresh: Fresh[] = []
  for (const { state, entry, id } of planned) {
    await blaming(entry, async () => {
      const resource = await linked(state, entry)
      requirePast(state.ctx, resource)
      requireInScope(state.ctx.actor, 'c', resource)
      fresh.push({ resource: { ...resource, id }, entry, ctx: state.ctx })
    })
  }
  const stored = await addMany(first.ctx, fresh)
  for (const [n, { state, entry }] of planned.entries())
    finish(state, entry, { status: 'created', current: stored[n] as Stored })
}

async function run(state: State, entry: Entry): Promise<void> {
  finish(state, entry, await acts[entry.act](state, entry))
}

function finish(state: State, entry: Entry, what: Omit<Done, 'entry'>): void {
  const { done, names, written, twins } = state
  done.set(entry.index, { entry, ...what })
  const { current, status } = what
  if (!current || status === 'found') return
  const reference = `${current.type}/${current.id}`
  if (entry.fullUrl) names.set(entry.fullUrl, reference)
  const before = written.get(reference)
  if (before !== undefined && status !== 'known')
    refuse('unprocessable', 'record.written-twice', {
      details: { reference, entries: [before, entry.index] },
    })
  if (status !== 'known') written.set(reference, entry.index)
  const twin = entry.query && entry.act === 'create' ? twins.get(`${entry.type}?${entry.query}`) : undefined
  for (const other of twin?.others ?? []) {
    done.set(other.index, { entry: other, status: 'known', current })
    if (other.fullUrl) names.set(other.fullUrl, reference)
  }
}

/** The resource a patch is for: by its id, or the one match of its condition. */
const meant = async (ctx: Ctx, { type, id, query = '' }: Entry): Promise<string> =>
  id ?? (await onlyMatch(ctx, type, query))?.id ?? refuse('missing', 'record.no-such-resource')

const acts: Record<Entry['act'], (state: State, entry: Entry) => Promise<Omit<Done, 'entry'>>> = {
  async create(state, entry) {
    const resource = await linked(state, entry)
    const { stored, isNew } = await createResource(state.ctx, resource)
    return { status: isNew ? 'created' : 'known', current: stored }
  },
  async update(state, entry) {
    const { id, query = '', version, has } = entry
    const resource = await linked(state, entry)
    if (id && has.noneMatch === '*') await requireNone(state.ctx, { ...resource, id })
    const { stored, isNew } = id
      ? await updateResource(state.ctx, { ...resource, id }, version)
      : await updateWhere(state.ctx, resource, query, version)
    return { status: isNew ? 'created' : 'changed', current: stored }
  },
  async patch(state, entry) {
    const { type, version } = entry
    const id = await meant(state.ctx, entry)
    const patch = patchIn((await linked(state, entry)) as unknown as Json)
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
    const { type, id = '' } = entry
    const current = (await readSeries(ctx, type, id)) ?? (await readResource(ctx, type, id))
    return { status: 'found', current }
  },
  async ask({ ctx, part }, entry) {
    const current = await part.answer?.(ctx, entry)
    const { method } = entry
    return current
      ? { status: 'found', current }
      : refuse('unprocessable', 'record.method-not-supported', { details: { method } })
  },
}
