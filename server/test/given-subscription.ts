import { asking } from './ask-fhir.ts'
import { givenClient, type Signed } from './given-identity.ts'
import { givenInstitution } from './given-network.ts'
import { givenReceiver, type Received, type Receiver } from './given-receiver.ts'
import { anObservation } from './given-record.ts'
import { givenResident } from './given-resident.ts'
import { type Region, region } from './world.ts'

/** A client that may be notified at these addresses. */
export async function givenNotified(
  world: Region,
  institutionId: string,
  { urls, scopes = ['system/*.cruds'] }: { urls: readonly string[]; scopes?: readonly string[] },
): Promise<Signed> {
  const client = await givenClient(world, institutionId, scopes)
  await world.sql('update identity.client set notify_urls = $2 where id = $1', [client.id, urls])
  return client
}

const IG = 'http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition'

export interface Wanted {
  readonly topic?: string
  readonly filters?: readonly string[]
  readonly content?: string
  readonly heartbeat?: number
  readonly maxCount?: number
  readonly header?: readonly string[]
  readonly more?: Record<string, unknown>
}

const filtersOf = ({ filters = ['Observation'] }: Wanted) =>
  filters.map((valueString) => ({ url: `${IG}/backport-filter-criteria`, valueString }))

/** A Subscription as a client would write it. */
export const aSubscription = (endpoint: string, wanted: Wanted = {}) => ({
  resourceType: 'Subscription',
  status: 'requested',
  reason: '检验结果',
  criteria: `http://127.0.0.1:8080/fhir/R4/SubscriptionTopic/${wanted.topic ?? 'resource-changed'}`,
  ...(wanted.filters?.length === 0 ? {} : { _criteria: { extension: filtersOf(wanted) } }),
  channel: {
    extension: [
      { url: `${IG}/backport-timeout`, valueUnsignedInt: 5 },
      ...(wanted.heartbeat
        ? [{ url: `${IG}/backport-heartbeat-period`, valueUnsignedInt: wanted.heartbeat }]
        : []),
      ...(wanted.maxCount ? [{ url: `${IG}/backport-max-count`, valuePositiveInt: wanted.maxCount }] : []),
    ],
    type: 'rest-hook',
    endpoint,
    payload: 'application/fhir+json',
    _payload: {
      extension: [{ url: `${IG}/backport-payload-content`, valueCode: wanted.content ?? 'id-only' }],
    },
    ...(wanted.header ? { header: wanted.header } : {}),
  },
  ...wanted.more,
})

/** One turn of the work that runs by itself: what happened is sealed, looked through, and sent. */
export async function turn(world: Region): Promise<void> {
  await world.deliver()
  await world.runJob('interop.watch-subscriptions')
  for (let round = 0; round < 10; round++) {
    const due = await world.sql<{ institution_id: string; id: string }>(
      `select institution_id, id from interop.subscription where state <> 'off'`,
    )
    for (const one of due)
      await world.runJob('interop.notify-subscriber', { institutionId: one.institution_id, id: one.id })
  }
}

/** A hospital whose client subscribes, another whose client does not, a resident of each, and a receiver. */
export interface Subscribing {
  readonly world: Region
  readonly hospital: { readonly id: string }
  readonly patient: { readonly id: string }
  readonly stranger: { readonly id: string }
  readonly writer: Signed
  readonly client: Signed
  readonly theirs: Signed
  readonly receiver: Receiver
  readonly ask: ReturnType<typeof asking>
  readonly subscribe: (wanted?: Wanted) => Promise<string>
  readonly observe: (residentId: string, more?: object, as?: Signed) => Promise<string>
  /** The Subscription as it lies in the store: tokens do not outlive what these tests do to the clock. */
  readonly stateOf: (id: string) => Promise<Record<string, unknown>>
  readonly later: (ms: number) => Promise<void>
  readonly last: () => Received | undefined
  /** Takes all subscriptions away and lets a minute go by: an event is tied to what it stored by the time of both. */
  readonly afresh: () => Promise<void>
  readonly close: () => Promise<void>
}

const begun = new Date('2026-11-26T08:00:00Z')

export async function givenSubscribing(): Promise<Subscribing> {
  const world = await region()
  await world.setNow(begun)
  const hospital = await givenInstitution(world)
  const elsewhere = await givenInstitution(world)
  const patient = await givenResident(world, hospital.id)
  const stranger = await givenResident(world, elsewhere.id, { name: '王别处', phone: '19900000003' })
  const receiver = await givenReceiver()
  const writer = await givenClient(world, hospital.id)
  const client = await givenNotified(world, hospital.id, { urls: [receiver.url] })
  const theirs = await givenClient(world, elsewhere.id)
  const ask = asking(
    () => world,
    () => client.headers,
  )
  let minutes = 0
  return {
    ...{ world, hospital, patient, stranger, writer, client, theirs, receiver, ask },
    async subscribe(wanted = {}) {
      const answer = await ask('POST', '/Subscription', { body: aSubscription(receiver.url, wanted) })
      if (answer.status !== 201) throw new Error(JSON.stringify(answer.body))
      await turn(world)
      return answer.body.id
    },
    async observe(residentId, more = {}, as = writer) {
      const body = anObservation(residentId, { ...more })
      const answer = await ask('POST', '/Observation', { body, as: as.headers })
      if (answer.status !== 201) throw new Error(JSON.stringify(answer.body))
      return answer.body.id
    },
    async stateOf(id) {
      const text = `select content from kernel.resource where type = 'Subscription' and id = $1`
      return JSON.parse((await world.sql<{ content: string }>(text, [id]))[0]?.content ?? '{}')
    },
    later: (ms) => world.setNow(new Date(world.world.now().getTime() + ms)),
    last: () => receiver.received.at(-1),
    async afresh() {
      await world.setNow(new Date(begun.getTime() + ++minutes * 60_000))
      const { entry = [] } = (await ask('GET', '/Subscription')).body
      for (const { resource } of entry) await ask('DELETE', `/Subscription/${resource.id}`)
      receiver.received.length = 0
      receiver.answers = 200
    },
    async close() {
      await world.close()
      await receiver.close()
    },
  }
}
