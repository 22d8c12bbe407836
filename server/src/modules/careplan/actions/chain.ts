import type { chainApi } from '@tongmai/api/careplan/chain'
import type { ProgrammeCode } from '@tongmai/api/careplan/programme'
import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import type { Actions } from '../../../kernel/module.ts'
import { happenedAt } from '../../../kernel/resource/happened.ts'
import { type Held, listHeld } from '../../../kernel/resource/held.ts'
import type { Followed, Follower, Resource } from '../../../kernel/resource/owner.ts'
import { registeredAt } from '../../resident/index.ts'
import { type Coded, confirmedBy, diagnosedBy, diseases, programmeOf, screenedBy } from '../chain-stage.ts'
import * as store from '../store/chain.ts'
import * as progress from '../store/chain-progress.ts'

/** Where somebody stands with a referral: sent for treatment, over, or taken back by the community. */
export interface ReferralStanding {
  readonly residentId: string
  readonly diagnosis: string | null
  /** `referral:<id>`. */
  readonly referral: string
  readonly institutionId: string
  readonly what: 'sent' | 'ended' | 'returned'
  readonly at: Date
}

/** Tells the chain of a disease what became of a referral, in the caller's transaction. */
export async function noteReferral(ctx: Ctx, told: ReferralStanding): Promise<void> {
  const programme = programmeOf(told.diagnosis)
  const { residentId, institutionId, referral } = told
  if (told.what === 'ended') return asSystem(ctx, (all) => store.endReferral(all, residentId, referral))
  if (!programme) return
  const on = dayOf(told.at)
  const fact = told.what === 'sent' ? { referredOn: on, referral } : { returnedOn: on, returned: referral }
  await asSystem(ctx, (all) =>
    store.note(all, [{ residentId, programme, institutionId, confirmedOn: on, ...fact }]),
  )
}

/** Of which diseases a stored resource says something. */
const diseasesIn = (resource: Resource) =>
  resource.resourceType === 'Condition' ? confirmedBy(resource as Coded) : screenedBy(resource as Coded)

/** A diagnosis that was stored confirms a disease, or does so no more; a measurement is a screening for one. */
export const ofChain: Follower = {
  wants: (resource) => diseasesIn(resource).length > 0 || diagnosedBy(resource as Coded).length > 0,
  follow: (ctx, stored, resource) => noteAll(ctx, [{ stored, resource }]),
  followAll: noteAll,
}

async function noteAll(ctx: Ctx, all: readonly Followed[]): Promise<void> {
  await noteFacts(ctx, all)
  for (const { stored, resource } of all)
    for (const programme of unsure(resource)) await reconsider(ctx, stored.residentId, programme)
}

/** Of which diseases a diagnosis speaks without confirming them. */
const unsure = (resource: Resource): ProgrammeCode[] =>
  resource.resourceType === 'Condition' && diseasesIn(resource).length === 0
    ? diagnosedBy(resource as Coded)
    : []

/** What confirmed a disease may have been taken back: it counts from the first diagnosis that still stands. */
async function reconsider(ctx: Ctx, residentId: string | null, programme: ProgrammeCode): Promise<void> {
  if (!residentId) return
  await asSystem(ctx, async (all) => {
    const keys = diseases[programme].icd10.map((code) => `code=${code}`)
    const held = await listHeld(all, { residentIds: [residentId], type: 'Condition', keys })
    const standing = held.filter((one) => confirmedBy(JSON.parse(one.content)).includes(programme))
    const [first = null] = standing.map((one) => dayIn(one, ctx)).sort()
    await store.confirmFrom(all, { residentId, programme, on: first })
  })
}

