import type { Actor } from '../../../kernel/actor.ts'
import { nobodysId } from '../../../kernel/resource/concern.ts'
import { listRemoved } from '../../../kernel/resource/removed.ts'
import type { World } from '../../../kernel/world.ts'

const PAGE = 500

export interface RemovedExport {
  readonly actor: Actor
  readonly type: string
  readonly since: Date
  readonly until: Date
  /** Whose: of these residents, of any, or also what concerns nobody. */
  readonly of: ReadonlySet<string> | 'anybody' | 'all'
}

/** What was removed since, as Bundles of removals (Bulk Data 2.0), page by page. */
export async function* removedPages(world: World, asked: RemovedExport): AsyncGenerator<string> {
  const { actor, of, ...query } = asked
  let after = ''
  for (;;) {
    const rows = await world.read(actor, (ctx) => listRemoved(ctx, { ...query, after, limit: PAGE }))
    const wanted = rows.filter(({ resident_id }) =>
      of === 'all' ? true : of === 'anybody' ? resident_id !== nobodysId : of.has(resident_id),
    )
    const entry = wanted.map(({ id }) => ({ request: { method: 'DELETE', url: `${query.type}/${id}` } }))
    if (entry.length > 0) yield JSON.stringify({ resourceType: 'Bundle', type: 'transaction', entry })
    if (rows.length < PAGE) return
    after = rows.at(-1)?.id ?? ''
  }
}
