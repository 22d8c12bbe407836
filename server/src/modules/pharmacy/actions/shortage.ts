import {
  afterShortageMove,
  isShortageEnded,
  type Shortage,
  type ShortageMove,
  type ShortageStatus,
  type shortageApi,
  shortageFlow,
} from '@tongmai/api/pharmacy/shortage'
import { type Actor, ownInstitution } from '../../../kernel/actor.ts'
import { closeCase, handOver, openCase } from '../../../kernel/case.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import type { Actions } from '../../../kernel/module.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { type pharmacyEvents, tell } from '../events.ts'
import * as medicines from '../store/medicine.ts'
import * as store from '../store/shortage.ts'

const HOUR_MS = 3_600_000
const KIND = 'pharmacy'
const thingOf = (id: string): string => `shortage:${id}`

const needed: Readonly<Record<ShortageMove, string>> = {
  procure: 'pharmacy.stock',
  arrive: 'pharmacy.stock',
  replace: 'pharmacy.stock',
  giveUp: 'pharmacy.stock',
  collect: 'pharmacy.report',
}
/** Who owes the next step: the pharmacy, and once it is there, who reported that patients wait for it. */
const dutyAt = (status: ShortageStatus): string =>
  status === 'arrived' ? 'pharmacy.report' : 'pharmacy.stock'

function shown(actor: Actor, row: store.NamedShortage): Shortage {
  const own = actor.institutionId === row.institutionId
  const moves = Object.keys(shortageFlow[row.status]) as ShortageMove[]
  const { id, institutionId, patients, quantity, reason, status, reportedAt, due, expectedOn, note } = row
  return {
    ...{ id, institutionId, patients, quantity, reason, status, reportedAt, due, expectedOn, note },
    institution: row.institution ?? '',
    reportedBy: row.reporter ?? '',
    medicine: { id: row.medicineId, name: row.name, form: row.form, strength: row.strength },
    alternative: row.alternativeId
      ? {
          id: row.alternativeId,
          ...{ name: row.otherName ?? '', form: row.otherForm ?? '', strength: row.otherStrength ?? '' },
        }
      : null,
    version: row.version,
    moves: own ? moves.filter((move) => actor.permissions.has(needed[move])) : [],
  }
}

/** The deadline of a step: the rule's hours from now, or after the end of the day on which it is expected. */
async function dueOf(ctx: Ctx, status: ShortageStatus, expectedOn: string | null): Promise<Date | null> {
  if (isShortageEnded(status)) return null
  const from = status === 'procuring' && expectedOn ? new Date(`${expectedOn}T16:00:00+08:00`) : ctx.now
  const begins = Math.max(from.getTime(), ctx.now.getTime())
  return new Date(begins + (await store.stepHours(ctx, status)) * HOUR_MS)
}

async function announce(ctx: Ctx, row: store.ShortageRow, name: string): Promise<void> {
  const ended = isShortageEnded(row.status)
  const event = ended ? 'ended' : (row.status as 'reported' | 'procuring' | 'arrived')
  const { id, institutionId, medicineId, reportedBy, status: to } = row
  await tell(ctx, `pharmacy.shortage-${event}` satisfies keyof typeof pharmacyEvents, {
    thing: thingOf(id),
    audience: [institutionId],
    data: { id, institutionId, medicineId, reportedBy, to, medicine: name },
  })
}

interface Moving {
  readonly move: ShortageMove
  readonly set?: Partial<store.ShortageRow>
}

/** Moves it on; owner and deadline follow, and who reported it hears of it. */
async function advance(ctx: Ctx, id: string, { move, set = {} }: Moving): Promise<Shortage> {
  const row = await store.lock(ctx, id)
  const status = afterShortageMove(row.status, move)
  if (!status) return refuse('conflict', 'pharmacy.shortage-not-now', { details: { status: row.status } })
  const due = await dueOf(ctx, status, set.expectedOn ?? null)
  const ended = isShortageEnded(status) ? { endedAt: ctx.now } : {}
  const next = await store.move(ctx, row, { ...set, ...ended, status, due })
  if (due) {
    const { institutionId } = next
    await handOver(ctx, thingOf(id), { institutionId, duty: dutyAt(status), step: status, due })
  } else await closeCase(ctx, thingOf(id))
  const named = await store.findNamed(ctx, id)
  await announce(ctx, next, named.name)
  return shown(ctx.actor, named)
}

type Wanting = Pick<store.ShortageRow, 'medicineId' | 'patients' | 'quantity' | 'reason'>

/** Reports that a medicine is wanting here: from now on the pharmacy owes an answer. */
export async function report(ctx: Ctx, wanting: Wanting): Promise<Shortage> {
  const institutionId = ownInstitution(ctx.actor)
  const medicine = await medicines.find(ctx, wanting.medicineId, institutionId)
  const due = await dueOf(ctx, 'reported', null)
  const row = await store.add(ctx, {
    ...wanting,
    ...{ institutionId, id: ctx.id(), status: 'reported', due },
    ...{ reportedAt: ctx.now, reportedBy: ctx.actor.id },
  })
  await openCase(ctx, {
    ...{ kind: KIND, thing: thingOf(row.id), institutionId, duty: 'pharmacy.stock', step: 'reported' },
    due: due ?? ctx.now,
  })
  await announce(ctx, row, medicine.name)
  return shown(ctx.actor, await store.findNamed(ctx, row.id))
}

/** 缺药登记: reported, bought or replaced, and always somebody's until a person ends it. */
export const shortages: Actions<typeof shortageApi> = {
  reportShortage: (ctx, { body }) => report(ctx, body),

  async listShortages(ctx, { query }) {
    const { items, total } = await store.list(ctx, query)
    return { items: items.map((row) => shown(ctx.actor, row)), total }
  },

  async procureMedicine(ctx, { params, body }) {
    await store.lock(ctx, params.id)
    if (body.expectedOn < dayOf(ctx.now))
      refuse('unprocessable', 'pharmacy.expected-in-the-past', {
        fields: [{ path: 'body.expectedOn', problem: 'in-the-past' }],
      })
    return advance(ctx, params.id, { move: 'procure', set: body })
  },

  async arriveMedicine(ctx, { params, body }) {
    const row = await store.lock(ctx, params.id)
    const { institutionId, medicineId } = row
    const answer = await advance(ctx, params.id, { move: 'arrive', set: body })
    await medicines.change(ctx, [{ institutionId, medicineId, state: 'inStock' }])
    return answer
  },

  async replaceMedicine(ctx, { params, body: { alternativeId, note } }) {
    const row = await store.lock(ctx, params.id)
    const wanting = await medicines.find(ctx, row.medicineId, row.institutionId)
    const other = await medicines.find(ctx, alternativeId, row.institutionId)
    if (other.id === wanting.id || other.category !== wanting.category)
      refuse('unprocessable', 'pharmacy.not-an-alternative', {
        fields: [{ path: 'body.alternativeId', problem: 'not-an-alternative' }],
      })
    return advance(ctx, params.id, { move: 'replace', set: { alternativeId, note } })
  },

  giveUpMedicine: (ctx, { params, body }) => advance(ctx, params.id, { move: 'giveUp', set: body }),

  collectMedicine: (ctx, { params, body }) => advance(ctx, params.id, { move: 'collect', set: body }),
}
