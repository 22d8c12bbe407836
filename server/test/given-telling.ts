import { clientToken, givenClient, givenStaff } from './given-identity.ts'
import { answerTo, givenMllpPartner, type MllpPartner } from './given-mllp-partner.ts'
import { type Answer, type ReferralRegion, referralRegion } from './given-referral.ts'

type Headers = Readonly<Record<string, string>>
export type KnownClient = Awaited<ReturnType<typeof givenClient>>

/** A message of ours as the console lists it. */
export interface Sent {
  readonly id: string
  readonly kind: string
  readonly state: string
  readonly controlId: string
  readonly problem: { code: string; place: string; text: string } | null
}

/** A region in which the hospital's system listens over MLLP and is told of referrals. */
export interface Telling {
  readonly g: ReferralRegion
  his: MllpPartner
  /** Signs for the hospital's IT department. */
  readonly it: Headers
  readonly partnerId: string
  readonly hospital: KnownClient
  readonly centre: KnownClient
  readonly addPartner: (headers: Headers, facility: string, clientId: string) => Promise<string>
  readonly setDestination: (destination: object | null, who?: Headers, partnerId?: string) => Promise<Answer>
  readonly listenAt: (address: string, more?: object) => Promise<void>
  /** What runs by itself: what happened is heard, and what is due is sent. */
  readonly turn: () => Promise<void>
  /** Nothing waits, nothing was heard, and the partner says yes. */
  readonly afresh: () => Promise<void>
  readonly submitted: () => Promise<{ id: string; number: string }>
  readonly accept: (id: string) => Promise<Answer>
  readonly outgoing: (query?: string) => Promise<Sent[]>
  // biome-ignore lint/suspicious/noExplicitAny: tests read what they expect
  readonly destinationNow: () => Promise<any>
  /** Tokens do not outlive what these tests do to the clock. */
  readonly signed: (client: KnownClient) => Promise<Headers>
  readonly close: () => Promise<void>
}

const must = (answer: Answer): Answer => {
  if (answer.status !== 200) throw new Error(`${answer.status} ${JSON.stringify(answer.json)}`)
  return answer
}

export const destinationAt = (address: string, more: object = {}) => ({
  ...{ road: 'mllp', address, secured: false, charset: 'gb18030', timeoutSeconds: 1, ...more },
})

export async function givenTelling(): Promise<Telling> {
  const g = await referralRegion()
  const it = (await givenStaff(g.world, g.hospital, ['it'])).headers
  await g.world.sql(`update identity.session set until = '2036-01-01', seen_at = '2035-01-01'`)
  const hospital = await givenClient(g.world, g.hospital)
  const addPartner = async (headers: Headers, facility: string, clientId: string) => {
    const body = { name: facility, facility, application: 'HIS', clientId, charset: null }
    return must(await g.ask('POST', '/message-partners', { headers, body })).json.id as string
  }
  const partnerId = await addPartner(it, 'HIS-B', hospital.id)
  const setDestination = (destination: object | null, who = it, of = partnerId) =>
    g.ask('POST', `/message-partners/${of}/destination`, { headers: who, body: { destination } })
  const turn = async () => {
    await g.world.deliver()
    const due = await g.world.sql<{ institution_id: string; partner_id: string }>(
      'select institution_id, partner_id from interop.destination',
    )
    for (const { institution_id: institutionId, partner_id: of } of due)
      await g.world.runJob('interop.send-messages', { institutionId, partnerId: of })
  }
  const telling: Telling = {
    ...{ g, it, hospital, partnerId, addPartner, setDestination, turn },
    his: await givenMllpPartner({ charset: 'gb18030' }),
    centre: await givenClient(g.world, g.centre),
    async listenAt(address, more = {}) {
      must(await setDestination(destinationAt(address, more)))
    },
    async afresh() {
      telling.his.answers = answerTo('AA')
      must(await g.ask('POST', `/message-partners/${partnerId}/send`, { headers: it, body: {} }))
      await turn()
      telling.his.received.length = 0
    },
    async submitted() {
      const { json } = await g.post('gp', '/referrals', g.draftBody())
      must(await g.post('gp', `/referrals/${json.id}/submit`))
      return { id: json.id, number: json.number }
    },
    accept: (id) => g.post('clerk', `/referrals/${id}/accept`, { arrangement: g.arrangement() }),
    outgoing: async (query = '') =>
      (await g.ask('GET', `/messages?direction=out${query}`, { headers: it })).json.items,
    destinationNow: async () =>
      (await g.ask('GET', '/message-partners', { headers: it })).json.items.find(
        (one: { id: string }) => one.id === partnerId,
      ).destination,
    signed: async (client) => ({ authorization: `Bearer ${await clientToken(g.world, client)}` }),
    async close() {
      await telling.his.close()
      await g.world.close()
    },
  }
  await telling.listenAt(telling.his.address)
  return telling
}
