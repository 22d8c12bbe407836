import type { Ctx } from '../../ctx.ts'
import { onBehalfOf } from '../../ctx-inside.ts'
import { Refusal, refuse } from '../../refusal.ts'
import { onlyMatch } from '../conditional.ts'
import { createTogether, isMadeTogether, type Wanted } from '../create-together.ts'
import { requireInScope } from '../narrow.ts'
import { ownerOf, type Stored } from '../owner.ts'
import { requirePast } from '../write.ts'
import { acts, type Done, type Part } from './act.ts'
import { addMany, type Fresh } from './add-many.ts'
import { blaming } from './blame.ts'
import { type Entry, rankOf } from './entry.ts'
import { linked, type Naming } from './linked.ts'

interface Planned {
  readonly entry: Entry
  readonly id: string
  readonly state: State
}

interface State extends Naming {
  readonly part: Part
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

/** From here on nothing is written. */
const READING = 200

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

/** One round over all that is to be done: how much was, and what kept the first from it that points at nothing yet. */
interface Round {
  done: number
  unresolved?: unknown
}

/**
 * All Bundles side by side: what others point at, then what waits, then the rest. Searches in references are answered by
 * what the whole transaction writes (FHIR R4, 3.1.0.11.2): who finds nothing yet has another turn after the others.
 */
async function runAll(states: readonly State[]): Promise<void> {
  let round: Round
  do {
    round = { done: 0 }
    await runRanks(states, round, (rank) => rank <= POINTED_AT)
    await flush(states, round)
    await runRanks(states, round, (rank) => rank > POINTED_AT && rank < READING)
    if (round.unresolved && round.done === 0) throw round.unresolved
  } while (round.unresolved)
  await runRanks(states, round, (rank) => rank >= READING)
}

async function runRanks(states: readonly State[], round: Round, isDue: (rank: number) => boolean) {
  for (const state of states)
    for (const { entry, rank } of state.order)
      if (isDue(rank) && !state.done.has(entry.index))
        await turn(round, { state, entry }, () => run(state, entry))
}

/** What an entry points at is resolved before anything of it is written: without it nothing of it is done. */
async function turn(
  round: Round,
  { state, entry }: Omit<Planned, 'id'>,
  work: () => Promise<void>,
): Promise<void> {
  state.open = undefined
  try {
    await blaming(entry, work)
    round.done += 1
  } catch (error) {
    if (!(error instanceof Refusal) || !state.open) throw error
    round.unresolved ??= error
  }
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

/** Stores the creations that wait, all together; those that point at nothing yet go on waiting. */
async function flush([first]: readonly State[], round: Round): Promise<void> {
  if (!first) return
  const planned = first.waiting.splice(0)
  const fresh: (Fresh & Planned)[] = []
  for (const one of planned) {
    const { state, entry, id } = one
    const before = fresh.length
    await turn(round, one, async () => {
      const resource = await linked(state, entry)
      requirePast(state.ctx, resource)
      requireInScope(state.ctx.actor, 'c', resource)
      fresh.push({ ...one, resource: { ...resource, id }, ctx: state.ctx })
    })
    if (fresh.length === before) first.waiting.push(one)
  }
  const stored = await addMany(first.ctx, fresh)
  for (const [n, { state, entry }] of fresh.entries())
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
