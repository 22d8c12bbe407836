import type { Actor } from '../../../kernel/actor.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { Refusal, refuse } from '../../../kernel/refusal.ts'
import { type Condition, every } from '../../../kernel/resource/find/condition.ts'
import { residentsOf } from '../../../kernel/resource/next.ts'
import type { Json, Resource } from '../../../kernel/resource/owner.ts'
import { readResource } from '../../../kernel/resource/read.ts'
import { search } from '../../../kernel/resource/search.ts'
import { appendTo, removeSpool, type Spool } from '../../../kernel/spool.ts'
import type { World } from '../../../kernel/world.ts'
import { clientActor } from '../../identity/index.ts'
import { changeExport, type ExportFile, findExport } from '../store/export.ts'
import { subsetOf } from '../subset.ts'
import { PROVENANCE, Provenances } from './export-provenance.ts'
import { removedPages } from './export-removed.ts'
import { seriesPages } from './export-series.ts'
import { conditionFor } from './filter.ts'

const PAGE = 500
const MEMBERS_AT_ONCE = 100
const MEMBERS_MAX = 100_000

type Export = NonNullable<Awaited<ReturnType<typeof findExport>>>

/** An export as it is being made. */
interface Making {
  readonly world: World
  readonly actor: Actor
  readonly asked: Export
  readonly spool: Spool
  readonly files: ExportFile[]
  /** What comes along with each page; undefined where nothing was asked for. */
  readonly provenances: Provenances | undefined
  /** How many resources so far. */
  count: number
}

/** The client no longer wants it, or may no longer have it. */
class Stopped extends Error {}

/** Makes an export page by page, as its client and with what that client may see now; memory does not grow with it. */
export async function runExport(world: World, id: string): Promise<void> {
  const asked = await world.asSystem(null, (ctx) => findExport(ctx, id))
  if (!asked || (asked.state !== 'waiting' && asked.state !== 'running')) return
  const spool = { dataDir: world.dataDir, job: id }
  await removeSpool(spool)
  try {
    const actor = await world.asSystem(null, (ctx) => clientActor(ctx, asked.clientId, asked.scopes))
    if (!actor) refuse('forbidden', 'identity.invalid-client')
    const provenances = asked.provenance ? new Provenances(asked.provenance) : undefined
    const making: Making = { world, actor, asked, spool, files: [], provenances, count: 0 }
    await note(making, 0)
    await writeAll(making)
    const files = JSON.stringify(making.files)
    await world.asSystem(null, (ctx) => changeExport(ctx, id, { state: 'done', files, endedAt: ctx.now }))
  } catch (error) {
    await removeSpool(spool)
    if (error instanceof Stopped) return
    if (!(error instanceof Refusal)) throw error
    await world.asSystem(null, (ctx) =>
      changeExport(ctx, id, { state: 'failed', problem: error.code, endedAt: ctx.now }),
    )
  }
}

/** Writes down how far it is; stops where it was cancelled meanwhile. */
async function note({ world, asked, count }: Making, typesDone: number): Promise<void> {
  const goesOn = await world.asSystem(null, (ctx) =>
    changeExport(ctx, asked.id, { state: 'running', typesDone, resources: count }),
  )
  if (!goesOn) throw new Stopped()
}

async function writeAll(making: Making): Promise<void> {
  const { asked } = making
  const members = await membersOf(making)
  const chunks = Math.ceil((members?.length ?? 0) / MEMBERS_AT_ONCE)
  const within = members
    ? Array.from({ length: chunks }, (_, n) => members.slice(n * MEMBERS_AT_ONCE, (n + 1) * MEMBERS_AT_ONCE))
    : [undefined]
  for (const [done, type] of asked.types.entries()) {
    // What is of nothing in the export is left out of it.
    if (type === PROVENANCE && making.provenances) continue
    let count = 0
    for (const some of within) count += await writeType(making, { type, members: some, done })
    count += await writeSeries(making, { type, members, done })
    if (count > 0) making.files.push({ type, name: `${type}.ndjson`, count })
    await note(making, done + 1)
  }
  const { count = 0 } = making.provenances ?? {}
  if (count > 0) making.files.push({ type: PROVENANCE, name: `${PROVENANCE}.ndjson`, count })
  if (asked.since) await writeRemoved(making, asked.since, members)
}

/** Whom it is about: those who were named, of a group its members; undefined where anybody. What cannot be had is told. */
async function membersOf(making: Making): Promise<readonly string[] | undefined> {
  const { asked, world, actor } = making
  const ofGroup = asked.level === 'group' ? await inGroup(making) : undefined
  const { patients } = asked
  if (!patients) return ofGroup
  const known = new Set(ofGroup ?? patients)
  const seen = await world.read(actor, (ctx) => residentsOf(ctx, patients))
  const [can, cannot] = [true, false].map((is) =>
    patients.filter((id) => (known.has(id) && seen.has(id)) === is),
  ) as [string[], string[]]
  await tellMissing(making, cannot)
  return can
}

