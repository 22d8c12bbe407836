import type { Item } from '@tongmai/api/recognition/catalogue'
import type { FoundResult, ItemResults, Line, orderApi } from '@tongmai/api/recognition/order'
import { ownInstitution } from '../../../kernel/actor.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Actions } from '../../../kernel/module.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { findPractitioner, requireLicensed } from '../../workforce/index.ts'
import * as store from '../store/decision.ts'
import * as items from '../store/item.ts'
import { tellDecided } from './decided.ts'
import { type Coding, keyOf, keysOfItem } from './read-result.ts'
import { showOrders } from './show-order.ts'
import { usableResults } from './usable.ts'

/** The result a line speaks of: the one accepted, or the best that was shown and refused; null where none was. */
function shownFor(line: Line, found: ItemResults): FoundResult | null {
  const details = { item: found.name }
  const [best] = found.usable
  if (line.outcome === 'ordered')
    return best ? refuse('conflict', 'recognition.decide-first', { details }) : null
  if (line.outcome === 'reordered')
    return best ?? refuse('conflict', 'recognition.nothing-usable', { details })
  const { type, id, hash } = line.result
  const chosen =
    found.usable.find((one) => one.type === type && one.id === id) ??
    refuse('conflict', 'recognition.not-usable', { details })
  return chosen.hash === hash ? chosen : refuse('conflict', 'recognition.result-changed', { details })
}

const savedBy = (line: Line, { window }: ItemResults) =>
  line.outcome === 'recognised'
    ? {
        savedFen: window?.priceFen ?? null,
        savedDoseUsv: window?.doseUsv ?? null,
        savedDays: window?.waitDays ?? null,
      }
    : { savedFen: null, savedDoseUsv: null, savedDays: null }

/** Refuses 400 what is said twice or without its reason in words. */
function requireWhole(lines: readonly Line[]): void {
  const ids = lines.map(({ itemId }) => itemId)
  const twice = ids.findIndex((id, i) => ids.indexOf(id) !== i)
  const bare = lines.findIndex((l) => l.outcome === 'reordered' && l.reason === 'other' && l.text === null)
  const at = (i: number, path: string, problem: string) =>
    refuse('invalid', `recognition.${problem}`, { fields: [{ path: `lines.${i}.${path}`, problem }] })
  if (twice >= 0) at(twice, 'itemId', 'item-twice')
  if (bare >= 0) at(bare, 'text', 'say-why')
}

interface Order {
  readonly id: string
  readonly residentId: string
  readonly note: string | null
  readonly practitionerName: string
}

function decisionOf(ctx: Ctx, order: Order, line: Line, found: ItemResults): store.NewDecision {
  const shown = shownFor(line, found)
  return {
    ...{ residentId: order.residentId, id: ctx.id(), orderId: order.id, at: ctx.now, note: order.note },
    ...{ itemId: line.itemId, outcome: line.outcome, institutionId: ownInstitution(ctx.actor) },
    ...{ practitionerId: ctx.actor.practitionerId, practitionerName: order.practitionerName },
    ...{ accountId: ctx.actor.id, windowSince: found.window?.since ?? null },
    ...(shown && {
      ...{ resultType: shown.type, resultId: shown.id, resultVersion: shown.version },
      ...{ resultHash: shown.hash, resultInstitutionId: shown.institutionId, resultAt: shown.at },
      ...{ resultValue: shown.value, mark: shown.mark, gateId: shown.quality?.gateId ?? null },
    }),
    ...(line.outcome === 'reordered' && { reason: line.reason, reasonText: line.text, told: line.told }),
    ...savedBy(line, found),
  }
}

/** The items of the catalogue that these codings mean, by the coding's key. */
export async function itemsByCoding(ctx: Ctx, codings: readonly Coding[]): Promise<Map<string, Item>> {
  const all = await items.listAll(ctx)
  const known = new Map(all.flatMap((item) => keysOfItem(item).map((key) => [key, item] as const)))
  return new Map(
    codings.flatMap((coding) => {
      const item = known.get(keyOf(coding))
      return item ? [[keyOf(coding), item] as const] : []
    }),
  )
}

export const ordering: Pick<Actions<typeof orderApi>, 'listUsable' | 'orderTests' | 'listMyTests'> = {
  listUsable: (ctx, { params, query }) =>
    usableResults(ctx, { residentId: params.id, items: query.items.split(',').filter(Boolean) }),

  async orderTests(ctx, { params, body }) {
    requireWhole(body.lines)
    const found = await usableResults(ctx, {
      residentId: params.id,
      items: body.lines.map(({ itemId }) => itemId),
    })
    const { practitionerId } = ctx.actor
    await requireLicensed(ctx, practitionerId, 'record', ownInstitution(ctx.actor))
    const practitionerName = practitionerId ? (await findPractitioner(ctx, practitionerId)).name : ''
    const order = { id: ctx.id(), residentId: params.id, note: body.note, practitionerName }
    const decisions = body.lines.map((line) =>
      decisionOf(
        ctx,
        order,
        line,
        found.find((one) => one.itemId === line.itemId) ?? refuse('missing', 'recognition.item-missing'),
      ),
    )
    await store.add(ctx, decisions)
    await showOrders(ctx, decisions)
    for (const one of decisions) await tellDecided(ctx, one)
    return {
      id: order.id,
      lines: decisions.map(({ id, itemId, outcome, savedFen, savedDoseUsv, savedDays }) => ({
        ...{ id, itemId, outcome, itemName: found.find((one) => one.itemId === itemId)?.name ?? '' },
        ...{ savedFen: savedFen ?? null, savedDoseUsv: savedDoseUsv ?? null, savedDays: savedDays ?? null },
      })),
    }
  },

  async listMyTests(ctx) {
    const rows = await store.listMine(ctx)
    return rows.map(({ savedDoseUsv, ...row }) => ({ ...row, radiation: (savedDoseUsv ?? 0) > 0 }))
  },
}
