import type { Insertable, Selectable } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { pageOf } from '../../../kernel/page.ts'
import { refuse } from '../../../kernel/refusal.ts'
import type { WorkforceTables } from '../tables.ts'
import { tables } from './tables-of.ts'

export type TeamRow = Selectable<WorkforceTables['workforce.team']>

const visible = (ctx: Ctx) => tables(ctx).selectFrom('workforce.team').selectAll()

export const find = async (ctx: Ctx, id: string): Promise<TeamRow> =>
  (await visible(ctx).where('id', '=', id).executeTakeFirst()) ?? refuse('missing', 'workforce.missing')

/** A team of one's own institution, held; anybody else's does not exist for who changes it. */
export const lock = async (ctx: Ctx, id: string): Promise<TeamRow> =>
  (await visible(ctx)
    .where('id', '=', id)
    .where('institutionId', '=', ctx.actor.institutionId ?? '')
    .forUpdate()
    .executeTakeFirst()) ?? refuse('missing', 'workforce.missing')

export const list = (
  ctx: Ctx,
  asked: { institutionId: string; today: string; offset: number; limit: number },
) =>
  pageOf(
    ctx,
    visible(ctx)
      .where('institutionId', '=', asked.institutionId)
      .where((eb) => eb.or([eb('until', 'is', null), eb('until', '>=', asked.today)]))
      .orderBy('name')
      .orderBy('id'),
    asked,
  )

export const add = (ctx: Ctx, row: Insertable<WorkforceTables['workforce.team']>): Promise<TeamRow> =>
  tables(ctx).insertInto('workforce.team').values(row).returningAll().executeTakeFirstOrThrow()

/** Changes the team if it still has the version that was read. */
export async function change(
  ctx: Ctx,
  { institutionId, id, version }: TeamRow,
  set: Partial<Insertable<WorkforceTables['workforce.team']>>,
): Promise<TeamRow> {
  const changed = await tables(ctx)
    .updateTable('workforce.team')
    .set({ ...set, version: version + 1 })
    .where('institutionId', '=', institutionId)
    .where('id', '=', id)
    .where('version', '=', version)
    .returningAll()
    .executeTakeFirst()
  return changed ?? refuse('conflict', 'workforce.stale')
}

/** Who belongs to these teams now, leaders first. */
export const listMembers = (ctx: Ctx, teamIds: readonly string[]) =>
  tables(ctx)
    .selectFrom('workforce.teamMember as m')
    .innerJoin('workforce.practitioner as p', 'p.id', 'm.practitionerId')
    .select(['m.teamId', 'm.practitionerId', 'm.leads', 'p.name', 'p.title'])
    .where('m.teamId', 'in', teamIds.length > 0 ? [...teamIds] : ['00000000-0000-0000-0000-000000000000'])
    .where('m.until', 'is', null)
    .orderBy('m.leads', 'desc')
    .orderBy('p.name')
    .execute()

export const addMembers = (ctx: Ctx, rows: readonly Insertable<WorkforceTables['workforce.teamMember']>[]) =>
  rows.length === 0
    ? Promise.resolve()
    : tables(ctx)
        .insertInto('workforce.teamMember')
        .values([...rows])
        // Who left today and comes back today takes their place up again.
        .onConflict((c) =>
          c
            .columns(['institutionId', 'teamId', 'practitionerId', 'since'])
            .doUpdateSet((eb) => ({ until: null, leads: eb.ref('excluded.leads') })),
        )
        .execute()

export const endMembers = (
  ctx: Ctx,
  team: { id: string; institutionId: string },
  who: readonly string[],
  until: string,
) =>
  who.length === 0
    ? Promise.resolve()
    : tables(ctx)
        .updateTable('workforce.teamMember')
        .set({ until })
        .where('institutionId', '=', team.institutionId)
        .where('teamId', '=', team.id)
        .where('practitionerId', 'in', [...who])
        .where('until', 'is', null)
        .execute()

/** The teams a practitioner belongs to now. */
export const teamsOf = (ctx: Ctx, practitionerId: string) =>
  tables(ctx)
    .selectFrom('workforce.teamMember as m')
    .innerJoin('workforce.team as t', (join) =>
      join.onRef('t.institutionId', '=', 'm.institutionId').onRef('t.id', '=', 'm.teamId'),
    )
    .select(['t.id', 't.name', 'm.leads'])
    .where('m.practitionerId', '=', practitionerId)
    .where('m.until', 'is', null)
    .orderBy('t.name')
    .limit(50)
    .execute()

/** The GP teams at work on a day, a line per member, leaders first. */
export const listGp = (ctx: Ctx, asked: { institutionId: string | null; today: string; id?: string }) =>
  tables(ctx)
    .selectFrom('workforce.team as t')
    .innerJoin('workforce.teamMember as m', (join) =>
      join.onRef('m.institutionId', '=', 't.institutionId').onRef('m.teamId', '=', 't.id'),
    )
    .innerJoin('workforce.practitioner as p', 'p.id', 'm.practitionerId')
    .select(['t.id', 't.institutionId', 't.name', 't.phone', 'm.practitionerId', 'm.leads', 'p.kind'])
    .select('p.name as person')
    .where('t.kind', '=', 'gp')
    .where('m.until', 'is', null)
    .where((eb) => eb.or([eb('t.until', 'is', null), eb('t.until', '>=', asked.today)]))
    .$if(asked.institutionId !== null, (q) => q.where('t.institutionId', '=', asked.institutionId as string))
    .$if(asked.id !== undefined, (q) => q.where('t.id', '=', asked.id as string))
    .orderBy('t.name')
    .orderBy('m.leads', 'desc')
    .orderBy('p.name')
    .limit(2000)
    .execute()
