import type { Practitioner } from '@tongmai/api/workforce/practitioner'
import type { Ctx } from '../../../kernel/ctx.ts'
import * as store from '../store/practitioner.ts'
import { shown } from './shown.ts'

/** One practitioner with sites, licences (masked) and teams; 404 where there is none. */
export const findPractitioner = async (ctx: Ctx, id: string): Promise<Practitioner> =>
  shown(ctx, await store.find(ctx, id))
