import type { noticeApi } from '@tongmai/api/notice'
import { nextAct } from '@tongmai/api/referral/flow'
import type { ReferralLine } from '@tongmai/api/referral/shape'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Actions } from '../../../kernel/module.ts'
import { agreementTitles, dutyTitles } from '../../network/index.ts'
import { shortageMedicines } from '../../pharmacy/index.ts'
import { referralLines } from '../../referral/index.ts'
import { cards } from '../../resident/index.ts'
import { licenceHolders } from '../../workforce/index.ts'
import * as inbox from '../store/inbox.ts'
import * as mine from '../store/mine.ts'
import * as work from '../store/work.ts'

const REFERRAL = 'referral:'
/** Of `referral:7`, of `referral:7:confirmation` and of `agreement:7/8`. */
const idOf = (thing: string): string => thing.split(/[:/]/, 2)[1] ?? ''
const idsOf = (things: readonly string[]): string[] => [
  ...new Set(things.filter((thing) => thing.startsWith(REFERRAL)).map(idOf)),
]

/** The referrals among these things, by id. */
async function referralsOf(ctx: Ctx, things: readonly string[]): Promise<Map<string, ReferralLine>> {
  const lines = await referralLines(ctx, idsOf(things))
  return new Map(lines.map((line) => [line.id, line]))
}

/** Who knows what a thing is called that is about no resident, by the kind of the thing. */
const titlesBy: Readonly<
  Record<string, (ctx: Ctx, ids: readonly string[]) => Promise<{ id: string; title: string }[]>>
> = {
  agreement: agreementTitles,
  duty: dutyTitles,
  licence: licenceHolders,
  shortage: shortageMedicines,
}

/** What these things are called, where they are about no resident. */
async function titlesOf(ctx: Ctx, things: readonly string[]): Promise<Map<string, string>> {
  const found: (readonly [string, string])[] = []
  for (const [kind, titles] of Object.entries(titlesBy)) {
    const own = things.filter((thing) => thing.startsWith(`${kind}:`))
    if (own.length === 0) continue
    const byId = new Map((await titles(ctx, own.map(idOf))).map(({ id, title }) => [id, title]))
    for (const thing of own) found.push([thing, byId.get(idOf(thing)) ?? ''])
  }
  return new Map(found)
}

const named = (id: string | null, names: ReadonlyMap<string, string>) =>
  id === null ? null : { id, name: names.get(id) ?? '' }

export const actions: Actions<typeof noticeApi> = {
  async listWork(ctx, { query }) {
    const { offset, limit, step, overdue, escalated, scope } = query
    const filter = {
      scope,
      ...(step === undefined ? {} : { step }),
      ...(overdue === undefined ? {} : { overdue }),
      ...(escalated === undefined ? {} : { escalated }),
    }
    const { items, total } = await work.list(ctx, filter, { offset, limit })
    const lines = await referralsOf(
      ctx,
      items.map((item) => item.thing),
    )
    const people = await cards(
      ctx,
      items.map((item) => item.residentId).filter((id) => id !== null),
    )
    const names = await work.namesOf(
      ctx,
      items.map((item) => item.practitionerId),
    )
    const titles = await titlesOf(
      ctx,
      items.map((item) => item.thing),
    )
    const shown = items.map((item) => ({
      thing: item.thing,
      kind: item.kind,
      step: item.step,
      resident: (item.residentId && people.get(item.residentId)) || null,
      about: titles.get(item.thing) || null,
      duty: item.duty,
      practitioner: named(item.practitionerId, names),
      mine: item.practitionerId !== null && item.practitionerId === ctx.actor.practitionerId,
      since: item.openedAt,
      due: item.due,
      escalated: item.escalated,
      next: nextAct[item.step] ?? null,
      referral: lines.get(idOf(item.thing)) ?? null,
    }))
    return { items: shown, total }
  },

  countWork: (ctx, { query }) => work.countBySteps(ctx, { scope: query.scope }),

  async listNotices(ctx, { query }) {
    const { items, total } = await inbox.list(ctx, query)
    const lines = await referralsOf(
      ctx,
      items.map((item) => item.thing),
    )
    const shown = items.map(({ id, at, code, thing, data, readAt }) => ({
      ...{ id, at, code, thing, data, readAt },
      referral: lines.get(idOf(thing)) ?? null,
    }))
    return { items: shown, total }
  },

  countUnread: async (ctx) => ({ unread: await inbox.countUnread(ctx) }),

  markRead: async (ctx, { params }) => ({ read: await inbox.markRead(ctx, params.id) }),

  markAllRead: async (ctx) => ({ read: await inbox.change(ctx) }),

  listMyNotices: (ctx, { query }) => mine.list(ctx, query),

  countMyUnread: async (ctx) => ({ unread: await mine.countUnread(ctx) }),

  markMyRead: async (ctx, { params }) => ({ read: await mine.markRead(ctx, params.id) }),

  markAllMyRead: async (ctx) => ({ read: await mine.change(ctx) }),
}