async function noteFacts(ctx: Ctx, all: readonly Followed[]): Promise<void> {
  const facts = new Map<string, store.ChainFact>()
  for (const { stored, resource } of all) {
    const { residentId, institutionId, updatedAt } = stored
    if (!residentId) continue
    const on = dayOf(new Date(happenedAt(resource) ?? updatedAt))
    for (const programme of diseasesIn(resource)) {
      const key = `${residentId} ${programme}`
      const before = facts.get(key)
      // As the table keeps them: the first diagnosis, the last screening.
      const fact =
        resource.resourceType === 'Condition'
          ? { confirmedOn: [on, before?.confirmedOn ?? on].sort()[0] as string }
          : { screenedOn: [on, before?.screenedOn ?? on].sort()[1] as string }
      facts.set(key, { ...before, residentId, programme, institutionId, ...fact })
    }
  }
  // In one order: two who note the same people at the same moment wait for each other once.
  const ordered = [...facts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, fact]) => fact)
  await asSystem(ctx, (system) => store.note(system, ordered))
}

/** Whoever is enrolled or followed up is on the chain. */
export const noteCared = (
  ctx: Ctx,
  of: Pick<store.ChainFact, 'residentId' | 'programme' | 'institutionId' | 'screenedOn' | 'confirmedOn'>,
): Promise<void> => asSystem(ctx, (all) => store.note(all, [of]))

const dayIn = (one: Held, ctx: Ctx): string => dayOf(one.happenedAt ?? ctx.now)

/** Reads the records of these residents anew for what confirms or screens; for imports and demonstrations. */
export async function noteRecords(
  ctx: Ctx,
  residents: readonly { readonly id: string; readonly institutionId: string }[],
): Promise<void> {
  const homes = new Map(residents.map((one) => [one.id, one.institutionId]))
  const residentIds = [...homes.keys()]
  const facts = new Map<string, store.ChainFact>()
  const put = (one: Held, programme: store.ChainFact['programme'], fact: Partial<store.ChainFact>) => {
    const key = `${one.residentId} ${programme}`
    const institutionId = homes.get(one.residentId) ?? null
    facts.set(key, { residentId: one.residentId, programme, institutionId, ...facts.get(key), ...fact })
  }
  const read = (type: string, codes: readonly string[]) =>
    listHeld(ctx, { residentIds, type, keys: codes.map((code) => `code=${code}`) })
  const each = Object.values(diseases)
  for (const one of await read(
    'Condition',
    each.flatMap((disease) => disease.icd10),
  ))
    for (const programme of confirmedBy(JSON.parse(one.content)))
      put(one, programme, { confirmedOn: dayIn(one, ctx) })
  for (const one of await read(
    'Observation',
    each.flatMap((disease) => disease.loinc),
  ))
    for (const programme of screenedBy(JSON.parse(one.content)))
      put(one, programme, { screenedOn: dayIn(one, ctx) })
  await store.note(ctx, [...facts.values()])
}

const AT_ONCE = 500

/**
 * Reads what was on record before the chain was kept, or was brought past it: the residents of one institution after the
 * other, round and round. As the system; killed, it begins with the same institution again.
 */
export async function noteNextInstitution(ctx: Ctx): Promise<void> {
  const institutionId = await progress.findNext(ctx, await progress.lock(ctx))
  if (!institutionId) return
  const ids = await registeredAt(ctx, institutionId)
  for (let from = 0; from < ids.length; from += AT_ONCE)
    await noteRecords(
      ctx,
      ids.slice(from, from + AT_ONCE).map((id) => ({ id, institutionId })),
    )
  await progress.change(ctx, institutionId)
}

const sees = (ctx: Ctx): boolean => ctx.actor.permissions.has('oversight.read')
const scopeOf = (ctx: Ctx, asked: 'mine' | 'alliance'): store.ChainScope => (sees(ctx) ? 'region' : asked)

export const chain: Actions<typeof chainApi> = {
  async countChain(ctx, { query }) {
    const scope = scopeOf(ctx, query.scope)
    const { programme } = query
    const counts = await asSystem(ctx, (all) => store.count(all, { programme, scope }))
    return { programme, ...counts, codes: [...diseases[programme].icd10] }
  },

  async listChain(ctx, { query }) {
    const asked = { ...query, scope: scopeOf(ctx, query.scope) }
    if (sees(ctx)) return { ...(await asSystem(ctx, (all) => store.listHidden(all, asked))), hidden: 0 }
    const found = await store.list(ctx, asked)
    const all = await asSystem(ctx, (system) => store.countAll(system, asked))
    return { ...found, hidden: Math.max(0, all - found.total) }
  },
}
