import type { exportApi } from '@tongmai/api/interop/export'
import { ownInstitution } from '../../../kernel/actor.ts'
import { enqueue } from '../../../kernel/job.ts'
import type { Actions } from '../../../kernel/module.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { tell } from '../events.ts'
import { cancelExport, findExport, listExports } from '../store/export.ts'

export const exportActions: Actions<typeof exportApi> = {
  listExports: (ctx, { query }) => listExports(ctx, query),

  async cancelExport(ctx, { params, body }) {
    const institutionId = ownInstitution(ctx.actor)
    const { id, clientId } = (await findExport(ctx, params.id)) ?? refuse('missing', 'record.no-such-export')
    if (!(await cancelExport(ctx, id, body.note))) refuse('conflict', 'interop.export-over')
    await enqueue(ctx, 'interop.remove-files', { id })
    await tell(ctx, 'interop.export-cancelled', {
      thing: `export:${id}`,
      audience: [institutionId],
      data: { clientId, note: body.note },
    })
    return { id, state: 'cancelled', problem: body.note, endedAt: ctx.now }
  },
}
