import type { ResidentCard } from '@tongmai/api/resident/person'
import type { Insertable, Selectable } from 'kysely'
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { maySee } from '../../../kernel/grant.ts'
import { pageOf } from '../../../kernel/page.ts'
import { refuse } from '../../../kernel/refusal.ts'
import type { ResidentTables } from '../tables.ts'
import { nobody, tables } from './tables-of.ts'

export type PersonRow = Selectable<ResidentTables['resident.person']>
export type ResidentRow = Selectable<ResidentTables['resident.resident']>
export type Whole = PersonRow & Omit<ResidentRow, 'residentId'>
export type IdentifierRow = Selectable<ResidentTables['resident.identifier']>

/** Persons behind law 6: those whom the actor's institution may open now, or the actor themselves. */
const visible = (ctx: Ctx) =>
  tables(ctx)
    .selectFrom('resident.person as p')
    .innerJoin('resident.resident as r', 'r.residentId', 'p.residentId')
    .$if(ctx.actor.kind === 'resident', (q) =>
      q.where('p.residentId', 'in', [...ctx.actor.residentIds, nobody]),
    )
    .$if(ctx.actor.kind === 'staff' || ctx.actor.kind === 'client', (q) =>
      q.where(maySee(ctx, 'p.residentId')),
    )

const whole = (ctx: Ctx) =>
  visible(ctx).selectAll('p').select(['r.nameMasked', 'r.sex', 'r.birthDate', 'r.idMasked', 'r.createdAt'])

/** One resident whom the actor may open, or undefined. */
export const findOpen = (ctx: Ctx, id: string): Promise<Whole | undefined> =>
  whole(ctx).where('p.residentId', '=', id).executeTakeFirst()

/** As `findOpen` or 404, and holds the row. */
export const lock = async (ctx: Ctx, id: string): Promise<Whole> =>
  (await whole(ctx).where('p.residentId', '=', id).forUpdate('p').executeTakeFirst()) ??
  refuse('missing', 'resident.missing')

const cardColumns = ['id', 'nameMasked', 'sex', 'birthDate', 'idMasked'] as const

/** Masked cards, also of residents whom the actor may not open: they show no more than that there is somebody. */
export const listCards = (ctx: Ctx, ids: readonly string[]): Promise<ResidentCard[]> =>
  tables(ctx)
    .selectFrom('resident.card')
    .select(cardColumns)
    .where('id', 'in', [...ids, nobody])
    .execute()

export interface Search {
  readonly phoneBlind?: string | undefined
  readonly ids?: readonly string[] | undefined
  /** All of them stand in the name. */
  readonly words?: readonly string[] | undefined
  readonly birthDate?: string | undefined
}

/** By telephone, or of those who have a name; among those whom the actor may open. */
export const search = (ctx: Ctx, by: Search, paging: { offset: number; limit: number }) =>
  pageOf(
    ctx,
    visible(ctx)
      .select(['p.residentId as id', 'p.name', 'p.phoneMasked'])
      .select(['r.nameMasked', 'r.sex', 'r.birthDate', 'r.idMasked'])
      .$if(by.phoneBlind !== undefined, (q) => q.where('p.phoneBlind', '=', by.phoneBlind as string))
      .$if(by.ids !== undefined, (q) => q.where('p.residentId', 'in', [...(by.ids ?? []), nobody]))
      .$if(by.words !== undefined, (q) =>
        q.where(
          sql<boolean>`not exists (select from unnest(${by.words}::text[]) w where strpos(lower(p.name), lower(w)) = 0)`,
        ),
      )
      .$if(by.birthDate !== undefined, (q) => q.where('r.birthDate', '=', by.birthDate as string))
      .orderBy('p.name')
      .orderBy('p.residentId'),
    paging,
  )

/** Name and telephone of those of them whom the actor may open. */
export const listOpen = (ctx: Ctx, ids: readonly string[]) =>
  visible(ctx)
    .select(['p.residentId', 'p.name', 'p.phoneMasked'])
    .where('p.residentId', 'in', [...ids, nobody])
    .execute()

/** A resident's documents, those worked out from others last. */
export const listIdentifiers = (ctx: Ctx, residentId: string): Promise<IdentifierRow[]> =>
  tables(ctx)
    .selectFrom('resident.identifier')
    .selectAll()
    .where('residentId', '=', residentId)
    .orderBy('derived')
    .orderBy('since')
    .orderBy('blind')
    .limit(100)
    .execute()

/** Changes both halves of a resident if the version is still the one that was read. */
export async function change(
  ctx: Ctx,
  of: { id: string; version: number },
  set: {
    person: Partial<Insertable<ResidentTables['resident.person']>>
    resident: Partial<Insertable<ResidentTables['resident.resident']>>
  },
): Promise<void> {
  const changed = await tables(ctx)
    .updateTable('resident.person')
    .set({ ...set.person, version: of.version + 1 })
    .where('residentId', '=', of.id)
    .where('version', '=', of.version)
    .returning('version')
    .executeTakeFirst()
  if (!changed) refuse('conflict', 'resident.stale')
  if (Object.keys(set.resident).length === 0) return
  await tables(ctx)
    .updateTable('resident.resident')
    .set(set.resident)
    .where('residentId', '=', of.id)
    .execute()
}

/** The number a rule has on a day. */
export async function ruleOf(ctx: Ctx, code: string, day: string): Promise<number> {
  const { rows } = await ctx.client.query<{ value: number }>({
    name: 'resident-rule',
    text: 'select value from resident.rule where code = $1 and since <= $2 order by since desc limit 1',
    values: [code, day],
  })
  const [rule] = rows
  if (!rule) throw new Error(`no rule ${code}`)
  return rule.value
}

/** In id order, after one; for projecting anew. */
export const listAfter = (ctx: Ctx, after: string | null, limit: number): Promise<Whole[]> =>
  whole(ctx)
    .$if(after !== null, (q) => q.where('p.residentId', '>', after as string))
    .orderBy('p.residentId')
    .limit(limit)
    .execute()

/** The names of these residents in full; for whoever may open them. */
export const namesOf = (ctx: Ctx, ids: readonly string[]) =>
  visible(ctx)
    .select(['p.residentId', 'p.name', sql<string>`p.address_masked`.as('addressMasked')])
    .where('p.residentId', 'in', [...ids, nobody])
    .execute()
