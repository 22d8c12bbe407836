import { isInForce } from '@tongmai/api/contract/flow'
import type { Ctx } from '../../../kernel/ctx.ts'
import { type Projection, projectMany } from '../../../kernel/resource/project.ts'
import { grantMany } from '../../resident/index.ts'
import { toCareTeam, toContract, toCoverage, toEpisode } from '../fhir.ts'
import { addMany } from '../store/many.ts'
import type { ContractRow } from '../store/row.ts'
import { announce, grantsOf, partiesOf } from './advance.ts'
import { layServices } from './lay.ts'

function shown(row: ContractRow): Projection[] {
  const about = { residentId: row.residentId, institutionId: row.communityId }
  return [
    { resource: toContract(row), ...about, audience: partiesOf(row) },
    { resource: toCareTeam(row), ...about },
    { resource: toEpisode(row), ...about },
    { resource: toCoverage(row), ...about },
  ]
}

/**
 * Adds very many contracts at once, with all that follows from each: access, FHIR, the announcement. Answers those that
 * went in; who has a contract already is left out. Call as the system.
 */
export async function signMany(ctx: Ctx, rows: readonly ContractRow[]): Promise<ContractRow[]> {
  const ids = await addMany(ctx, rows, 'sign')
  const added = rows.filter((row) => ids.has(row.id))
  const binding = added.filter((row) => isInForce(row.status) && !row.upcoming)
  await grantMany(ctx, binding.flatMap(grantsOf))
  await layServices(ctx, binding)
  await projectMany(ctx, added.filter((row) => row.signedAt).flatMap(shown))
  for (const row of binding) await announce(ctx, row, 'contract.signed')
  return added
}
