import { cannot } from '@tongmai/api/careplan/flow'
import type { Way } from '@tongmai/api/careplan/follow-up'
import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayAfter, dayOf } from '../../../kernel/day.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { currentContract } from '../../contract/index.ts'
import { endGrant, grant } from '../../resident/index.ts'
import { tell } from '../events.ts'
import { wordsOf } from '../judge-follow-up.ts'
import { debtOf, grantOf, isDischarge } from '../policy.ts'
import { add, type FollowUpRow, move } from '../store/follow-up.ts'
import { findForm, formCodes, ruleOf } from '../store/form.ts'
import * as store from '../store/planned.ts'
import { closeAnswers } from './answered.ts'
import { settle } from './overdue.ts'

/** Follow-ups that spring from something: a discharge, a down-referral. */
export interface PlannedFollowUps {
  readonly residentId: string
  /** Who is to do them. */
  readonly institutionId: string
  readonly practitionerId: string | null
  /** The thing they spring from, `referral:<id>`; they end with it. */
  readonly source: string
  /** Why, in words that the resident reads too. */
  readonly reason: string
  /** Each with its day and the code of its form; an unknown form is the general one. One may have a reason of its own. */
  readonly items: readonly { readonly dueOn: string; readonly form: string; readonly reason?: string }[]
}

const GENERAL = 'general'

/** Plans follow-ups in the caller's transaction; as long as one is due, whoever owes it may open the record. */
export async function planFollowUps(ctx: Ctx, planned: PlannedFollowUps): Promise<void> {
  const { items, ...of } = planned
  if (items.length === 0) return
  const known = await formCodes(ctx)
  const rows = items.map(({ form, ...item }) => ({ ...of, ...item, form: known.has(form) ? form : GENERAL }))
  await asSystem(ctx, (all) => add(all, rows))
  const { residentId, institutionId, practitionerId, source } = planned
  const given = { residentId, institutionId, basis: 'treatment' as const, depth: 'full' as const }
  await grant(ctx, { ...given, source: grantOf(source) })
  await tell(ctx, 'careplan.follow-ups-planned', {
    ...{ thing: debtOf(residentId, institutionId), residentId, audience: [institutionId] },
    data: { institutionId, practitionerId, source, count: items.length },
  })
}

/** Ends what is still due from a source, in the caller's transaction. */
export async function endFollowUps(ctx: Ctx, source: string): Promise<void> {
  const ended = await asSystem(ctx, (all) => store.endAll(all, source))
  await closeAnswers(ctx, ended)
  const owed = new Map(ended.map((row) => [`${row.residentId} ${row.institutionId}`, row]))
  for (const row of owed.values()) {
    await settle(ctx, row.residentId, row.institutionId)
    await settleGrant(ctx, row.residentId, source)
  }
}

/** Whoever has nothing left to follow up from a source has no reason to open the record for it. */
export async function settleGrant(ctx: Ctx, residentId: string, source: string): Promise<void> {
  const left = await asSystem(ctx, (all) => store.listDueOf(all, source))
  if (left.length === 0) await endGrant(ctx, { source: grantOf(source), residentId })
}

/** Ends what the discharge alone had planned: the hospital's own plan for going on takes its place. */
export async function replaceDischarge(ctx: Ctx, residentId: string): Promise<void> {
  const due = await asSystem(ctx, (all) => store.listDueOfResident(all, residentId))
  for (const source of new Set(due.map((row) => row.source).filter(isDischarge)))
    await endFollowUps(ctx, source)
}

/** Who has left a hospital on a day is seen or called by the family doctor under contract; without one nobody owes it. */
export async function planAfterDischarge(
  ctx: Ctx,
  left: { readonly residentId: string; readonly on: string; readonly source: string },
): Promise<void> {
  const contract = await currentContract(ctx, left.residentId)
  const days = await ruleOf(ctx, 'dischargeDays')
  const today = dayOf(ctx.now)
  const dueOn = dayAfter(left.on, days)
  // What came in long after the day is history, not a debt.
  if (!contract || left.on > today || dueOn < today) return
  const { residentId, communityId, doctorId } = contract
  const planned = await asSystem(ctx, (all) => store.listSince(all, residentId, left.on))
  if (planned.some((row) => row.enrolmentId === null)) return
  await planFollowUps(ctx, {
    ...{
      residentId,
      institutionId: communityId,
      practitionerId: doctorId,
      source: `discharge:${left.source}`,
    },
    ...{ reason: '出院随访', items: [{ dueOn, form: GENERAL }] },
  })
}

/** A follow-up that was recorded, in words. */
export interface FollowedUp {
  readonly source: string
  readonly status: FollowUpRow['status']
  readonly at: Date
  readonly way: Way
  readonly by: string | null
  readonly answers: Readonly<Record<string, unknown>>
  /** What was answered and noted, in one sentence. */
  readonly words: string
  /** The next one that is due from the same source. */
  readonly nextOn: string | null
}

/** What came of a follow-up that springs from something else, for whoever planned it. */
export async function followedUp(ctx: Ctx, id: string): Promise<FollowedUp> {
  return asSystem(ctx, async (all) => {
    const row = await store.read(all, id)
    if (!row.doneAt || !row.way) return refuse('conflict', cannot('record', row.status))
    const form = await findForm(all, row.form, row.formVersion ?? 1)
    const [next] = await store.listDueOf(all, row.source)
    const said = [row.answers && wordsOf(form.questionnaire, row.answers), row.note]
    return {
      ...{ source: row.source, status: row.status, at: row.doneAt, way: row.way, by: row.doneBy },
      ...{ answers: row.answers ?? {}, words: said.filter(Boolean).join('；'), nextOn: next?.dueOn ?? null },
    }
  })
}

/** What another module wrote down as the first follow-up from a source is the first of those that are due. */
export async function closeFirst(
  ctx: Ctx,
  source: string,
  done: { readonly at: Date; readonly way: Way; readonly note: string; readonly nextOn: string | null },
): Promise<void> {
  const [first, ...rest] = await asSystem(ctx, (all) => store.listDueOf(all, source))
  if (!first) return
  const { at, way, note, nextOn } = done
  await asSystem(ctx, async (all) => {
    const said = { way, note, doneAt: at, doneBy: ctx.actor.practitionerId }
    await move(all, first, 'record', said)
    const { residentId, institutionId, practitionerId, reason, form } = first
    const next = { residentId, institutionId, practitionerId, source, reason, form }
    if (nextOn && !rest.some((row) => row.dueOn === nextOn)) await add(all, [{ ...next, dueOn: nextOn }])
  })
  await settle(ctx, first.residentId, first.institutionId)
  await settleGrant(ctx, first.residentId, source)
}
