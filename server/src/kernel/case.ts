import * as z from 'zod/mini'
import { asSystem } from './as-system.ts'
import type { Ctx } from './ctx.ts'
import { teller } from './event.ts'
import { refuse } from './refusal.ts'

/** Who owns a thing now, and until when. */
export interface Owner {
  readonly institutionId: string
  /** The permission whose holders at the institution may act. */
  readonly duty: string
  /** One person among them, where it is somebody's own. */
  readonly practitionerId?: string | null
  /** What has to be done: a code the owning module has words for. */
  readonly step: string
  readonly due: Date
}

export interface OpenCase extends Owner {
  /** Which escalation chain applies: `referral`, `referral.emergency`. */
  readonly kind: string
  readonly thing: string
  readonly residentId?: string | null
}

export const caseEvents = {
  'case.opened': z.object({
    kind: z.string(),
    step: z.string(),
    duty: z.string(),
    practitionerId: z.nullable(z.string()),
  }),
  'case.closed': z.object({ kind: z.string(), step: z.string() }),
  'case.escalated': z.object({
    kind: z.string(),
    step: z.string(),
    duty: z.string(),
    level: z.number(),
    institutionId: z.string(),
  }),
}
const tell = teller(caseEvents)

/** Opens the one case of a thing. A second live case of the same thing is a mistake of the module. */
export async function openCase(ctx: Ctx, open: OpenCase): Promise<void> {
  const practitionerId = open.practitionerId ?? null
  await ctx.db
    .insertInto('kernel.case')
    .values({
      id: ctx.id(),
      institutionId: open.institutionId,
      kind: open.kind,
      thing: open.thing,
      residentId: open.residentId ?? null,
      duty: open.duty,
      practitionerId,
      step: open.step,
      due: open.due,
      openedAt: ctx.now,
      escalateAt: open.due,
      closedAt: null,
      closedBy: null,
    })
    .execute()
  await tellOpened(ctx, open)
}

const tellOpened = (ctx: Ctx, open: Omit<OpenCase, 'due'>): Promise<void> =>
  tell(ctx, 'case.opened', {
    thing: open.thing,
    residentId: open.residentId ?? null,
    audience: [open.institutionId],
    data: {
      kind: open.kind,
      step: open.step,
      duty: open.duty,
      practitionerId: open.practitionerId ?? null,
    },
  })

/** The live case of a thing, whoever owns it. */
export const caseOf = (ctx: Ctx, thing: string) =>
  asSystem(ctx, (all) =>
    all.db
      .selectFrom('kernel.case')
      .selectAll()
      .where('thing', '=', thing)
      .where('closedAt', 'is', null)
      .executeTakeFirst(),
  )

const HAND_OVER = `with closed as (
    update kernel."case" set closed_at = $1, closed_by = $2 where thing = $3 and closed_at is null returning kind, resident_id)
  insert into kernel."case" (id, institution_id, kind, thing, resident_id, duty, practitioner_id, step, due, opened_at, escalate_at)
  select $4, $5, coalesce($6, kind), $3, resident_id, $7, $8, $9, $10, $1, $10 from closed limit 1
  returning kind, resident_id as "residentId"`

/** Passes a thing to its next owner: one statement closes the row and opens the next, so nothing is ever nobody's. */
export async function handOver(ctx: Ctx, thing: string, owner: Owner & { kind?: string }): Promise<void> {
  const { institutionId, duty, practitionerId = null, step, due } = owner
  const { rows } = await asSystem(ctx, (all) =>
    all.client.query<{ kind: string; residentId: string | null }>({
      name: 'case-hand-over',
      text: HAND_OVER,
      values: [
        ...[ctx.now, ctx.actor.id, thing, ctx.id(), institutionId, owner.kind ?? null],
        ...[duty, practitionerId, step, due],
      ],
    }),
  )
  const [opened] = rows
  if (!opened) return refuse('conflict', 'kernel.no-open-case')
  const { kind, residentId } = opened
  await tellOpened(ctx, { kind, residentId, thing, institutionId, duty, practitionerId, step })
}

/** Gives the present owner another deadline, and the escalation starts again from it. */
export async function setDue(ctx: Ctx, thing: string, due: Date): Promise<void> {
  await asSystem(ctx, (all) =>
    all.db
      .updateTable('kernel.case')
      .set({ due, escalateAt: due, escalated: 0 })
      .where('thing', '=', thing)
      .where('closedAt', 'is', null)
      .execute(),
  )
}

