import type { ContractFilter } from '@tongmai/api/contract/book'
import { inForceStatuses } from '@tongmai/api/contract/flow'
import type { ContractLine } from '@tongmai/api/contract/shape'
import type { Page } from '@tongmai/api/kernel'
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayAfter, dayOf } from '../../../kernel/day.ts'
import { pageOf } from '../../../kernel/page.ts'
import { visible } from './contract.ts'
import { ruleOf } from './rule.ts'
import { isUnserved } from './unserved.ts'

export interface Asked extends ContractFilter {
  readonly sort: 'ends' | 'newest' | 'name'
  readonly offset: number
  readonly limit: number
}

const filtered = (ctx: Ctx, f: ContractFilter & { unservedSince?: string }) =>
  visible(ctx)
    .$if(f.status !== undefined, (q) => q.where('c.status', '=', f.status as 'active'))
    .$if(f.inForce === true || f.unserved === true, (q) =>
      q.where('c.status', 'in', [...inForceStatuses]).where('c.upcoming', '=', false),
    )
    .$if(f.teamId !== undefined, (q) => q.where('c.teamId', '=', f.teamId as string))
    .$if(f.doctorId !== undefined, (q) => q.where('c.doctorId', '=', f.doctorId as string))
    .$if(f.residentId !== undefined, (q) => q.where('c.residentId', '=', f.residentId as string))
    .$if(f.channel !== undefined, (q) => q.where('c.channel', '=', f.channel as 'desk'))
    .$if(f.level !== undefined, (q) => q.where(sql<boolean>`${f.level as string} = any (c.levels)`))
    .$if(f.endsBefore !== undefined, (q) => q.where('c.endsOn', '<=', f.endsBefore as string))
    .$if(f.unserved === true, (q) => q.where(isUnserved).where('c.startsOn', '<=', f.unservedSince as string))
    .$if(f.number !== undefined, (q) =>
      q.where('c.number', '>=', f.number as string).where('c.number', '<', `${f.number}\uffff`),
    )

export const named = (ctx: Ctx, f: ContractFilter & { unservedSince?: string }) =>
  filtered(ctx, f)
    .leftJoin('resident.card as card', 'card.id', 'c.residentId')
    .leftJoin('network.name as community', 'community.id', 'c.communityId')
    .leftJoin('network.name as second', 'second.id', 'c.secondaryId')
    .leftJoin('network.name as third', 'third.id', 'c.tertiaryId')
    .leftJoin('workforce.teamName as team', 'team.id', 'c.teamId')
    .leftJoin('workforce.name as doctor', 'doctor.id', 'c.doctorId')
    .select([
      ...(['c.id', 'c.number', 'c.status', 'c.upcoming', 'c.residentId', 'c.communityId'] as const),
      ...(['c.teamId', 'c.doctorId', 'c.secondaryId', 'c.tertiaryId', 'c.feeFen', 'c.startsOn'] as const),
      ...(['c.endsOn', 'c.channel', 'c.since', 'c.version', 'c.packageNames'] as const),
      ...(['card.nameMasked', 'card.sex', 'card.birthDate', 'card.idMasked'] as const),
      'community.shortName as communityName',
      'second.shortName as secondName',
      'third.shortName as thirdName',
      'team.name as teamName',
      'team.phone as teamPhone',
      'doctor.name as doctorName',
    ])

export type Named = Awaited<ReturnType<ReturnType<typeof named>['execute']>>[number]

/** A masked card; the name stays hidden where the viewer has no basis for this resident any more. */
export const cardOf = (row: Pick<Named, 'residentId' | 'nameMasked' | 'sex' | 'birthDate' | 'idMasked'>) => ({
  ...{ id: row.residentId, nameMasked: row.nameMasked ?? '*', birthDate: row.birthDate },
  ...{ sex: (row.sex ?? 'unknown') as ContractLine['resident']['sex'], idMasked: row.idMasked },
})

const maybe = (id: string | null, name: string | null) => (id ? { id, name: name ?? '' } : null)

export const lineOf = (row: Named): ContractLine => ({
  ...{ id: row.id, number: row.number, status: row.status, upcoming: row.upcoming, resident: cardOf(row) },
  community: { id: row.communityId, name: row.communityName ?? '' },
  team: { id: row.teamId, name: row.teamName ?? '' },
  teamPhone: row.teamPhone,
  doctor: { id: row.doctorId, name: row.doctorName ?? '' },
  secondary: maybe(row.secondaryId, row.secondName),
  tertiary: maybe(row.tertiaryId, row.thirdName),
  ...{ packages: row.packageNames, feeFen: row.feeFen, startsOn: row.startsOn, endsOn: row.endsOn },
  ...{ channel: row.channel, since: row.since, version: row.version },
})

/** One page of the contracts that the actor's institution is a party of. */
export async function list(ctx: Ctx, asked: Asked): Promise<Page<ContractLine>> {
  const unservedSince = asked.unserved
    ? { unservedSince: dayAfter(dayOf(ctx.now), -(await ruleOf(ctx, 'unservedDays'))) }
    : {}
  const query = named(ctx, { ...asked, ...unservedSince })
  const sorted = {
    ends: () => query.orderBy('c.endsOn').orderBy('c.id'),
    newest: () => query.orderBy('c.since', 'desc').orderBy('c.id'),
    name: () => query.orderBy('card.nameMasked').orderBy('c.id'),
  }[asked.sort]()
  const { items, total } = await pageOf(ctx, sorted, asked)
  return { items: items.map(lineOf), total }
}
