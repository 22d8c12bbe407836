import type { Page } from '@tongmai/api/kernel'
import { type Fact, type Kind, kinds, type recordApi, type Summary } from '@tongmai/api/record'
import type { documentApi } from '@tongmai/api/record/document'
import type { qualityApi } from '@tongmai/api/record/quality'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Actions } from '../../../kernel/module.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { countFacts, type FactQuery, listFacts } from '../../../kernel/resource/facts.ts'
import type { Resource } from '../../../kernel/resource/owner.ts'
import { requireResident } from '../../resident/index.ts'
import { findCodes } from '../code-table.ts'
import { partOfKinds, referrals, typesOfKinds } from '../fact.ts'
import { saying } from '../fact-search.ts'
import { findListed, tableOf } from '../index/shipped.ts'
import { allergiesOf, summaryOf } from '../summary.ts'
import { type TakenMedicine, takenOf, takenTypes } from '../taken-medicine.ts'
import { measurementsOf } from './named-fact.ts'
import { openFact } from './open-fact.ts'

const mostFacts = 2_000
const mostAllergies = 200
const mostSearched = 20_000
const piece = 500

/** The record on one page. The resident has been opened already. */
async function summarise(ctx: Ctx, residentId: string): Promise<Summary> {
  const { items } = await listFacts(ctx, residentId, { types: typesOfKinds(), offset: 0, limit: mostFacts })
  const facts = await measurementsOf(ctx, items)
  const { totals, ofPart } = await countFacts(ctx, residentId, referrals)
  const ofTypes = (kind: Kind) => typesOfKinds([kind]).reduce((sum, type) => sum + (totals.get(type) ?? 0), 0)
  const counts = {
    ...Object.fromEntries(kinds.map((kind) => [kind, ofTypes(kind)])),
    ...{ referral: ofPart, order: ofTypes('order') - ofPart },
  }
  return summaryOf(residentId, facts, counts)
}

interface Wanted {
  readonly kinds?: string | undefined
  readonly institutionId?: string | undefined
  readonly q?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly offset: number
  readonly limit: number
}

const isKind = (word: string): word is Kind => (kinds as readonly string[]).includes(word)
/** A calendar day begins at midnight in China. */
const midnight = (day: string): Date => new Date(`${day}T00:00:00+08:00`)

/** One page of the time line. The resident has been opened already. */
async function walk(ctx: Ctx, residentId: string, wanted: Wanted): Promise<Page<Fact>> {
  const words = wanted.kinds?.split(',')
  const unknown = words?.find((word) => !isKind(word))
  if (unknown) refuse('invalid', 'kernel.invalid-query', { fields: [{ path: 'kinds', problem: unknown }] })
  const among = {
    types: typesOfKinds(words?.filter(isKind)),
    part: partOfKinds(words?.filter(isKind)),
    institutionId: wanted.institutionId,
    from: wanted.from === undefined ? undefined : midnight(wanted.from),
    to: wanted.to === undefined ? undefined : new Date(midnight(wanted.to).getTime() + 86_400_000),
  }
  const { offset, limit, q } = wanted
  if (q) return pageOf((await listAll(ctx, residentId, among)).filter(saying(q)), wanted)
  const { items, total } = await listFacts(ctx, residentId, { ...among, offset, limit })
  return { items: (await measurementsOf(ctx, items)).map(({ fact }) => fact), total }
}

const pageOf = (facts: readonly Fact[], { offset, limit }: Wanted): Page<Fact> => ({
  items: facts.slice(offset, offset + limit),
  total: facts.length,
})

/** All facts of a record, piece by piece: nobody else waits for a long one. */
async function listAll(
  ctx: Ctx,
  residentId: string,
  among: Omit<FactQuery, 'offset' | 'limit'>,
): Promise<Fact[]> {
  const facts: Fact[] = []
  for (let offset = 0; offset < mostSearched; offset += piece) {
    const { items } = await listFacts(ctx, residentId, { ...among, offset, limit: piece })
    for (const { fact } of await measurementsOf(ctx, items)) facts.push(fact)
    if (items.length < piece) break
  }
  return facts
}

/** What somebody takes now, over all that brought their record together. The resident has been opened already. */
export async function listTaken(ctx: Ctx, residentId: string): Promise<TakenMedicine[]> {
  const { items } = await listFacts(ctx, residentId, { types: takenTypes, offset: 0, limit: mostFacts })
  const prescribed = items.map(({ content, ...kept }) => ({
    ...kept,
    resource: JSON.parse(content) as Resource,
  }))
  return takenOf(prescribed, ctx.now)
}

/** One action for every endpoint that reads: each opens the resident first, which needs a basis and is logged. */
export const reading: Omit<Actions<typeof recordApi>, keyof typeof documentApi | keyof typeof qualityApi> = {
  async readRecord(ctx, { params }) {
    await requireResident(ctx, params.id, 'record')
    return summarise(ctx, params.id)
  },
  // The banner stands above every page: whoever sees it has opened who this is, not the record.
  async listAllergies(ctx, { params }) {
    await requireResident(ctx, params.id)
    const { items } = await listFacts(ctx, params.id, {
      ...{ types: typesOfKinds(['allergy']), offset: 0, limit: mostAllergies },
    })
    return allergiesOf((await measurementsOf(ctx, items)).map(({ fact }) => fact))
  },
  async listTimeline(ctx, { params, query }) {
    await requireResident(ctx, params.id, 'record')
    return walk(ctx, params.id, query)
  },
  async readFact(ctx, { params }) {
    await requireResident(ctx, params.id, 'record')
    return openFact(ctx, params.id, params.type, params.rid)
  },
  // The tables lie in memory and are the same for everybody: nothing is read from the database.
  async listCodes(_ctx, { query }) {
    const listed = findListed(query.table) ?? refuse('missing', 'record.no-such-table')
    return findCodes(tableOf(listed), query.q, query)
  },
  async readMyRecord(ctx, { params }) {
    await requireResident(ctx, params.id, 'record')
    return summarise(ctx, params.id)
  },
  async listMyTimeline(ctx, { params, query }) {
    await requireResident(ctx, params.id, 'record')
    return walk(ctx, params.id, query)
  },
}
