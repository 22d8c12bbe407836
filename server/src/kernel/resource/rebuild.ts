import type { Ctx } from '../ctx.ts'
import type { World } from '../world.ts'
import type { ResourceOwner } from './owner.ts'
import { rowsOf } from './row.ts'

const batch = 200

async function startOf(ctx: Ctx, type: string): Promise<string | null> {
  const [row] = await rowsOf<{ after: string }>(
    ctx,
    'fhir-rebuild-find',
    'select after from kernel.resource_rebuild where type = $1',
    [type],
  )
  return row?.after ?? null
}

async function keep(ctx: Ctx, type: string, after: string | null): Promise<void> {
  if (after === null)
    await rowsOf(ctx, 'fhir-rebuild-end', 'delete from kernel.resource_rebuild where type = $1', [type])
  else
    await rowsOf(
      ctx,
      'fhir-rebuild-keep',
      `insert into kernel.resource_rebuild (type, after) values ($1, $2)
        on conflict (type) do update set after = excluded.after`,
      [type, after],
    )
}

/**
 * Projects an owner's things anew, batch by batch, each in its own transaction together with how far it has come, so
 * that a rebuild that was stopped goes on from there. Answers how many batches it took.
 */
export async function rebuildType(
  world: World,
  owner: ResourceOwner,
  told: (batches: number) => void = () => {},
): Promise<number> {
  const { rebuild, type } = owner
  if (!rebuild) return 0
  for (let batches = 1; ; batches++) {
    const after = await world.asSystem(null, async (ctx) => {
      const last = await rebuild(ctx, await startOf(ctx, type), batch)
      await keep(ctx, type, last)
      return last
    })
    told(batches)
    if (after === null) return batches
  }
}
