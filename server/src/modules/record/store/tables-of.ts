import type { Ctx } from '../../../kernel/ctx.ts'
import type { RecordTables } from '../tables.ts'

export const tables = (ctx: Ctx) => ctx.db.withTables<RecordTables>()

/** Who stands for a department or doctor that nobody knows. */
export const nobody = '00000000-0000-0000-0000-000000000000'
