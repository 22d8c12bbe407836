import type { Ctx } from '../../../kernel/ctx.ts'
import type { CareplanTables } from '../tables.ts'

/** The database as this module may see it. */
export const tables = (ctx: Ctx) => ctx.db.withTables<CareplanTables>()

/** A uuid that nobody has: keeps an empty list from being an empty `in ()`. */
export const nobody = '00000000-0000-0000-0000-000000000000'
