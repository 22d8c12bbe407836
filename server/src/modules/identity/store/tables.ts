import type { Ctx } from '../../../kernel/ctx.ts'
import type { IdentityTables } from '../tables.ts'

/** The module's own tables, and the names of institutions that network publishes. */
export const tables = (ctx: Ctx) => ctx.db.withTables<IdentityTables>()
