import type { Actor } from '../../../kernel/actor.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { Refusal, refuse } from '../../../kernel/refusal.ts'
import { type Condition, every } from '../../../kernel/resource/find/condition.ts'
import type { Json, Resource } from '../../../kernel/resource/owner.ts'
import { readResource } from '../../../kernel/resource/read.ts'
import { search } from '../../../kernel/resource/search.ts'
import { appendTo, removeSpool, type Spool } from '../../../kernel/spool.ts'
import type { World } from '../../../kernel/world.ts'
import { clientActor } from '../../identity/index.ts'
import { changeExport, type ExportFile, findExport } from '../store/export.ts'
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
    const making: Making = { world, actor, asked, spool, files: [], count: 0 }
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
  const within = asked.level === 'group' ? await membersOf(making) : [undefined]
  for (const [done, type] of asked.types.entries()) {
    let count = 0
    for (const members of within) count += await writeType(making, { type, members, done })
    count += await writeSeries(making, { type, members: within.flatMap((some) => some ?? []), done })
    if (count > 0) making.files.push({ type, name: `${type}.ndjson`, count })
    await note(making, done + 1)
  }
}

/** The patients of a group, some at a time. */
async function membersOf({ world, actor, asked }: Making): Promise<(readonly string[])[]> {
  const { content } = await world.read(actor, (ctx) => readResource(ctx, 'Group', asked.groupId ?? ''))
  const { member = [] } = JSON.parse(content) as Resource & { member?: { entity?: { reference?: Json } }[] }
  const ids = member.flatMap(({ entity }) => {
    const id = /^Patient\/([A-Za-z0-9\-.]{1,64})$/.exec(String(entity?.reference))?.[1]
    return id ? [id] : []
  })
  if (ids.length > MEMBERS_MAX) refuse('too-large', 'record.too-many-members')
  const chunks = Math.ceil(ids.length / MEMBERS_AT_ONCE)
  return Array.from({ length: chunks }, (_, n) => ids.slice(n * MEMBERS_AT_ONCE, (n + 1) * MEMBERS_AT_ONCE))
}

interface Part {
  readonly type: string
  readonly members: readonly string[] | undefined
  /** How many types are written already. */
  readonly done: number
}

function conditionOf({ since, asOf }: Export, members: readonly string[] | undefined): Condition {
  // What is stored while it is being made comes with the next one, so that `transactionTime` is true.
  const before = new Date(asOf.getTime() + 1)
  return every([
    ...(members ? [{ kind: 'patient' as const, ids: members }] : []),
    since ? { kind: 'updated', since, before } : { kind: 'updated', before },
  ])
}

/** What modules hold of the type besides the store. */
async function writeSeries(making: Making, { type, members, done }: Required<Part>): Promise<number> {
  const { world, actor, asked, spool } = making
  const only = asked.level === 'group' ? new Set(members) : undefined
  const condition = await world.read(actor, (ctx) => conditionFor(ctx, asked, type))
  const { since, asOf: until } = asked
  let count = 0
  for await (const page of seriesPages(world, { actor, type, members: only, since, until, condition })) {
    if (page.length === 0) continue
    await appendTo(spool, `${type}.ndjson`, page.map((one) => `${one.content}\n`).join(''))
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
    if (wanted.length > 0)
      await appendTo(spool, `${type}.ndjson`, wanted.map((one) => `${one.content}\n`).join(''))
    count += wanted.length
    making.count += wanted.length
    after = next
    if (after) await note(making, done)
  } while (after)
  return count
}
