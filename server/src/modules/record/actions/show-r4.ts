import type { Ctx } from '../../../kernel/ctx.ts'
import { project, projectMany } from '../../../kernel/resource/project.ts'
import { rowsOf } from '../../../kernel/resource/row.ts'
import type { World } from '../../../kernel/world.ts'
import type { Shown } from '../fhir.ts'
import { r4Shown } from '../index/r4-terms.ts'

const AT_ONCE = 100

interface Held {
  readonly type: string
  readonly id: string
  readonly institution_id: string | null
  readonly deleted: boolean
}

const held = `select type, id, institution_id, deleted from kernel.resource
  where type in ('CodeSystem', 'ValueSet') and id = any ($1)`

/** Puts some of what R4 brings along into the store; what an institution has put in its place, or removed, stays as it is. */
async function showSome(ctx: Ctx, some: readonly Shown[]): Promise<void> {
  const rows = await rowsOf<Held>(ctx, 'record-r4-held', held, [some.map(({ id }) => id)])
  const known = new Map(rows.map((row) => [`${row.type}/${row.id}`, row]))
  const nameOf = ({ resourceType, id }: Shown) => `${resourceType}/${id}`
  const fresh = some.filter((one) => !known.has(nameOf(one)))
  if (fresh.length > 0)
    await projectMany(
      ctx,
      fresh.map((resource) => ({ resource })),
    )
  for (const resource of some) {
    const row = known.get(nameOf(resource))
    if (row && !row.deleted && row.institution_id === null) await project(ctx, { resource })
  }
}

/** Puts R4's own code systems and value sets into the store, some at a time, so that they are found and read as any other. */
export async function showR4(
  world: World,
  goesOn: () => Promise<boolean> = async () => true,
): Promise<boolean> {
  let some: Shown[] = []
  const flush = () => world.asSystem(null, (ctx) => showSome(ctx, some))
  for (const one of r4Shown()) {
    some.push(one)
    if (some.length < AT_ONCE) continue
    await flush()
    some = []
    if (!(await goesOn())) return false
  }
  await flush()
  return true
}
