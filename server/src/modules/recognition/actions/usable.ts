import type { Item, Window } from '@tongmai/api/recognition/catalogue'
import type { FoundResult, ItemResults } from '@tongmai/api/recognition/order'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import { listFacts, type StoredFact } from '../../../kernel/resource/facts.ts'
import { happenedAt } from '../../../kernel/resource/happened.ts'
import type { Resource } from '../../../kernel/resource/owner.ts'
import { agreementAllows } from '../../network/index.ts'
import { requireResident } from '../../resident/index.ts'
import * as gates from '../store/gate.ts'
import * as items from '../store/item.ts'
import { ageOf, type Between, weighResult } from '../weigh-result.ts'
import { keysOfItem, type ReadResult, readResult } from './read-result.ts'

const FACTS_MAX = 2000
/** How far back results are looked for at least, so that one just outside its window is still shown. */
const LOOK_BACK_DAYS = 400
/** Of what cannot be used, the newest few are shown. */
const UNUSABLE_MAX = 5

interface Asked {
  readonly residentId: string
  readonly items: readonly string[]
  /** Results that lie in the asking institution's own system only. */
  readonly brought?: readonly Resource[]
}

type Listed = Item & { readonly window: Window | null }

/** A result that another system brought, as if its institution had stored it a moment ago. */
const asStored = (ctx: Ctx, residentId: string, resource: Resource): StoredFact => {
  const id = resource.id ?? ''
  return {
    ...{ type: resource.resourceType, id, ownId: id, version: 1, updatedAt: ctx.now, residentId },
    ...{ institutionId: ctx.actor.institutionId, audience: null, sensitivity: 0, deleted: false },
    ...{ content: JSON.stringify(resource), happenedAt: happenedAt(resource) },
  }
}

const timeOf = ({ fact }: ReadResult): number => fact.at?.getTime() ?? Number.NEGATIVE_INFINITY

/** Whether the record holds it already, under the same id or as the same value of the same moment. */
const isKnown = (one: ReadResult, stored: readonly ReadResult[]): boolean =>
  stored.some(
    (other) =>
      (other.stored.id === one.stored.id && other.stored.type === one.stored.type) ||
      (timeOf(other) === timeOf(one) &&
        other.value === one.value &&
        other.keys.some((key) => one.keys.includes(key))),
  )

/** Results of the record for these items and what was brought, the latest first; the resident has been opened. */
async function resultsFor(
  ctx: Ctx,
  { residentId, brought = [] }: Asked,
  wanted: readonly Listed[],
): Promise<ReadResult[]> {
  const days = Math.max(LOOK_BACK_DAYS, ...wanted.map(({ window }) => (window?.validDays ?? 0) * 2))
  const { items: facts } = await listFacts(ctx, residentId, {
    types: ['Observation', 'DiagnosticReport'],
    from: new Date(ctx.now.getTime() - days * 86_400_000),
    offset: 0,
    limit: FACTS_MAX,
  })
  const keys = new Set(wanted.flatMap(keysOfItem))
  const about = (stored: readonly StoredFact[]) =>
    stored
      .flatMap((one) => readResult(one) ?? [])
      .filter((result) => result.keys.some((key) => keys.has(key)))
  const held = about(facts)
  const more = about(brought.map((one) => asStored(ctx, residentId, one))).filter(
    (one) => !isKnown(one, held),
  )
  return more.length === 0 ? held : [...held, ...more].toSorted((a, b) => timeOf(b) - timeOf(a))
}

interface Known {
  readonly assessments: readonly gates.AssessmentRow[]
  readonly places: ReadonlyMap<string, { readonly name: string; readonly divisionCode: string | null }>
  readonly agreed: ReadonlySet<string>
}

/** What is known of the institutions whose results lie there: assessments, places, agreements with ours. */
async function knownOf(ctx: Ctx, wanted: readonly Listed[], results: readonly ReadResult[]): Promise<Known> {
  const own = ctx.actor.institutionId
  const from = [...new Set(results.flatMap(({ stored }) => stored.institutionId ?? []))]
  const assessments = await gates.listFor(
    ctx,
    wanted.map(({ id }) => id),
    from,
  )
  const places = await gates.listPlaces(ctx, own ? [...from, own] : from)
  const agreed = new Set<string>()
  for (const id of own ? from : [])
    if (await agreementAllows(ctx, own as string, id, 'recognition')) agreed.add(id)
  return { assessments, places, agreed }
}

function weighed(ctx: Ctx, item: Listed, result: ReadResult, known: Known): FoundResult {
  const { stored, fact, value, method, hash } = result
  const unitless = result.unitless && !item.dimensionless
  const ours = ctx.actor.institutionId
  const from = stored.institutionId
  const own = from !== null && from === ours
  const between: Between = {
    from: (from && known.places.get(from)?.divisionCode) ?? null,
    to: (ours && known.places.get(ours)?.divisionCode) ?? null,
    agreed: from !== null && known.agreed.has(from),
  }
  const { why, mark, assessment } = item.window
    ? weighResult(
        { status: fact.status, at: fact.at, value, unitless, method, own },
        {
          window: item.window,
          assessments: known.assessments.filter(
            (one) => one.itemId === item.id && one.institutionId === from,
          ),
          between,
          now: ctx.now,
        },
      )
    : { why: 'out-of-window' as const, mark: null, assessment: null }
  return {
    ...{ type: fact.type as FoundResult['type'], id: stored.id, version: stored.version, hash },
    ...{ name: fact.label.text, value, flag: fact.values[0]?.flag ?? null, method },
    ...{ at: fact.at, ageDays: fact.at && ageOf(fact.at, ctx.now) },
    ...{ institutionId: from, institutionName: (from && known.places.get(from)?.name) ?? '', own },
    ...{ mark, why },
    quality: assessment && {
      ...{ gateId: assessment.id, scope: assessment.scope, body: assessment.body },
      ...{ year: assessment.year, until: assessment.until },
    },
  }
}

/** Of several usable ones the newest first, those of other members and own alike. */
function resultsOf(ctx: Ctx, item: Listed, results: readonly ReadResult[], known: Known): ItemResults {
  const keys = new Set(keysOfItem(item))
  const all = results
    .filter((result) => result.keys.some((key) => keys.has(key)))
    .map((result) => weighed(ctx, item, result, known))
  return {
    ...{ itemId: item.id, code: item.code, name: item.name, category: item.category, window: item.window },
    usable: all.filter(({ why }) => why === null),
    unusable: all.filter(({ why }) => why !== null).slice(0, UNUSABLE_MAX),
  }
}

/**
 * What the record holds for these items (ids), usable results first, the others with why not. Opens the resident on
 * a lawful basis and logs it; 404 without one. Items that left the catalogue are left out.
 */
export async function usableResults(ctx: Ctx, asked: Asked): Promise<ItemResults[]> {
  const { residentId, items: ids } = asked
  await requireResident(ctx, residentId, 'record')
  if (ids.length === 0) return []
  const wanted = await items.listOn(ctx, ids, dayOf(ctx.now))
  const results = wanted.length > 0 ? await resultsFor(ctx, asked, wanted) : []
  const known = await knownOf(ctx, wanted, results)
  return ids.flatMap((id) => {
    const item = wanted.find((one) => one.id === id)
    return item ? [resultsOf(ctx, item, results, known)] : []
  })
}
