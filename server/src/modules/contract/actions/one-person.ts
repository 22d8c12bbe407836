import { asSystem } from '../../../kernel/as-system.ts'
import { caseOf, closeCase, openCase } from '../../../kernel/case.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayAfter, dayOf, startOf } from '../../../kernel/day.ts'
import { lockPerson } from '../store/contract.ts'
import { lockBinding, rehold } from '../store/hold.ts'
import type { ContractRow } from '../store/row.ts'

const STEP = 'twoContracts'
const DAYS = 7
const thingOf = (id: string): string => `contract:${id}`

/** The later of two contracts of one person stands on its community's work-list. */
async function owe(ctx: Ctx, row: ContractRow): Promise<void> {
  if (await caseOf(ctx, thingOf(row.id))) return
  await openCase(ctx, {
    ...{ kind: 'contract', thing: thingOf(row.id), residentId: row.residentId, step: STEP },
    ...{ institutionId: row.communityId, duty: 'contract.sign', practitionerId: row.doctorId },
    due: startOf(dayAfter(dayOf(ctx.now), DAYS)),
  })
}

async function single(ctx: Ctx, row: ContractRow | undefined): Promise<void> {
  if (row && (await caseOf(ctx, thingOf(row.id)))?.step === STEP) await closeCase(ctx, thingOf(row.id))
}

/**
 * Links have made one person of several, or parted them: the holds follow. Where one person turns out to have signed
 * twice, neither contract ends by itself: somebody has to look, and end one.
 */
export const followLink = (ctx: Ctx, residentIds: readonly string[]): Promise<void> =>
  asSystem(ctx, async (all) => {
    const done = new Set<string>()
    for (const residentId of residentIds) {
      if (done.has(residentId)) continue
      const person = await lockPerson(all, residentId)
      for (const id of person) done.add(id)
      const [first, ...others] = await lockBinding(all, person)
      await rehold(all, person, first)
      for (const row of others) await owe(all, row)
      await single(all, first)
    }
  })

/** One of two has ended: the other is no longer double. Call as the system. */
export async function endDouble(ctx: Ctx, residentId: string): Promise<void> {
  const [first, ...others] = await lockBinding(ctx, await lockPerson(ctx, residentId))
  if (others.length === 0) await single(ctx, first)
}
