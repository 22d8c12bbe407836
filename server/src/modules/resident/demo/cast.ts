import { type Actor, system } from '../../../kernel/actor.ts'
import { type Ctx, ctxWith } from '../../../kernel/ctx.ts'
import { demoId } from '../../../kernel/demo.ts'
import type { Action } from '../../../kernel/module.ts'
import { type DemoStaff, demoStaff } from '../../workforce/index.ts'

export const HOUR_MS = 3_600_000
export const lead = demoId('network', 'LEAD')
export const personOf = (n: number): string => demoId('resident', n)

/** Somebody of the staff by the name they sign in with. */
export const staff = (username: string): DemoStaff => {
  const one = demoStaff.find((each) => each.username === username)
  if (!one) throw new Error(`nobody called ${username}`)
  return one
}

// What an action opens is not written down here: the demonstration says itself who looked at what, and when.
const acting = (ctx: Ctx, actor: Partial<Actor>, hoursAgo: number): Ctx =>
  ctxWith(ctx, {
    now: new Date(ctx.now.getTime() - hoursAgo * HOUR_MS),
    actor: { ...system(null), ...actor },
    opened: () => {},
  })

/** The system, in the name of one of the staff, some hours ago. */
export const asStaff = (ctx: Ctx, who: DemoStaff, hoursAgo: number): Ctx =>
  acting(
    ctx,
    {
      ...{ id: who.accountId ?? who.username, practitionerId: who.practitionerId },
      institutionId: demoId('network', who.institution),
    },
    hoursAgo,
  )

/** The system, in the name of a resident and of those for whom they stand. */
export const asResident = (ctx: Ctx, residentIds: readonly string[], hoursAgo: number): Ctx =>
  acting(ctx, { id: residentIds[0] ?? '', residentIds: [...residentIds] }, hoursAgo)

/** Does something as the API would, within the transaction that is open. */
export const act = <I, O>(action: Action<I, O>, ctx: Ctx, input: I): Promise<O> =>
  (action as (ctx: Ctx, input: I) => Promise<O>)(ctx, input)
