import type { Ctx } from '../../../kernel/ctx.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { tell } from '../events.ts'
import * as store from '../store/responsible.ts'

/** Who answers for a thing. */
export interface Responsible {
  readonly thing: string
  readonly residentId: string
  readonly institutionId: string
  readonly practitionerId: string
  readonly since: Date
}

const NOBODY = 'workforce.nobody-responsible'

/**
 * Names the first physician to answer for a thing. Saying the same again changes nothing; where another answers
 * already, it is refused with 409: that is a hand-over and needs one.
 */
export async function assignResponsible(
  ctx: Ctx,
  named: { thing: string; residentId: string; institutionId: string; practitionerId: string },
): Promise<void> {
  const parties = partiesOf(ctx, [], named.institutionId)
  const row = { ...named, since: ctx.now, releasedAt: null, note: null, parties }
  if (!(await store.add(ctx, row))) {
    const before = await store.lockAny(ctx, named.thing)
    if (!before || (before.releasedAt === null && before.practitionerId !== named.practitionerId)) {
      refuse('conflict', 'workforce.responsible-already')
    }
    if (before.releasedAt === null) return
    await store.change(ctx, before, {
      ...{ institutionId: named.institutionId, practitionerId: named.practitionerId, note: null },
      parties: partiesOf(ctx, before.parties, named.institutionId),
    })
  }
  await tell(ctx, 'workforce.responsible-assigned', {
    thing: named.thing,
    residentId: named.residentId,
    audience: [named.institutionId],
    data: { practitionerId: named.practitionerId, institutionId: named.institutionId },
  })
}

/** Passes a thing on to another physician, also of another institution; from then on they answer, and nobody else. */
export async function handOverResponsible(
  ctx: Ctx,
  over: { thing: string; toPractitionerId: string; institutionId: string; note?: string | null },
): Promise<void> {
  const before = await store.lockAny(ctx, over.thing)
  if (!before || before.releasedAt !== null) refuse('conflict', NOBODY)
  if (before.practitionerId === over.toPractitionerId && before.institutionId === over.institutionId) return
  const note = over.note ?? null
  await store.change(ctx, before, {
    institutionId: over.institutionId,
    practitionerId: over.toPractitionerId,
    note,
    parties: partiesOf(ctx, before.parties, over.institutionId),
  })
  await tell(ctx, 'workforce.responsible-handed-over', {
    thing: over.thing,
    residentId: before.residentId,
    audience: [...new Set([before.institutionId, over.institutionId])],
    data: {
      fromPractitionerId: before.practitionerId,
      toPractitionerId: over.toPractitionerId,
      institutionId: over.institutionId,
      note,
    },
  })
}

/** Lets go of a thing that is closed; who answered to the end stays on record. */
export async function releaseResponsible(ctx: Ctx, thing: string): Promise<void> {
  const before = await store.lockAny(ctx, thing)
  if (!before || before.releasedAt !== null) return
  await store.release(ctx, before)
  await tell(ctx, 'workforce.responsible-released', {
    thing,
    residentId: before.residentId,
    audience: [before.institutionId],
    data: { practitionerId: before.practitionerId },
  })
}

/** Who answers for a thing now; undefined where nobody was named, or it is closed. */
export const responsibleOf = (ctx: Ctx, thing: string): Promise<Responsible | undefined> =>
  store.findOpen(ctx, thing)

/** Every institution that ever had a part in it: they keep seeing whose it is. */
const partiesOf = (ctx: Ctx, before: readonly string[], institutionId: string): string[] => [
  ...new Set([...before, institutionId, ...(ctx.actor.institutionId ? [ctx.actor.institutionId] : [])]),
]
