import type { Duty, DutyKind, Shift } from '@tongmai/api/workforce/duty'
import type { Ctx } from '../../../kernel/ctx.ts'
import { tables } from './tables-of.ts'

export interface Cell {
  readonly kind: DutyKind
  readonly day: string
  readonly shift: Shift
}

const named = (ctx: Ctx, institutionId: string) =>
  tables(ctx)
    .selectFrom('workforce.duty as d')
    .innerJoin('workforce.practitioner as p', 'p.id', 'd.practitionerId')
    .select(['d.kind', 'd.day', 'd.shift', 'd.practitionerId', 'p.name', 'p.phone'])
    .where('d.institutionId', '=', institutionId)

/** The rota of an institution from one day to another, both included. */
export const list = (ctx: Ctx, of: { institutionId: string; from: string; to: string }): Promise<Duty[]> =>
  named(ctx, of.institutionId)
    .where('d.day', '>=', of.from)
    .where('d.day', '<=', of.to)
    .orderBy('d.day')
    .orderBy('d.kind')
    .orderBy('d.shift')
    .execute()

/** Who is on duty in one shift. */
export const listShift = (
  ctx: Ctx,
  of: { institutionId: string; day: string; shift: Shift },
): Promise<Duty[]> =>
  named(ctx, of.institutionId)
    .where('d.day', '=', of.day)
    .where('d.shift', '=', of.shift)
    .orderBy('d.kind')
    .execute()

export const add = (
  ctx: Ctx,
  institutionId: string,
  cells: readonly (Cell & { practitionerId: string })[],
) =>
  cells.length === 0
    ? Promise.resolve()
    : tables(ctx)
        .insertInto('workforce.duty')
        .values(cells.map((cell) => ({ ...cell, institutionId })))
        .onConflict((c) =>
          c
            .columns(['institutionId', 'kind', 'day', 'shift'])
            .doUpdateSet((eb) => ({ practitionerId: eb.ref('excluded.practitionerId') })),
        )
        .execute()

export const remove = (ctx: Ctx, institutionId: string, cell: Cell) =>
  tables(ctx)
    .deleteFrom('workforce.duty')
    .where('institutionId', '=', institutionId)
    .where('kind', '=', cell.kind)
    .where('day', '=', cell.day)
    .where('shift', '=', cell.shift)
    .execute()
