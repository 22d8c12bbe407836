/**
 * Family-doctor contracts 签约: a resident chooses a community team and one secondary or tertiary hospital, or both; the
 * team delivers the packages they signed for, and each delivery is proven.
 * Words: package (服务包, versioned), frozen (as it was when signed), party, panel (a doctor's residents), act (one signing
 * of a household), upcoming (signed to follow), hold (which contract binds a registration), home bed (家庭病床).
 * Invariants: one contract in force per person, over linked registrations, by the database · packages and prices stay as signed · no doctor holds
 * more than the panel's limit · the flow table in `api` is the only way a status changes · access to the record begins
 * and ends with the contract · who dies or moves away is under no contract · what rests on a contract ends or goes on
 * with it · staff read counted what residents answer, never who.
 */
import { contractApi } from '@tongmai/api/contract'
import { asSystem } from '../../kernel/as-system.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { type Module, serve } from '../../kernel/module.ts'
import { registerOwner } from '../../kernel/resource/owner.ts'
import { canSendCodes } from '../identity/index.ts'
import { registerSource } from '../resident/index.ts'
import { actions } from './actions/actions.ts'
import { setFiles } from './actions/document.ts'
import { owners } from './actions/own.ts'
import { setSending } from './actions/signature.ts'
import { demo } from './demo/index.ts'
import { contractEvents } from './events.ts'
import { jobs } from './jobs.ts'
import { reactions } from './reactions.ts'
import { listBinding, listHolders } from './store/contract.ts'

export { contractEvents } from './events.ts'
export {
  type Controlled,
  controlOf,
  type Referred,
  referredFrom,
  type Share,
  type Standing,
  satisfactionOf,
  standingOf,
} from './question.ts'

/** What other modules may know of a contract in force. */
export interface ContractFact {
  readonly id: string
  readonly residentId: string
  readonly communityId: string
  readonly teamId: string
  readonly doctorId: string
  readonly secondaryId: string | null
  readonly tertiaryId: string | null
  readonly startsOn: string
  readonly endsOn: string
  /** Codes of its packages. */
  readonly packages: string[]
}

/** The contracts in force of these residents, by the resident asked for, be it signed under a linked registration; who is not in the answer has none. */
export async function currentContracts(
  ctx: Ctx,
  residentIds: readonly string[],
): Promise<Map<string, ContractFact>> {
  const held = await listHolders(ctx, residentIds)
  return new Map(
    [...held].map(([asked, row]) => [
      asked,
      {
        ...{ id: row.id, residentId: row.residentId, communityId: row.communityId, teamId: row.teamId },
        ...{ doctorId: row.doctorId, secondaryId: row.secondaryId, tertiaryId: row.tertiaryId },
        ...{ startsOn: row.startsOn, endsOn: row.endsOn, packages: row.packages.map((one) => one.code) },
      },
    ]),
  )
}

/** The contract in force of one resident, or null. Rights hang on it: ask it, do not keep the answer. */
export const currentContract = async (ctx: Ctx, residentId: string): Promise<ContractFact | null> =>
  (await currentContracts(ctx, [residentId])).get(residentId) ?? null

for (const owner of owners) registerOwner(owner)

registerSource('contract', async (ctx, sources) => {
  const binding = await asSystem(ctx, (all) =>
    listBinding(
      all,
      sources.map((source) => source.slice('contract:'.length)),
    ),
  )
  return new Set(binding.map((id) => `contract:${id}`))
})

export const contract: Module = {
  name: 'contract',
  ...serve(contractApi, actions),
  events: contractEvents,
  reactions,
  jobs,
  routes(_app, world) {
    setFiles(world.dataDir)
    setSending(() => canSendCodes(world))
  },
  demo,
}
