import type { ProxyRequest, proxyApi } from '@tongmai/api/resident/proxy'
import { ownInstitution } from '../../../kernel/actor.ts'
import { asSystem } from '../../../kernel/as-system.ts'
import { caseOf, closeCase, openCase } from '../../../kernel/case.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import { attach, readBytes } from '../../../kernel/file.ts'
import type { Actions } from '../../../kernel/module.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { forgetResident, forgetting } from '../../identity/index.ts'
import { tell } from '../events.ts'
import { proxyUntil } from '../proxy-until.ts'
import { addProxy } from '../store/household.ts'
import { ruleOf } from '../store/person.ts'
import * as store from '../store/proxy.ts'
import { institutionOf } from '../store/registry.ts'
import { personNamed } from './claimed.ts'
import { namesOf } from './household.ts'

export let dataDir = ''

/** Tells where the photographs of proofs lie; once, when the routes are mounted. */
export function setFiles(folder: string): void {
  dataDir = folder
}

const DAY_MS = 86_400_000
const thingOf = (id: string): string => `proxy-request:${id}`

/** The account's own person: nobody asks or ends in the name of whom they stand for. */
const self = (ctx: Ctx): string => ctx.actor.residentIds[0] ?? refuse('missing', 'resident.missing')
const done = ({ id }: { id: string }) => ({ id })

async function shown(ctx: Ctx, rows: readonly store.RequestRow[]): Promise<ProxyRequest[]> {
  const cards = await store.cardsOf(
    ctx,
    rows.flatMap((row) => [row.residentId, row.proxyId]),
  )
  return rows.flatMap(({ id, kind, proof, state, at, until, note, residentId, proxyId }) => {
    const [resident, proxy] = [cards.get(residentId), cards.get(proxyId)]
    return resident && proxy ? [{ id, kind, proof, state, at, until, note, resident, proxy }] : []
  })
}

/** Closes the institution's task, whoever ended the wait. */
async function close(ctx: Ctx, row: store.RequestRow): Promise<void> {
  await asSystem(ctx, async (all) => {
    if (await caseOf(all, thingOf(row.id))) await closeCase(all, thingOf(row.id))
  })
}

export const proxyActions: Actions<typeof proxyApi> = {
  async listFamily(ctx) {
    const me = self(ctx)
    const [standing, requests] = await Promise.all([store.listStanding(ctx, me), store.listOwn(ctx, me)])
    const other = (row: { residentId: string; proxyId: string }) =>
      row.proxyId === me ? row.residentId : row.proxyId
    // As the system: each of the two may know the other's name, though not yet read the other's record.
    const names = await asSystem(ctx, (all) => namesOf(all, [...standing, ...requests].map(other)))
    const named = <R extends { residentId: string; proxyId: string }>(row: R) => ({
      ...row,
      name: names.get(other(row)) ?? '',
      mine: row.proxyId === me,
    })
    return { standing: standing.map(named), requests: requests.map(named) }
  },

  async askProxy(ctx, { body }) {
    const { name, number, kind, proof, fileHash } = body
    const proxyId = self(ctx)
    const today = dayOf(ctx.now)
    const person = await asSystem(ctx, (all) => personNamed(all, { name, documentNumber: number }))
    if (!person || person.residentId === proxyId) return refuse('unprocessable', 'resident.family-not-found')
    const { residentId, birthDate } = person
    if (ctx.actor.residentIds.includes(residentId)) refuse('conflict', 'resident.stands-already')
    const years = await ruleOf(ctx, 'proxyYears', today)
    const until = proxyUntil({ kind, birthDate, until: body.until, today, years })
    if ('why' in until) return refuse('unprocessable', `resident.proxy-${until.why}`, { details: { years } })
    const [photo] = await attach(ctx, [fileHash])
    if (photo?.media !== 'image/jpeg') refuse('unprocessable', 'resident.proof-is-a-photo')
    const institutionId = await asSystem(
      ctx,
      async (all) => (await institutionOf(all, residentId)) ?? (await institutionOf(all, proxyId)),
    )
    if (!institutionId) return refuse('unprocessable', 'resident.nobody-to-check')
    const row = { id: ctx.id(), residentId, proxyId, institutionId, kind, proof, fileHash, until: until.day }
    if (!(await store.add(ctx, { ...row, at: ctx.now, state: 'asked' }))) {
      refuse('conflict', 'resident.asked-already')
    }
    const due = new Date(ctx.now.getTime() + (await ruleOf(ctx, 'proxyDays', today)) * DAY_MS)
    const owner = { institutionId, duty: 'resident.register', step: 'check-proxy', due }
    await asSystem(ctx, (all) =>
      openCase(all, { kind: 'resident.proxy', thing: thingOf(row.id), residentId, ...owner }),
    )
    const audience = [institutionId]
    await tell(ctx, 'resident.proxy-asked', { thing: thingOf(row.id), residentId, audience, data: { kind } })
    return done(row)
  },

  async withdrawProxy(ctx, { params }) {
    const row = await store.lock(ctx, params.id)
    if (row.proxyId !== self(ctx)) refuse('forbidden', 'resident.not-your-request')
    await store.move(ctx, row, 'withdraw', null)
    await close(ctx, row)
    return done(row)
  },

  async endStanding(ctx, { body }) {
    const { residentId, proxyId } = body
    if (![residentId, proxyId].includes(self(ctx)) || !(await store.end(ctx, body))) {
      return refuse('missing', 'resident.nobody-stands')
    }
    forgetting(() => forgetResident(proxyId))
    await tell(ctx, 'resident.proxy-ended', {
      thing: `proxy:${proxyId}`,
      residentId,
      data: { proxyId },
    })
    return { residentId }
  },

  async listProxyRequests(ctx, { query }) {
    const found = await store.list(ctx, { institutionId: ownInstitution(ctx.actor), ...query })
    return { items: await shown(ctx, found.items), total: found.total }
  },

  async readProxyRequest(ctx, { params }) {
    const row = await store.find(ctx, params.id, ownInstitution(ctx.actor))
    const [request] = await shown(ctx, [row])
    return request ?? refuse('missing', 'resident.no-such-request')
  },

  readProxyProof: async (ctx, { params }) => {
    const { fileHash } = await store.find(ctx, params.id, ownInstitution(ctx.actor))
    return { bytes: await readBytes(dataDir, fileHash), fileName: 'proof.jpg' }
  },

  async answerProxy(ctx, { params, body }) {
    await store.find(ctx, params.id, ownInstitution(ctx.actor))
    const row = await store.lock(ctx, params.id)
    await store.move(ctx, row, body.accept ? 'accept' : 'decline', body.note)
    const { residentId, proxyId } = row
    if (body.accept) {
      const until = new Date(`${row.until}T00:00:00+08:00`)
      await asSystem(ctx, (all) => addProxy(all, { residentId, proxyId, until, by: row.institutionId }))
    }
    forgetting(() => forgetResident(proxyId))
    await close(ctx, row)
    await tell(ctx, body.accept ? 'resident.proxy-given' : 'resident.proxy-declined', {
      ...{ thing: `proxy:${proxyId}`, residentId, audience: [row.institutionId], data: { proxyId } },
    })
    return done(row)
  },
}
