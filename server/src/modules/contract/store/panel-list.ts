import { inForceStatuses } from '@tongmai/api/contract/flow'
import type { Call, CallOutcome } from '@tongmai/api/contract/panel'
import type { Page } from '@tongmai/api/kernel'
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import { pageOf } from '../../../kernel/page.ts'
import type { ContractRow } from './row.ts'
import { nobody, tables } from './tables-of.ts'

/** A community has some ten thousand residents at most; a list that is longer is asked doctor by doctor. */
const MOST = 20_000

interface Owed {
  readonly overdue: number
  readonly due: number
  readonly next: { item: string; dueOn: string } | null
}

/** What is owed by a contract now: how much is late, how much may be done, and what comes first. */
const owed = (today: string) => sql<Owed>`(select jsonb_build_object(
    'overdue', count(*) filter (where s.due_on < ${today}), 'due', count(*) filter (where s.due_on >= ${today}),
    'next', (array_agg(jsonb_build_object('item', s.item_name, 'dueOn', s.due_on) order by s.due_on, s.id))[1])
  from contract.service s where s.contract_id = c.id and s.status = 'due' and s.due_from <= ${today})`

const lastCall = sql<{
  at: string
  outcome: CallOutcome
} | null>`(select jsonb_build_object('at', l.at, 'outcome', l.outcome)
  from contract.call l where l.contract_id = c.id order by l.at desc limit 1)`

/** The residents under contract with my community now, or with one of its doctors. */
export const listUnderContract = (ctx: Ctx, doctorId: string | undefined) =>
  tables(ctx)
    .selectFrom('contract.contract as c')
    .leftJoin('resident.card as card', 'card.id', 'c.residentId')
    .leftJoin('workforce.name as doctor', 'doctor.id', 'c.doctorId')
    .select(['c.id', 'c.residentId', 'c.doctorId', 'doctor.name as doctorName'])
    .select(['card.nameMasked', 'card.sex', 'card.birthDate', 'card.idMasked'])
    .select([owed(dayOf(ctx.now)).as('owed'), lastCall.as('lastCall')])
    .where('c.communityId', '=', ctx.actor.institutionId ?? nobody)
    .where('c.status', 'in', [...inForceStatuses])
    .where('c.upcoming', '=', false)
    .$if(doctorId !== undefined, (q) => q.where('c.doctorId', '=', doctorId as string))
    .orderBy('c.id')
    .limit(MOST)
    .execute()
export type UnderContract = Awaited<ReturnType<typeof listUnderContract>>[number]

const calls = (ctx: Ctx, contractId: string) =>
  tables(ctx)
    .selectFrom('contract.call as l')
    .leftJoin('workforce.name as p', 'p.id', 'l.practitionerId')
    .select(['l.id', 'l.at', 'l.outcome', 'l.note', 'p.name as by'])
    .where('l.contractId', '=', contractId)
    .where('l.communityId', '=', ctx.actor.institutionId ?? nobody)

export const listCalls = (
  ctx: Ctx,
  contractId: string,
  paging: { offset: number; limit: number },
): Promise<Page<Call>> => pageOf(ctx, calls(ctx, contractId).orderBy('l.at', 'desc').orderBy('l.id'), paging)

/** Notes a call. */
export async function addCall(
  ctx: Ctx,
  of: Pick<ContractRow, 'residentId' | 'id' | 'communityId'>,
  said: { outcome: CallOutcome; note: string },
): Promise<Call> {
  const id = ctx.id()
  const { residentId, id: contractId, communityId } = of
  await tables(ctx)
    .insertInto('contract.call')
    .values({
      ...{ ...said, residentId, contractId, id, communityId, at: ctx.now },
      practitionerId: ctx.actor.practitionerId,
    })
    .execute()
  return calls(ctx, contractId).where('l.id', '=', id).executeTakeFirstOrThrow()
}
