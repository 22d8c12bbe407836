import type { departureApi } from '@tongmai/api/resident/departure'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import type { Actions } from '../../../kernel/module.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { tell } from '../events.ts'
import { add } from '../store/departure.ts'
import { requireResident } from './lawful.ts'

/** Writes it down and tells everybody whose work rests on the resident being here. */
async function record<Kind extends 'died' | 'moved'>(
  ctx: Ctx,
  of: { residentId: string; kind: Kind; on: string; note: string | null },
): Promise<{ kind: Kind; on: string }> {
  const { residentId, kind, on } = of
  const { birthDate } = await requireResident(ctx, residentId)
  const wrong = on > dayOf(ctx.now) ? 'future' : birthDate && on < birthDate ? 'before-birth' : undefined
  if (wrong) {
    const fields = [{ path: 'body.on', problem: `resident.departure-${wrong}` }]
    refuse('invalid', `resident.departure-${wrong}`, { fields })
  }
  if (!(await add(ctx, of))) refuse('conflict', 'resident.died-already')
  const { institutionId } = ctx.actor
  const telling = {
    thing: `resident:${residentId}`,
    residentId,
    audience: institutionId ? [institutionId] : [],
    data: { on },
  }
  await (kind === 'died' ? tell(ctx, 'resident.died', telling) : tell(ctx, 'resident.moved', telling))
  return { kind, on }
}

export const departureActions: Actions<typeof departureApi> = {
  recordDeath: (ctx, { params, body }) =>
    record(ctx, { residentId: params.id, kind: 'died', on: body.on, note: null }),
  recordMove: (ctx, { params, body }) => record(ctx, { residentId: params.id, kind: 'moved', ...body }),
}
