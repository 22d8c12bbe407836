import type { FoundResult, ItemResults, RefusalReason } from '@tongmai/api/recognition/order'
import { ownInstitution } from '../../../kernel/actor.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { Resource } from '../../../kernel/resource/owner.ts'
import { findPractitioner } from '../../workforce/index.ts'
import * as decisions from '../store/decision.ts'
import * as store from '../store/offer.ts'
import { tellDecided } from './decided.ts'
import { usableResults } from './usable.ts'

/** One item for which another system was offered a result. */
export interface Offered {
  readonly id: string
  readonly item: ItemResults
  readonly best: FoundResult
}

interface Asked {
  readonly residentId: string
  readonly items: readonly string[]
  /** Who orders, as the other system says. */
  readonly practitionerId: string | null
  /** What it calls them, for whom nobody knows here. */
  readonly practitionerName: string
  /** Results that lie in the other system, its institution's own. */
  readonly brought: readonly Resource[]
}

async function practitionerOf(ctx: Ctx, id: string | null): Promise<{ id: string; name: string } | null> {
  if (!id) return null
  try {
    return { id, name: (await findPractitioner(ctx, id)).name }
  } catch (error) {
    // A stranger's id says nothing about the patient: the offer stands without a name.
    if (error instanceof Refusal && error.kind === 'missing') return null
    throw error
  }
}

/**
 * The best usable result of each item that has one, kept under an id by which feedback becomes a decision. Opens the
 * resident on a lawful basis; 404 without one. What the other system itself brought is shown to it, and no decision is
 * made of it: nobody else could open what it went by.
 */
export async function offerResults(ctx: Ctx, asked: Asked): Promise<Offered[]> {
  const found = await usableResults(ctx, asked)
  const offered = found.flatMap((item) => {
    const [best] = item.usable
    return best ? [{ id: ctx.id(), item, best }] : []
  })
  const own = new Set(asked.brought.map(({ resourceType, id }) => `${resourceType}/${id}`))
  const kept = offered.filter(({ best }) => !own.has(`${best.type}/${best.id}`))
  if (kept.length === 0) return offered
  const who = await practitionerOf(ctx, asked.practitionerId)
  const institutionId = ownInstitution(ctx.actor)
  const orderId = ctx.id()
  await store.add(
    ctx,
    institutionId,
    kept.map(({ id, item: { itemId, window }, best }) => ({
      ...{ id, residentId: asked.residentId },
      draft: {
        ...{ residentId: asked.residentId, orderId, itemId, institutionId, note: null },
        ...{
          practitionerId: who?.id ?? null,
          practitionerName: who?.name ?? asked.practitionerName,
          accountId: ctx.actor.id,
        },
        ...{ windowSince: window?.since ?? null, resultType: best.type, resultId: best.id },
        ...{ resultVersion: best.version, resultHash: best.hash, resultInstitutionId: best.institutionId },
        ...{ resultAt: best.at?.toISOString() ?? null, resultValue: best.value, mark: best.mark },
        ...{ gateId: best.quality?.gateId ?? null, savedFen: window?.priceFen ?? null },
        ...{ savedDoseUsv: window?.doseUsv ?? null, savedDays: window?.waitDays ?? null },
      },
    })),
  )
  return offered
}

/** What the other system says was done with an offer. */
export type Feedback =
  | { readonly id: string; readonly outcome: 'recognised' }
  | {
      readonly id: string
      readonly outcome: 'reordered'
      readonly reason: RefusalReason
      readonly text: string | null
    }

/** Makes the offer a decision, once; what is unknown or decided already changes nothing. Answers whether it did. */
export async function decideOffer(ctx: Ctx, feedback: Feedback): Promise<boolean> {
  const offer = await store.take(ctx, feedback.id)
  if (!offer) return false
  const { resultAt, savedFen = null, savedDoseUsv = null, savedDays = null, ...draft } = offer.draft
  const decision: decisions.NewDecision = {
    ...draft,
    ...{
      id: ctx.id(),
      at: ctx.now,
      outcome: feedback.outcome,
      resultAt: resultAt ? new Date(resultAt) : null,
    },
    ...(feedback.outcome === 'recognised'
      ? { savedFen, savedDoseUsv, savedDays }
      : { reason: feedback.reason, reasonText: feedback.text }),
  }
  await decisions.add(ctx, [decision])
  await tellDecided(ctx, decision)
  return true
}
