import type { HotlineCall, HotlineOutcome, HotlineTopic } from '@tongmai/api/contract/hotline'
import type { Page } from '@tongmai/api/kernel'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayAfter, startOf } from '../../../kernel/day.ts'
import { pageOf } from '../../../kernel/page.ts'
import { cardOf } from './line.ts'
import { nobody, tables } from './tables-of.ts'

interface Asked {
  readonly topic?: HotlineTopic | undefined
  readonly outcome?: HotlineOutcome | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
}

const named = (ctx: Ctx, f: Asked) =>
  tables(ctx)
    .selectFrom('contract.hotlineCall as h')
    .leftJoin('resident.card as card', 'card.id', 'h.residentId')
    .leftJoin('workforce.name as p', 'p.id', 'h.practitionerId')
    .selectAll('h')
    .select(['card.nameMasked', 'card.sex', 'card.birthDate', 'card.idMasked', 'p.name as by'])
    .where('h.institutionId', '=', ctx.actor.institutionId ?? nobody)
    .$if(f.topic !== undefined, (q) => q.where('h.topic', '=', f.topic as 'other'))
    .$if(f.outcome !== undefined, (q) => q.where('h.outcome', '=', f.outcome as 'visit'))
    .$if(f.from !== undefined, (q) => q.where('h.at', '>=', startOf(f.from as string)))
    .$if(f.to !== undefined, (q) => q.where('h.at', '<', startOf(dayAfter(f.to as string, 1))))
type Named = Awaited<ReturnType<ReturnType<typeof named>['execute']>>[number]

const lineOf = ({ residentId, ...row }: Named): HotlineCall => ({
  ...{ id: row.id, at: row.at, caller: row.caller, topic: row.topic, asked: row.asked },
  ...{ answered: row.answered, outcome: row.outcome, by: row.by },
  resident: residentId ? cardOf({ ...row, residentId }) : null,
})

/** The calls to the actor's community, newest first. */
export async function list(
  ctx: Ctx,
  asked: Asked & { offset: number; limit: number },
): Promise<Page<HotlineCall>> {
  const query = named(ctx, asked).orderBy('h.at', 'desc').orderBy('h.id')
  const { items, total } = await pageOf(ctx, query, asked)
  return { items: items.map(lineOf), total }
}

export interface NewCall {
  readonly institutionId: string
  readonly residentId: string | null
  readonly caller: string
  readonly topic: HotlineTopic
  readonly asked: string
  readonly answered: string
  readonly outcome: HotlineOutcome
}

/** Notes a call that was taken now. */
export async function add(ctx: Ctx, call: NewCall): Promise<string> {
  const id = ctx.id()
  await tables(ctx)
    .insertInto('contract.hotlineCall')
    .values({ ...call, id, at: ctx.now, practitionerId: ctx.actor.practitionerId, notedBy: ctx.actor.id })
    .execute()
  return id
}

/** One call to the actor's community. */
export const find = async (ctx: Ctx, id: string): Promise<HotlineCall> =>
  lineOf(await named(ctx, {}).where('h.id', '=', id).executeTakeFirstOrThrow())
