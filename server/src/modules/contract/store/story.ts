import type { ContractStatus } from '@tongmai/api/contract/flow'
import type { MyContract } from '@tongmai/api/contract/mine'
import type { Contract, ContractStep } from '@tongmai/api/contract/shape'
import type { Page } from '@tongmai/api/kernel'
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { pageOf } from '../../../kernel/page.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { personalOf } from '../fee.ts'
import { visible } from './contract.ts'
import { cardOf, lineOf, type Named, named } from './line.ts'
import { type ContractRow, readRow } from './row.ts'

interface TellingStep {
  id: string
  at: string
  move: string
  from: ContractStatus | null
  to: ContractStatus
  by: string | null
  institution: string | null
  comment: string | null
}

const steps = sql<TellingStep[]>`(
  select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'at', s.at, 'move', s.move, 'from', s.from_status,
    'to', s.to_status, 'by', coalesce(p.name, a.name), 'institution', i.short_name, 'comment', s.comment)
    order by s.at, s.id), '[]')
  from contract.step s
  left join workforce.name p on p.id = s.practitioner_id
  left join identity.account_name a on a.id = case when s.actor_kind = 'staff' then s.actor_id::uuid end
  left join network.name i on i.id = s.institution_id
  where s.contract_id = c.id)`

/** A contract with its names and its story: everything of its page but what the viewer may do. */
export interface Told {
  readonly row: ContractRow
  readonly line: ReturnType<typeof lineOf>
  readonly steps: ContractStep[]
  readonly household: Contract['household']
  readonly next: ContractRow | undefined
}

/** Everything of one contract, or 404. */
export async function findStory(ctx: Ctx, id: string): Promise<Omit<Told, 'next'>> {
  const found = await named(ctx, {})
    .selectAll('c')
    .select(steps.as('steps'))
    .where('c.id', '=', id)
    .executeTakeFirst()
  if (!found) return refuse('missing', 'contract.missing')
  const others = await named(ctx, {})
    .where('c.actId', '=', found.actId)
    .where('c.id', '!=', id)
    .orderBy('c.id')
    .limit(12)
    .execute()
  return {
    row: readRow(found),
    line: lineOf(found),
    steps: found.steps.map((step) => ({ ...step, at: new Date(step.at), by: step.by ?? '' })),
    household: others.map((one: Named) => ({ contractId: one.id, resident: cardOf(one) })),
  }
}

/** The contracts of a resident and of those they stand for, newest first. */
export async function listOwn(
  ctx: Ctx,
  paging: { offset: number; limit: number },
): Promise<Page<MyContract>> {
  const query = visible(ctx)
    .leftJoin('network.name as community', 'community.id', 'c.communityId')
    .leftJoin('network.name as second', 'second.id', 'c.secondaryId')
    .leftJoin('network.name as third', 'third.id', 'c.tertiaryId')
    .leftJoin('workforce.teamName as team', 'team.id', 'c.teamId')
    .leftJoin('workforce.name as doctor', 'doctor.id', 'c.doctorId')
    .selectAll('c')
    .select(['community.name as communityName', 'second.name as secondName', 'third.name as thirdName'])
    .select(['team.name as teamName', 'team.phone as teamPhone', 'doctor.name as doctorName'])
    .orderBy('c.since', 'desc')
    .orderBy('c.id', 'desc')
  const { items, total } = await pageOf(ctx, query, paging)
  const shown = items.map((item): MyContract => {
    const row = readRow(item)
    return {
      ...{ id: row.id, number: row.number, residentId: row.residentId, status: row.status },
      ...{ upcoming: row.upcoming, communityId: row.communityId, packages: row.packageNames },
      ...{ startsOn: row.startsOn, endsOn: row.endsOn, personalFen: personalOf(row.fee) },
      ...{ community: item.communityName ?? '', team: item.teamName ?? '', teamPhone: item.teamPhone },
      ...{ doctor: item.doctorName ?? '', secondary: item.secondName, tertiary: item.thirdName },
      endNote: row.ending?.note || null,
      again: {
        ...{ teamId: row.teamId, doctorId: row.doctorId, secondaryId: row.secondaryId },
        ...{ tertiaryId: row.tertiaryId, packageCodes: row.packages.map((one) => one.code) },
      },
    }
  })
  return { items: shown, total }
}
