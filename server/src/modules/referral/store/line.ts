import type { Page } from '@tongmai/api/kernel'
import type { ReferralFilter } from '@tongmai/api/referral/book'
import { isEnded, type ReferralDirection, type ReferralStatus } from '@tongmai/api/referral/flow'
import type { WorkList } from '@tongmai/api/referral/list'
import type { ReferralLine } from '@tongmai/api/referral/shape'
import { type Expression, type RawBuilder, type Selectable, type SqlBool, sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayAfter, startOf } from '../../../kernel/day.ts'
import { pageOf } from '../../../kernel/page.ts'
import { ownerOf } from '../policy.ts'
import type { ReferralTables } from '../tables.ts'
import { visible } from './referral.ts'
import { onList } from './work-list.ts'

export interface Asked extends ReferralFilter {
  readonly sort: 'due' | 'newest' | 'oldest' | 'changed'
  readonly offset: number
  readonly limit: number
}

/** Beyond this a page is so far back that everything before it may as well be read. */
const NARROWED_MAX = 2_000

/** Said in the words of the partial indexes, so that they serve whoever asks for what is under way only. */
const isOpen = sql<SqlBool>`(r.ended_at is null or r.due is not null)`

const filtered = (ctx: Ctx, f: ReferralFilter) =>
  visible(ctx)
    .$if(f.status !== undefined, (q) => q.where('r.status', 'in', f.status ?? []))
    .$if(f.status !== undefined && !f.status.some(isEnded), (q) => q.where(isOpen))
    .$if(f.direction !== undefined, (q) => q.where('r.direction', '=', f.direction as ReferralDirection))
    .$if(f.urgency !== undefined, (q) => q.where('r.urgency', '=', f.urgency as 'routine'))
    .$if(f.overdue === true, (q) => q.where('r.due', '<', ctx.now))
    .$if(f.overdue === false, (q) =>
      q.where((eb) => eb.or([eb('r.due', 'is', null), eb('r.due', '>=', ctx.now)])),
    )
    .$if(f.residentId !== undefined, (q) => q.where('r.residentId', '=', f.residentId as string))
    .$if(f.institutionId !== undefined, (q) =>
      q.where((eb) =>
        eb.or([
          eb('r.fromInstitutionId', '=', f.institutionId as string),
          eb('r.toInstitutionId', '=', f.institutionId as string),
        ]),
      ),
    )
    .$if(f.departmentId !== undefined, (q) =>
      q.where(
        sql<SqlBool>`coalesce((r.arrangement ->> 'departmentId')::uuid, r.to_department_id) = ${f.departmentId}`,
      ),
    )
    .$if(f.list !== undefined, (q) => q.where(onList(ctx, f.list as WorkList)))
    .$if(f.number !== undefined, (q) =>
      q.where('r.number', '>=', f.number as string).where('r.number', '<', `${f.number}\uffff`),
    )
    .$if(f.from !== undefined, (q) => q.where('r.writtenAt', '>=', startOf(f.from as string)))
    .$if(f.to !== undefined, (q) => q.where('r.writtenAt', '<', startOf(dayAfter(f.to as string, 1))))

const named = (ctx: Ctx, f: ReferralFilter) =>
  filtered(ctx, f)
    .leftJoin('resident.card as card', 'card.id', 'r.residentId')
    .leftJoin('network.name as sender', 'sender.id', 'r.fromInstitutionId')
    .leftJoin('network.name as receiver', 'receiver.id', 'r.toInstitutionId')
    .leftJoin('network.departmentName as department', (join) =>
      join.on(
        'department.id',
        '=',
        sql<string>`coalesce((r.arrangement ->> 'departmentId')::uuid, r.to_department_id)`,
      ),
    )
    .select([
      'r.id',
      'r.number',
      'r.direction',
      'r.parentId',
      'r.status',
      'r.urgency',
      'r.begunBy',
      'r.residentId',
      'r.fromInstitutionId',
      'r.toInstitutionId',
      'r.due',
      'r.since',
      'r.submittedAt',
      'r.version',
      'r.external',
      'r.noSlotSince',
      'card.nameMasked',
      'card.sex',
      'card.birthDate',
      'card.idMasked',
      'sender.name as senderName',
      'sender.shortName as senderShort',
      'receiver.name as receiverName',
      'receiver.shortName as receiverShort',
      'department.name as department',
      sql<string | null>`r.form -> 'diagnosis' ->> 'text'`.as('diagnosis'),
      sql<string | null>`r.arrangement ->> 'at'`.as('arrangedAt'),
    ])

type Named = Awaited<ReturnType<ReturnType<typeof named>['execute']>>[number]

/** A masked card; the name stays hidden where the viewer has no basis for this resident any more. */
export const cardOf = (
  id: string,
  card: Nullable<Omit<Selectable<ReferralTables['resident.card']>, 'id'>>,
) => ({
  id,
  nameMasked: card.nameMasked ?? '*',
  sex: (card.sex ?? 'unknown') as ReferralLine['resident']['sex'],
  birthDate: card.birthDate,
  idMasked: card.idMasked,
})
type Nullable<T> = { [K in keyof T]: T[K] | null }

