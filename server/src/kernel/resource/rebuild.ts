import { setTimeout as sleep } from 'node:timers/promises'
import type { Ctx } from '../ctx.ts'
import { isRetryable } from '../database.ts'
import { enqueue } from '../job.ts'
import type { World } from '../world.ts'
import { allRebuilds, type Rebuild } from './owner.ts'
import { projectKeysToo } from './project.ts'
import { rowsOf } from './row.ts'

/** So few at once that whoever writes one of them meanwhile hardly waits. */
const batch = 100
/** Between two batches the database is others'. */
const REST_MS = 20
/** A job ends soon, so that a server can stop; the next one goes on. */
const SLICE_MS = 4_000

export const REBUILD_JOB = 'kernel.fhir-rebuild'

const note = `insert into kernel.resource_edition (name, edition)
  select name, case when exists (select from kernel.resource) then 0 else edition end
  from unnest($1::text[], $2::int[]) as x (name, edition) on conflict do nothing`

const outdated = `select x.name from unnest($1::text[], $2::int[]) with ordinality as x (name, edition, at)
  left join kernel.resource_edition e on e.name = x.name where e.edition is null or e.edition < x.edition order by x.at`

const named = (all: readonly Rebuild[]) => [all.map(({ name }) => name), all.map(({ edition }) => edition)]

/** What is stored in an edition older than the program's. */
async function listOutdated(ctx: Ctx): Promise<Rebuild[]> {
  const all = allRebuilds()
  const rows = await rowsOf<{ name: string }>(ctx, 'fhir-edition-old', outdated, named(all))
  return all.filter(({ name }) => rows.some((row) => row.name === name))
}

/**
 * At the start: where nothing is stored yet, all will be of today's edition; where an older program stored it, it is
 * projected anew in the background.
 */
export const noteEditions = (world: Pick<World, 'asSystem'>): Promise<void> =>
  world.asSystem(null, async (ctx) => {
    await rowsOf(ctx, 'fhir-edition-note', note, named(allRebuilds()))
    if ((await listOutdated(ctx)).length > 0) await goOn(ctx, [])
  })

const goOn = (ctx: Ctx, failed: readonly string[]) =>
  enqueue(ctx, REBUILD_JOB, { failed }, { key: REBUILD_JOB })

/**
 * Projects what is of an older edition anew, for a few seconds, and enqueues itself where there is more. What fails is
 * left for the next hour, the rest goes on.
 */
export async function rebuildOutdated(world: World, payload: unknown): Promise<void> {
  const { failed = [] } = payload as { failed?: readonly string[] }
  const until = performance.now() + SLICE_MS
  const old = await world.asSystem(null, listOutdated)
  const [next] = old.filter(({ name }) => !failed.includes(name))
  if (!next) return
  try {
    const end = await rebuildBatches(world, next, { isEnough: () => performance.now() > until })
    if (end !== 'elsewhere') await world.asSystem(null, (ctx) => goOn(ctx, failed))
  } catch (error) {
    if (isRetryable(error)) return world.asSystem(null, (ctx) => goOn(ctx, failed))
    world.log.error({ err: error }, `${next.name} could not be projected anew; tried again within the hour`)
    await world.asSystem(null, (ctx) => goOn(ctx, [...failed, next.name]))
  }
}

/** Has it projected anew although the edition is the same; what was begun goes on where it was. */
export async function rebuildAll(world: World, rebuild: Rebuild, told: (batches: number) => void) {
  await world.asSystem(null, (ctx) =>
    rowsOf(
      ctx,
      'fhir-edition-force',
      'insert into kernel.resource_edition (name, edition) values ($1, 0) on conflict (name) do update set edition = 0',
      [rebuild.name],
    ),
  )
  let batches = 0
  for (let end: End = 'more'; end !== 'done'; ) {
    end = await rebuildBatches(world, rebuild, { told: () => told(++batches) })
    if (end === 'elsewhere') await sleep(1_000)
  }
  return batches
}

type End = 'more' | 'done' | 'elsewhere'

interface Course {
  readonly isEnough?: () => boolean
  readonly told?: () => void
}

async function rebuildBatches(
  world: World,
  rebuild: Rebuild,
  { isEnough = () => false, told = () => {} }: Course,
): Promise<End> {
  for (;;) {
    const end = await world.asSystem(null, (ctx) => someMore(ctx, rebuild, world.log))
    told()
    if (end !== 'more' || isEnough()) return end
    await sleep(REST_MS)
  }
}

interface Edition {
  readonly edition: number
  readonly next_edition: number | null
  readonly after: string | null
}

const take = `select edition, next_edition, after from kernel.resource_edition
  where name = $1 and edition < $2 for update skip locked`

const keep = `update kernel.resource_edition set edition = coalesce($2, edition), next_edition = $3, after = $4
  where name = $1`

/**
 * One batch, together with how far it has come. A thing that somebody changes meanwhile makes the batch begin anew (its
 * snapshot is older), so that nothing newer is written over.
 */
async function someMore(ctx: Ctx, { name, edition, run }: Rebuild, log: World['log']): Promise<End> {
  await ctx.client.query('set transaction isolation level repeatable read')
  const [at] = await rowsOf<Edition>(ctx, 'fhir-edition-take', take, [name, edition])
  if (!at) return (await isOutdated(ctx, name, edition)) ? 'elsewhere' : 'done'
  const after = at.next_edition === edition ? at.after : null
  if (after === null)
    log.info(`what FHIR shows of ${name} is projected anew: edition ${at.edition} to ${edition}`)
  const last = await run(projectKeysToo(ctx), after, batch)
  await rowsOf(ctx, 'fhir-edition-keep', keep, [
    name,
    ...(last === null ? [edition, null, null] : [null, edition, last]),
  ])
  if (last === null) log.info(`what FHIR shows of ${name} is of edition ${edition} now`)
  return last === null ? 'done' : 'more'
}

async function isOutdated(ctx: Ctx, name: string, edition: number): Promise<boolean> {
  const rows = await rowsOf<{ edition: number }>(
    ctx,
    'fhir-edition-find',
    'select edition from kernel.resource_edition where name = $1 and edition < $2',
    [name, edition],
  )
  return rows.length > 0
}
