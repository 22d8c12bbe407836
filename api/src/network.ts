import type { Api } from './kernel.ts'
import { agreementApi } from './network/agreement.ts'
import { allianceApi } from './network/alliance.ts'
import { governanceApi } from './network/governance.ts'
import { gridApi } from './network/grid.ts'
import { institutionApi } from './network/institution.ts'
import { roadApi } from './network/road.ts'

/**
 * The alliances and what they are made of. Shapes, flows and refusals' words stand in `network/`:
 * institution, alliance, agreement, grid, governance, road.
 */
export const networkApi = {
  ...institutionApi,
  ...allianceApi,
  ...agreementApi,
  ...gridApi,
  ...governanceApi,
  ...roadApi,
} as const satisfies Api