/** Whether the next act is the actor's institution's; who exactly, is said on the case's page. */
function isOurs(ctx: Ctx, row: Named): boolean {
  if (!row.due) return false
  const nobody = { fromPractitionerId: null, toPractitionerId: null, treatingPractitionerId: null }
  const owned = ownerOf({
    ...row,
    ...nobody,
    arrangement: null,
    retroEntry: false,
    disputedAt: null,
    settledAt: null,
    confirmedAt: null,
  })
  return owned?.institutionId === ctx.actor.institutionId
}

const lineOf = (ctx: Ctx, row: Named): ReferralLine => ({
  id: row.id,
  number: row.number,
  direction: row.direction,
  parentId: row.parentId,
  status: row.status,
  urgency: row.urgency,
  resident: cardOf(row.residentId, row),
  from: { id: row.fromInstitutionId, name: row.senderName ?? '', shortName: row.senderShort ?? '' },
  to: { id: row.toInstitutionId, name: row.receiverName ?? '', shortName: row.receiverShort ?? '' },
  department: row.department,
  diagnosis: row.diagnosis,
  due: row.due,
  since: row.since,
  arrangedAt: row.arrangedAt ? new Date(row.arrangedAt) : null,
  submittedAt: row.submittedAt,
  external: row.external,
  noSlotSince: row.noSlotSince,
  ours: isOurs(ctx, row),
  version: row.version,
})

const orders: Readonly<Record<Asked['sort'], RawBuilder<unknown>>> = {
  due: sql`r.due asc nulls last, r.since desc, r.id`,
  newest: sql`r.written_at desc, r.id`,
  oldest: sql`r.written_at, r.id`,
  changed: sql`r.since desc, r.id`,
}

interface Run {
  readonly of: RawBuilder<SqlBool>
  readonly by: RawBuilder<unknown>
}

/** An order as the indexes have it: first what has a deadline, by deadline, then the rest by time. */
const runsOf = (sort: Asked['sort']): Run[] =>
  sort === 'due'
    ? [
        { of: sql`r.due is not null`, by: sql`r.due, r.id` },
        { of: sql`r.due is null`, by: sql`r.since desc, r.id` },
      ]
    : [{ of: sql`true`, by: orders[sort] }]

/** What is asked for, in its order. */
export const sorted = (ctx: Ctx, asked: Omit<Asked, 'offset' | 'limit'>) =>
  named(ctx, asked).orderBy(orders[asked.sort])

/** Of everything that an institution ever sent and received no more is read than the page needs, each run by its index. */
function narrowed(ctx: Ctx, asked: Asked) {
  const all = sorted(ctx, asked)
  if (ctx.actor.kind === 'system' || asked.offset > NARROWED_MAX) return all
  const own = ctx.actor.institutionId ?? ''
  const firsts = (['r.fromInstitutionId', 'r.toInstitutionId'] as const).flatMap((side) =>
    runsOf(asked.sort).map(({ of, by }) => {
      const run = filtered(ctx, asked).where(side, '=', own).where(of).select('r.id')
      return sql`array(${run.orderBy(by).limit(asked.offset + asked.limit)})`
    }),
  )
  return all.where(sql<SqlBool>`r.id = any (${sql.join(firsts, sql` || `)})`)
}

/** One page of what the actor's institution sends and receives. */
export async function list(ctx: Ctx, asked: Asked): Promise<Page<ReferralLine>> {
  const { items, total } = await pageOf(ctx, narrowed(ctx, asked), asked, filtered(ctx, asked))
  return { items: items.map((row) => lineOf(ctx, row)), total }
}

/** These referrals as lines, as far as the actor sees them. */
export async function listByIds(ctx: Ctx, ids: readonly string[]): Promise<ReferralLine[]> {
  if (ids.length === 0) return []
  const rows = await named(ctx, {})
    .where('r.id', 'in', [...ids])
    .limit(ids.length)
    .execute()
  return rows.map((row) => lineOf(ctx, row))
}

/** How many stand in each state, of those that are still open or ended since then. */
export async function countByStatus(ctx: Ctx, since: Date | null) {
  const counted = (when: Expression<SqlBool>) =>
    visible(ctx)
      .select((eb) => [
        'r.direction',
        'r.status',
        eb.fn.countAll<string>().as('count'),
        sql<string>`count(*) filter (where r.due < ${ctx.now})`.as('overdue'),
      ])
      .where(when)
      .groupBy(['r.direction', 'r.status'])
      .execute()
  // Two readings, each by its own index: a state is either open or ended.
  const ended = since ? await counted(sql<SqlBool>`r.ended_at >= ${since}`) : []
  const rows = [...(await counted(sql<SqlBool>`r.ended_at is null`)), ...ended]
  return rows.map((row) => ({
    direction: row.direction as ReferralDirection,
    status: row.status as ReferralStatus,
    count: Number(row.count),
    overdue: Number(row.overdue),
  }))
}
