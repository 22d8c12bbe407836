import type { exportApi } from '@tongmai/api/interop/export'
import type { Actions } from '../../../kernel/module.ts'
import { listExports } from '../store/export.ts'

export const exportActions: Actions<typeof exportApi> = {
  listExports: (ctx, { query }) => listExports(ctx, query),
}
