import * as z from 'zod/mini'
import type { Job } from '../../kernel/module.ts'
import { removeSpool } from '../../kernel/spool.ts'
import { runExport } from './actions/run-export.ts'
import { listOver, removeExport } from './store/export.ts'

const which = z.object({ id: z.uuid() })

export const jobs: readonly Job[] = [
  { name: 'interop.export', run: (world, payload) => runExport(world, z.parse(which, payload).id) },
  {
    name: 'interop.sweep-exports',
    cron: '23 * * * *',
    run: async (world) => {
      for (const { id } of await world.asSystem(null, listOver)) {
        await removeSpool({ dataDir: world.dataDir, job: id })
        await world.asSystem(null, (ctx) => removeExport(ctx, id))
      }
    },
  },
]
