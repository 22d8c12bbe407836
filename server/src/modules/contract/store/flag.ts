import { inForceStatuses } from '@tongmai/api/contract/flow'
import type { Flag, ServiceCounts } from '@tongmai/api/contract/fulfilment'
import type { Page } from '@tongmai/api/kernel'
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayAfter, dayOf } from '../../../kernel/day.ts'
import { pageOf } from '../../../kernel/page.ts'
import { refuse } from '../../../kernel/refusal.ts'
import type { Suspicion } from '../suspicion.ts'
import { visible as visibleServices } from './due.ts'
import { cardOf } from './line.ts'
import { ruleOf } from './rule.ts'
import { nobody, tables } from './tables-of.ts'
import { isUnserved } from './unserved.ts'

const own = (ctx: Ctx) => ctx.actor.institutionId ?? nobody

/** Flags of one's own community, newest first. */
export async function list(
  ctx: Ctx,
  asked: { state: Flag['state']; offset: number; limit: number },
): Promise<Page<Flag>> {
  const query = tables(ctx)
    .selectFrom('contract.flag as f')
    .innerJoin('contract.service as s', (join) =>
      join.onRef('s.residentId', '=', 'f.residentId').onRef('s.id', '=', 'f.serviceId'),
    )
    .leftJoin('resident.card as card', 'card.id', 'f.residentId')
    .leftJoin('workforce.name as p', 'p.id', 'f.practitionerId')
    .selectAll('f')
    .select(['s.itemName', 'card.nameMasked', 'card.sex', 'card.birthDate', 'card.idMasked', 'p.name'])
    .where('f.communityId', '=', own(ctx))
    .where('f.state', '=', asked.state)
    .orderBy('f.raisedAt', 'desc')
    .orderBy('f.id')
  const { items, total } = await pageOf(ctx, query, asked)
  const shown = items.map(
    (row): Flag => ({
      ...{ id: row.id, serviceId: row.serviceId, resident: cardOf(row), item: row.itemName, kind: row.kind },
      ...{ details: row.details as Flag['details'], practitioner: row.name, raisedAt: row.raisedAt },
      ...{ state: row.state, reviewNote: row.reviewNote },
    }),
  )
  return { items: shown, total }
}

export interface NewFlag {
  readonly residentId: string
  readonly serviceId: string
  readonly communityId: string
  readonly practitionerId: string | null
}

/** Raises what looks odd about a delivery. */
export async function add(ctx: Ctx, of: NewFlag, found: readonly Suspicion[]): Promise<void> {
  for (const { kind, details } of found) {
    await tables(ctx)
      .insertInto('contract.flag')
      .values({ ...of, id: ctx.id(), kind, details: JSON.stringify(details), raisedAt: ctx.now })
      .onConflict((c) => c.doNothing())
      .execute()
  }
}

/** Closes a flag of one's own community with what came of it. */
export async function review(
  ctx: Ctx,
  id: string,
  { verdict, note }: { verdict: 'upheld' | 'dismissed'; note: string },
): Promise<void> {
  const changed = await tables(ctx)
    .updateTable('contract.flag')
    .set({ state: verdict, reviewedBy: ctx.actor.id, reviewedAt: ctx.now, reviewNote: note })
    .where('id', '=', id)
    .where('communityId', '=', own(ctx))
    .returning('id')
    .executeTakeFirst()
  if (!changed) refuse('missing', 'contract.flag-missing')
}

/** The counts of the fulfilment page: of the whole community, of one team, or of what is mine. */
export async function count(
  ctx: Ctx,
  f: { mine?: boolean | undefined; teamId?: string | undefined; contractId?: string | undefined },
): Promise<ServiceCounts> {
  const today = dayOf(ctx.now)
  const filter = (text: ReturnType<typeof sql<boolean>>) =>
    sql<number>`(count(*) filter (where ${text}))::int`
  const due = sql<boolean>`s.status = 'due'`
  const services = await visibleServices(ctx)
    .where('s.communityId', '=', own(ctx))
    .$if(f.mine === true, (q) => q.where('s.assigneeId', '=', ctx.actor.practitionerId ?? nobody))
    .$if(f.teamId !== undefined, (q) => q.where('s.teamId', '=', f.teamId as string))
    .$if(f.contractId !== undefined, (q) => q.where('s.contractId', '=', f.contractId as string))
    .select([
      filter(sql<boolean>`${due} and s.due_on < ${today}`).as('overdue'),
      filter(sql<boolean>`${due} and s.due_from <= ${today} and s.due_on >= ${today}`).as('now'),
      filter(sql<boolean>`${due} and s.due_from > ${today}`).as('coming'),
      filter(sql<boolean>`s.status = 'done'`).as('done'),
      filter(sql<boolean>`s.status in ('due', 'done') and s.due_on < ${today}`).as('shouldHave'),
      filter(sql<boolean>`s.status = 'done' and s.due_on < ${today}`).as('have'),
    ])
    .executeTakeFirstOrThrow()
  const since = dayAfter(today, -(await ruleOf(ctx, 'unservedDays')))
  const contracts = await tables(ctx)
    .selectFrom('contract.contract as c')
    .where('c.communityId', '=', own(ctx))
    .where('c.status', 'in', [...inForceStatuses])
    .where('c.upcoming', '=', false)
    .where('c.startsOn', '<=', since)
    .$if(f.teamId !== undefined, (q) => q.where('c.teamId', '=', f.teamId as string))
    .$if(f.mine === true, (q) => q.where('c.doctorId', '=', ctx.actor.practitionerId ?? nobody))
    .select([
      sql<number>`count(*)::int`.as('servable'),
      sql<number>`(count(*) filter (where ${isUnserved}))::int`.as('unserved'),
    ])
    .executeTakeFirstOrThrow()
  const flags = await tables(ctx)
    .selectFrom('contract.flag')
    .select(sql<number>`count(*)::int`.as('n'))
    .where('communityId', '=', own(ctx))
    .where('state', '=', 'open')
    .executeTakeFirstOrThrow()
  return { ...services, ...contracts, flags: flags.n }
}
