import type { ReferralStatus } from '@tongmai/api/referral/flow'
import type { FlowRow, referralWatchApi } from '@tongmai/api/referral/watch'
import type { Actor } from '../../../kernel/actor.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Actions } from '../../../kernel/module.ts'
import { happenedAt } from '../../../kernel/resource/happened.ts'
import type { Resource, Stored } from '../../../kernel/resource/owner.ts'
import { chapterOf } from '../icd-chapter.ts'
import * as watch from '../store/watch.ts'

/** The commission sees the whole region, without what would lead back to anybody; an office itself and its partners. */
const seesRegion = (actor: Actor): boolean => actor.permissions.has('oversight.read')
const scopeOf = (ctx: Ctx): watch.Scope => (seesRegion(ctx.actor) ? null : ctx.actor.institutionId)

const named = (id: string | null, name: string | null) => (id ? { id, name: name ?? '' } : null)

function rowOf({ fromId, fromName, toId, toName, category, ...stream }: watch.Stream): FlowRow {
  const chapter = category ? chapterOf(category) : null
  return { ...stream, category, chapter, from: named(fromId, fromName), to: named(toId, toName) }
}

type Watching = Pick<Actions<typeof referralWatchApi>, 'flows' | 'flowCases' | 'firstContacts' | 'contacts'>

/** Who draws patients from whom; each figure opens its cases, without their persons. */
export const watching: Watching = {
  flows: async (ctx, { query }) => (await watch.listFlows(ctx, scopeOf(ctx), query)).map(rowOf),

  async flowCases(ctx, { query }) {
    const { items, total } = await watch.listBehind(ctx, scopeOf(ctx), query)
    const own = ctx.actor.institutionId
    const hidden = seesRegion(ctx.actor)
    const shown = items.map(({ id, number, fromId, toId, day, total: _, status, ...one }) => ({
      ...one,
      id: fromId === own || toId === own ? id : null,
      number: hidden ? null : number,
      status: status as ReferralStatus,
      from: one.from ?? '',
      to: one.to ?? '',
      on: hidden ? day.slice(0, 7) : day,
    }))
    return { items: shown, total }
  },

  firstContacts: (ctx, { query }) => watch.countFirstContacts(ctx, scopeOf(ctx), query),

  async contacts(ctx, { query }) {
    const { items, total } = await watch.listFirstContacts(ctx, scopeOf(ctx), query)
    const hidden = seesRegion(ctx.actor)
    return {
      items: items.map(({ institution, level, on }) => ({
        ...{ institution, level },
        on: hidden ? on.slice(0, 7) : on,
      })),
      total,
    }
  },
}

/** An encounter that was stored is a contact at the institution that recorded it. */
export async function noteContact(ctx: Ctx, stored: Stored, encounter: Resource): Promise<void> {
  const { residentId, institutionId, id } = stored
  if (!residentId || !institutionId) return
  const at = happenedAt(encounter) ?? stored.updatedAt
  await watch.putContact(ctx, { residentId, institutionId, encounterId: id, at })
}
