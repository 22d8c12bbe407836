import type { Ctx } from '../../../kernel/ctx.ts'
import type { CapacityTables } from '../tables.ts'

/** The database as this module may see it. */
export const tables = (ctx: Ctx) => ctx.db.withTables<CapacityTables>()
