import type { Destination, messageApi, NewDestination, PartnerLine } from '@tongmai/api/interop/message'
import { ownInstitution } from '../../../kernel/actor.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Actions } from '../../../kernel/module.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { seal } from '../../../kernel/secret.ts'
import { clientActor } from '../../identity/index.ts'
import { hostAndPort, isPostable } from '../address.ts'
import * as destinations from '../store/destination.ts'
import * as partners from '../store/partner.ts'
import { sendSoon } from './tell-partner.ts'

const own = (ctx: Ctx) => ownInstitution(ctx.actor)

const lineOf = (
  { institutionId: _, ...line }: partners.Partner,
  destination: Destination | undefined,
): PartnerLine => ({ ...line, destination: destination ?? null })

const readLine = async (ctx: Ctx, partner: partners.Partner): Promise<PartnerLine> =>
  lineOf(partner, (await destinations.mapOf(ctx, own(ctx), [partner.id])).get(partner.id))

function requireAddress({ road, address }: NewDestination): void {
  const isRight = road === 'http' ? isPostable(address) : hostAndPort(address) !== undefined
  if (isRight) return
  const problem = road === 'http' ? 'is no http(s) address' : 'is no host:port'
  refuse('invalid', 'interop.bad-destination', { fields: [{ path: 'destination.address', problem }] })
}

/** What was left out stays, what is empty goes. */
const kept = (said: string | undefined, before: string | null | undefined): string | null =>
  said === undefined ? (before ?? null) : said || null

/** A new address is tried at once; what waits goes there. */
async function setDestination(ctx: Ctx, partnerId: string, wanted: NewDestination): Promise<void> {
  requireAddress(wanted)
  const institutionId = own(ctx)
  const before = await destinations.lock(ctx, institutionId, partnerId)
  const { authorization, authority, ...facts } = wanted
  await destinations.put(ctx, {
    ...{ institutionId, partnerId, ...facts, since: ctx.now, nextTryAt: ctx.now, heldUntil: null },
    authority: kept(authority, before?.authority),
    authorizationSealed: kept(authorization && seal(authorization), before?.authorizationSealed),
    ...{ tries: 0, failingSince: null, problem: null },
  })
  await sendSoon(ctx, institutionId, partnerId)
}

/** Who speaks HL7 v2 with us, and where they listen. */
export const partnerActions: Pick<
  Actions<typeof messageApi>,
  'listPartners' | 'addPartner' | 'setDestination' | 'sendNow' | 'endPartner'
> = {
  async listPartners(ctx, { query }) {
    const { items, total } = await partners.list(ctx, own(ctx), query)
    const ids = items.map(({ id }) => id)
    const found = await destinations.mapOf(ctx, own(ctx), ids)
    return { items: items.map((one) => lineOf(one, found.get(one.id))), total }
  },

  async addPartner(ctx, { body }) {
    const client = await clientActor(ctx, body.clientId)
    if (client?.institutionId !== own(ctx)) refuse('invalid', 'interop.no-such-client')
    const partner = { ...body, institutionId: own(ctx), id: ctx.id(), addedAt: ctx.now }
    if (!(await partners.add(ctx, partner))) refuse('conflict', 'interop.facility-taken')
    return lineOf(partner, undefined)
  },

  async setDestination(ctx, { params, body }) {
    const partner = await partners.lock(ctx, own(ctx), params.id)
    if (body.destination) await setDestination(ctx, partner.id, body.destination)
    else {
      await destinations.strand(ctx, own(ctx), partner.id, 'interop.no-destination')
      await destinations.remove(ctx, own(ctx), partner.id)
    }
    return readLine(ctx, partner)
  },

  async sendNow(ctx, { params }) {
    const partner = await partners.lock(ctx, own(ctx), params.id)
    const destination = await destinations.lock(ctx, own(ctx), partner.id)
    if (!destination) return refuse('conflict', 'interop.no-destination')
    await destinations.change(ctx, destination, { nextTryAt: ctx.now })
    await sendSoon(ctx, own(ctx), partner.id)
    return readLine(ctx, partner)
  },

  async endPartner(ctx, { params }) {
    const partner = await partners.lock(ctx, own(ctx), params.id)
    await destinations.strand(ctx, own(ctx), partner.id, 'interop.no-destination')
    await destinations.remove(ctx, own(ctx), partner.id)
    await partners.end(ctx, partner)
    return lineOf(partner, undefined)
  },
}
