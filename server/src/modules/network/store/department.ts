import type { Page } from '@tongmai/api/kernel'
import type { Department } from '@tongmai/api/network/institution'
import type { Ctx } from '../../../kernel/ctx.ts'
import { pageOf } from '../../../kernel/page.ts'
import { refuse } from '../../../kernel/refusal.ts'
import type { NetworkTables } from '../tables.ts'

const tables = (ctx: Ctx) => ctx.db.withTables<NetworkTables>()

const columns = [
  'd.id',
  'd.institutionId',
  'd.code',
  'd.name',
  'd.specialty',
  'd.phone',
  'd.closedOn',
  'd.version',
] as const

/** Departments are public like their institutions. */
const visible = (ctx: Ctx) => tables(ctx).selectFrom('network.department as d')

/** The department, or 404. */
export const find = async (ctx: Ctx, id: string): Promise<Department> =>
  (await peek(ctx, id)) ?? refuse('missing', 'network.department-missing')

/** The department of this id, if it is one's. */
export const peek = (ctx: Ctx, id: string): Promise<Department | undefined> =>
  visible(ctx).select(columns).where('d.id', '=', id).$castTo<Department>().executeTakeFirst()

/** As `find`, and holds the row; another institution's department is not there to be held. */
export const lock = async (ctx: Ctx, id: string): Promise<Department> =>
  (await visible(ctx)
    .select(columns)
    .where('d.id', '=', id)
    .forUpdate()
    .$castTo<Department>()
    .executeTakeFirst()) ?? find(ctx, id)

/** Open departments of one institution, in the order of the national list of clinical subjects as entered. */
export const listOf = (ctx: Ctx, institutionId: string): Promise<Department[]> =>
  visible(ctx)
    .select(columns)
    .where('d.institutionId', '=', institutionId)
    .where('d.closedOn', 'is', null)
    .orderBy('d.name')
    .limit(500)
    .$castTo<Department>()
    .execute()

/** One page of open departments with their institutions' names. */
export const list = (
  ctx: Ctx,
  query: {
    offset: number
    limit: number
    institutionId?: string | undefined
    specialty?: string | undefined
  },
): Promise<Page<Department & { institutionName: string }>> =>
  pageOf(
    ctx,
    visible(ctx)
      .innerJoin('network.institution as i', 'i.id', 'd.institutionId')
      .select([...columns, 'i.name as institutionName'])
      .where('d.closedOn', 'is', null)
      .$if(query.institutionId !== undefined, (q) =>
        q.where('d.institutionId', '=', query.institutionId as string),
      )
      .$if(query.specialty !== undefined, (q) => q.where('d.specialty', '=', query.specialty as string))
      .orderBy('i.name')
      .orderBy('d.name')
      .orderBy('d.id')
      .$castTo<Department & { institutionName: string }>(),
    query,
  )

/** Opens a department; refuses where its code is taken in this institution. */
export async function add(
  ctx: Ctx,
  department: Omit<Department, 'version' | 'closedOn'>,
): Promise<Department> {
  const added = await tables(ctx)
    .insertInto('network.department')
    .values(department)
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!added) refuse('conflict', 'network.department-code-taken')
  return { ...department, closedOn: null, version: 1 }
}

/** Changes or closes a department; its version goes up. */
export const change = (
  ctx: Ctx,
  id: string,
  set: Partial<Pick<Department, 'name' | 'specialty' | 'phone' | 'closedOn'>>,
): Promise<Department> =>
  tables(ctx)
    .updateTable('network.department as d')
    .set((eb) => ({ ...set, version: eb('d.version', '+', 1) }))
    .where('d.id', '=', id)
    .returning(columns)
    .$castTo<Department>()
    .executeTakeFirstOrThrow()
