import type { Ctx } from '../../../kernel/ctx.ts'
import { listSame } from '../../../kernel/same-person.ts'

/** Whether what is stored of one resident stands in the record of another: they are the same, or one person. */
export const isInRecord = async (ctx: Ctx, residentId: string, of: string | null): Promise<boolean> =>
  of === residentId || (await listSame(ctx, [residentId])).some(({ otherId }) => otherId === of)
