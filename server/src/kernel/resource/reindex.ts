import type { Ctx } from '../ctx.ts'
import type { World } from '../world.ts'
import { nobodysId } from './concern.ts'
import { keysOf } from './keys.ts'
import { writeKeys } from './next.ts'
import type { Resource } from './owner.ts'
import { columns, type Row, rowsOf, storedOf } from './row.ts'

const batch = 200

const without = `select ${columns} from kernel.resource r
  where r.keys is null and not r.deleted order by r.type, r.id limit ${batch} for update skip locked`

async function someMore(ctx: Ctx): Promise<number> {
  const rows = await rowsOf<Row>(ctx, 'fhir-without-keys', without, [])
  for (const row of rows) {
    const resource = JSON.parse(row.content) as Resource
    await writeKeys(ctx, storedOf(row), keysOf(resource, row.resident_id !== nobodysId))
  }
  return rows.length
}

/** Gives resources that an older version of the program stored what they are found by; answers how many. */
export async function reindex(world: Pick<World, 'asSystem'>): Promise<number> {
  let done = 0
  for (;;) {
    const some = await world.asSystem(null, someMore)
    done += some
    if (some < batch) return done
  }
}
