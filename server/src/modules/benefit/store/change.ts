import type { BenefitChange } from '@tongmai/api/benefit/rule'
import type { Page } from '@tongmai/api/kernel'
import type { Ctx } from '../../../kernel/ctx.ts'
import { pageOf } from '../../../kernel/page.ts'
import type { BenefitTables } from '../tables.ts'

const tables = (ctx: Ctx) => ctx.db.withTables<BenefitTables>()

/** What changed: of what, from when on, and the values before and after. */
export interface Change {
  readonly what: BenefitChange['what']
  readonly subject: string
  readonly since: string | null
  readonly before: object | null
  readonly after: object | null
}

/** Keeps who changed a rule. */
export async function addChange(ctx: Ctx, { before, after, ...change }: Change): Promise<void> {
  await tables(ctx)
    .insertInto('benefit.change')
    .values({
      ...change,
      id: ctx.id(),
      at: ctx.now,
      actorId: ctx.actor.id,
      institutionId: ctx.actor.institutionId,
      before: before && JSON.stringify(before),
      after: after && JSON.stringify(after),
    })
    .execute()
}

/** One page of what was changed and by whom, the newest first. */
export async function listChanges(
  ctx: Ctx,
  query: { offset: number; limit: number },
): Promise<Page<BenefitChange>> {
  const { items, total } = await pageOf(
    ctx,
    tables(ctx)
      .selectFrom('benefit.change as c')
      .leftJoin('network.name as n', 'n.id', 'c.institutionId')
      .leftJoin('identity.accountName as a', (join) =>
        join.on((eb) => eb(eb.cast<string>('a.id', 'text'), '=', eb.ref('c.actorId'))),
      )
      .select(['c.id', 'c.at', 'c.what', 'c.subject', 'c.since', 'c.before', 'c.after'])
      .select(['n.shortName as institution', 'a.name as by'])
      .orderBy('c.at', 'desc')
      .orderBy('c.id', 'desc'),
    query,
  )
  const values = (one: unknown) => one as Record<string, unknown> | null
  return {
    items: items.map(({ by, before, after, ...one }) => ({
      ...one,
      by: by ?? '',
      before: values(before),
      after: values(after),
    })),
    total,
  }
}