/** What was asked for and cannot be had, as OperationOutcomes. */
async function tellMissing({ spool, files }: Making, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const lines = ids.map((id) => {
    const diagnostics = `Patient/${id} is not there, not in the group, or may not be seen`
    return `${JSON.stringify({ resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'not-found', diagnostics }] })}\n`
  })
  await appendTo(spool, 'error.ndjson', lines.join(''))
  files.push({ type: 'OperationOutcome', name: 'error.ndjson', count: lines.length, kind: 'error' })
}

/** What was removed since the time that was named. */
async function writeRemoved(
  { world, actor, asked, spool, files }: Making,
  since: Date,
  members: readonly string[] | undefined,
): Promise<void> {
  const whose = members && (await world.read(actor, (ctx) => residentsOf(ctx, members)))
  const of = whose
    ? new Set(whose.values())
    : asked.level === 'system'
      ? ('all' as const)
      : ('anybody' as const)
  let count = 0
  for (const type of asked.types)
    for await (const page of removedPages(world, { actor, type, since, until: asked.asOf, of })) {
      await appendTo(spool, 'deleted.ndjson', `${page}\n`)
      count += 1
    }
  if (count > 0) files.push({ type: 'Bundle', name: 'deleted.ndjson', count, kind: 'deleted' })
}

/** The patients of a group. */
async function inGroup({ world, actor, asked }: Making): Promise<readonly string[]> {
  const { content } = await world.read(actor, (ctx) => readResource(ctx, 'Group', asked.groupId ?? ''))
  const { member = [] } = JSON.parse(content) as Resource & { member?: { entity?: { reference?: Json } }[] }
  const ids = member.flatMap(({ entity }) => {
    const id = /^Patient\/([A-Za-z0-9\-.]{1,64})$/.exec(String(entity?.reference))?.[1]
    return id ? [id] : []
  })
  if (ids.length > MEMBERS_MAX) refuse('too-large', 'record.too-many-members')
  return ids
}

/** Lines of a file, each with the elements that were asked for. */
function linesOf({ elements }: Export, type: string, all: readonly { readonly content: string }[]): string {
  const own = elements.flatMap((said) => {
    const [of = '', name] = said.split('.')
    return name === undefined ? [of] : of === type ? [name] : []
  })
  // Elements of other types only: of this one all.
  const shape = { summary: 'false' as const, elements: own }
  return all.map(({ content }) => `${own.length > 0 ? subsetOf(type, content, shape) : content}\n`).join('')
}

interface Part {
  readonly type: string
  readonly members: readonly string[] | undefined
  /** How many types are written already. */
  readonly done: number
}

/** What is stored while it is being made comes with the next one, so that `transactionTime` is true. */
const endOf = ({ asOf }: Pick<Export, 'asOf'>): Date => new Date(asOf.getTime() + 1)

function conditionOf({ since, asOf }: Export, members: readonly string[] | undefined): Condition {
  const before = endOf({ asOf })
  return every([
    ...(members ? [{ kind: 'patient' as const, ids: members }] : []),
    since ? { kind: 'updated', since, before } : { kind: 'updated', before },
  ])
}

/** Where what was just written comes from, as far as the client may see that. */
async function writeProvenance(
  making: Making,
  type: string,
  written: readonly { readonly id: string }[],
): Promise<void> {
  const { world, actor, asked, spool, provenances } = making
  if (!provenances || written.length === 0) return
  const before: Condition = { kind: 'updated', before: endOf(asked) }
  const ids = written.map(({ id }) => id)
  const found = await world.read(actor, (ctx) => provenances.of(ctx, { type, ids, before }))
  if (found.length > 0) await appendTo(spool, `${PROVENANCE}.ndjson`, linesOf(asked, PROVENANCE, found))
  making.count += found.length
}

/** What modules hold of the type besides the store. */
async function writeSeries(making: Making, { type, members, done }: Part): Promise<number> {
  const { world, actor, asked, spool } = making
  const only = members && new Set(members)
  const condition = await world.read(actor, (ctx) => conditionFor(ctx, asked, type))
  const { since, asOf: until } = asked
  let count = 0
  for await (const page of seriesPages(world, { actor, type, members: only, since, until, condition })) {
    if (page.length === 0) continue
    await appendTo(spool, `${type}.ndjson`, linesOf(asked, type, page))
    await writeProvenance(making, type, page)
    count += page.length
    making.count += page.length
    await note(making, done)
  }
  return count
}

async function writeType(making: Making, { type, members, done }: Part): Promise<number> {
  const { world, actor, asked, spool } = making
  const narrowing = await world.read(actor, (ctx) => conditionFor(ctx, asked, type))
  const condition = every([conditionOf(asked, members), narrowing])
  let after: readonly string[] | undefined
  let count = 0
  do {
    const read = (ctx: Ctx) => search(ctx, { type, condition, sorts: [], limit: PAGE, after })
    const { found, next } = await world.read(actor, read)
    const wanted = asked.level === 'system' ? found : found.filter((one) => one.residentId !== null)
    if (wanted.length > 0) await appendTo(spool, `${type}.ndjson`, linesOf(asked, type, wanted))
    await writeProvenance(making, type, wanted)
    count += wanted.length
    making.count += wanted.length
    after = next
    if (after) await note(making, done)
  } while (after)
  return count
}