/** Takes a thing off every work-list, because a person finished it. */
export async function closeCase(ctx: Ctx, thing: string): Promise<void> {
  const closed = await end(ctx, thing)
  if (!closed) return
  const { kind, step, residentId, institutionId } = closed
  await tell(ctx, 'case.closed', { thing, residentId, audience: [institutionId], data: { kind, step } })
}

const end = (ctx: Ctx, thing: string) =>
  asSystem(ctx, (all) =>
    all.db
      .updateTable('kernel.case')
      .set({ closedAt: ctx.now, closedBy: ctx.actor.id })
      .where('thing', '=', thing)
      .where('closedAt', 'is', null)
      .returningAll()
      .executeTakeFirst(),
  )

export interface CaseFilter {
  /** `mine`: my duties, mine or nobody's in particular; `office`: my duties, whoever's; `all`: the institution's. */
  readonly scope: 'mine' | 'office' | 'all'
  readonly kinds?: readonly string[]
  readonly step?: string
  readonly overdue?: boolean
  readonly escalated?: boolean
}

/** Open cases of the actor's institution, the most urgent first; page it with `pageOf`. */
export function listCases(ctx: Ctx, filter: CaseFilter) {
  const duties = [...ctx.actor.permissions]
  return ctx.db
    .selectFrom('kernel.case')
    .selectAll()
    .where('institutionId', '=', ctx.actor.institutionId ?? '')
    .where('closedAt', 'is', null)
    .$if(filter.scope !== 'all', (q) => q.where('duty', 'in', duties.length > 0 ? duties : ['']))
    .$if(filter.scope === 'mine', (q) =>
      q.where((eb) =>
        eb.or([
          eb('practitionerId', 'is', null),
          ...(ctx.actor.practitionerId ? [eb('practitionerId', '=', ctx.actor.practitionerId)] : []),
        ]),
      ),
    )
    .$if(Boolean(filter.kinds?.length), (q) => q.where('kind', 'in', filter.kinds as string[]))
    .$if(filter.step !== undefined, (q) => q.where('step', '=', filter.step as string))
    .$if(filter.overdue === true, (q) => q.where('due', '<', ctx.now))
    .$if(filter.escalated === true, (q) => q.where('escalated', '>', 0))
    .orderBy('due')
    .orderBy('id')
}

interface Overdue {
  institution_id: string
  id: string
  kind: string
  thing: string
  resident_id: string | null
  step: string
  escalated: number
}

/** One round of the sweep, at most 200 cases: each passed deadline goes one level up. Returns how many. */
export async function sweepCases(ctx: Ctx): Promise<number> {
  const { rows } = await ctx.client.query<Overdue>({
    name: 'case-sweep',
    text: `select institution_id, id, kind, thing, resident_id, step, escalated from kernel."case"
      where closed_at is null and escalate_at <= $1 order by escalate_at limit 200 for update skip locked`,
    values: [ctx.now],
  })
  for (const row of rows) await escalate(ctx, row)
  return rows.length
}

async function escalate(ctx: Ctx, row: Overdue): Promise<void> {
  const level = row.escalated + 1
  const chain = await ctx.db
    .selectFrom('kernel.escalation')
    .selectAll()
    .where('kind', 'in', [row.kind, '*'])
    .where('level', '>=', level)
    .orderBy('level')
    .execute()
  const own = chain.filter((c) => c.kind === row.kind)
  const levels = own.length > 0 ? own : chain.filter((c) => c.kind === '*')
  const now = levels.find((c) => c.level === level)
  const next = levels.find((c) => c.level === level + 1)
  await ctx.db
    .updateTable('kernel.case')
    .set({
      escalated: now ? level : row.escalated,
      // The last level has been told: the case stays overdue on the lists until a person closes it.
      escalateAt: next
        ? new Date(ctx.now.getTime() + next.afterMinutes * 60_000)
        : new Date('9999-01-01T00:00:00Z'),
    })
    .where('institutionId', '=', row.institution_id)
    .where('id', '=', row.id)
    .execute()
  if (!now) return
  await tell(ctx, 'case.escalated', {
    thing: row.thing,
    residentId: row.resident_id,
    audience: [row.institution_id],
    data: { kind: row.kind, step: row.step, duty: now.duty, level, institutionId: row.institution_id },
  })
}
