import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { connect, type IPublishPacket, type MqttClient } from 'mqtt'

export interface MqttOptions {
  readonly url: string
  readonly user: string | undefined
  readonly password: string | undefined
  /** Files in PEM: whom to trust, and how to show who we are. */
  readonly caFile: string | undefined
  readonly certFile: string | undefined
  readonly keyFile: string | undefined
  /** The name of this process at the broker, which keeps its messages while it is away; no two may share one. */
  readonly clientId: string
  /** What the topics begin with: `<prefix>/<serial>/readings`. */
  readonly prefix: string
}

export interface DeviceMessage {
  readonly topic: string
  readonly bytes: Buffer
}

/** The subscription as main.ts holds it. */
export interface MqttSubscription {
  /** Takes no more, lets what is being taken be committed and acknowledged, then leaves. */
  readonly close: () => Promise<void>
  /** Resolves once the broker hands out messages here. */
  readonly subscribed: Promise<void>
}

/** Commits these messages; throws where they cannot be kept now (then they are tried again, unacknowledged). */
export type Taker = (messages: readonly DeviceMessage[]) => Promise<void>

interface Log {
  readonly info: (about: object, text: string) => void
  readonly warn: (about: object, text: string) => void
}

interface Waiting extends DeviceMessage {
  readonly messageId: number | undefined
  /** Of which connection: an acknowledgement on another one would mean another message. */
  readonly connection: number
}

const AWAY_SECONDS = 7 * 24 * 3600
const IN_FLIGHT = 500
const BYTES_MAX = 2 * 1_048_576
const AT_ONCE_BYTES = 1_048_576
const PAUSE_MS = 1_000

/**
 * Subscribes to what devices publish (MQTT 5, QoS 1), together with every other process of this installation: the broker
 * hands each message to one of them. What waits is taken in one go, and acknowledged only when it has been committed; what
 * is not acknowledged when the connection breaks comes again.
 */
export function subscribe(options: MqttOptions, take: Taker, log: Log): MqttSubscription {
  const client = connect(options.url, settingsOf(options))
  const { promise: subscribed, resolve: onSubscribed } = Promise.withResolvers<void>()
  const waiting: Waiting[] = []
  let connection = 0
  let closing = false
  let working: Promise<void> | undefined
  const acknowledge = (messages: readonly Waiting[]): void => {
    for (const one of messages)
      if (one.messageId !== undefined && one.connection === connection && client.connected)
        sendPuback(client, one.messageId)
  }
  const work = async (): Promise<void> => {
    while (waiting.length > 0 && !closing) {
      const some = waiting.splice(0, howMany(waiting))
      try {
        await take(some)
        acknowledge(some)
      } catch (error) {
        log.warn({ err: error, messages: some.length }, 'MQTT: not kept, tried again')
        waiting.unshift(...some)
        await sleep(PAUSE_MS)
      }
    }
    working = undefined
  }
  client.handleMessage = (packet, go) => {
    waiting.push({ topic: packet.topic, bytes: bytesOf(packet), messageId: packet.messageId, connection })
    // An error here means to the client: not acknowledged by you. The next packet is read all the same.
    go(new Error('acknowledged after its commit'))
    working ??= work()
  }
  client.on('connect', () => {
    connection += 1
    client.subscribe(`$share/tongmai/${options.prefix}/+/readings`, { qos: 1 }, (error) => {
      if (error) return log.warn({ err: error }, 'MQTT: cannot subscribe')
      log.info({ broker: new URL(options.url).host }, 'MQTT: subscribed')
      onSubscribed()
    })
  })
  client.on('error', (error) => log.warn({ err: error }, 'MQTT'))
  client.on('close', () => {
    if (!closing) log.warn({}, 'MQTT: not connected, tried again')
  })
  const close = async (): Promise<void> => {
    closing = true
    await working
    await client.endAsync()
  }
  return { close, subscribed }
}

const bytesOf = ({ payload }: IPublishPacket): Buffer =>
  typeof payload === 'string' ? Buffer.from(payload) : payload

/** How many from the front are taken in one transaction: as many as fit its size, at least one. */
function howMany(waiting: readonly Waiting[]): number {
  let bytes = 0
  const over = waiting.findIndex((one) => {
    bytes += one.bytes.length
    return bytes > AT_ONCE_BYTES
  })
  return over === -1 ? waiting.length : Math.max(1, over)
}

/** The client acknowledges by itself before anything is kept, or not at all; this is how it would. */
const sendPuback = (client: MqttClient, messageId: number): void =>
  // biome-ignore lint/complexity/useLiteralKeys: private to the client's own code
  client['_sendPacket']({ cmd: 'puback', messageId, reasonCode: 0 })

const settingsOf = (options: MqttOptions) => ({
  ...{ protocolVersion: 5 as const, clean: false, clientId: options.clientId, resubscribe: false },
  ...{ reconnectPeriod: 2_000, keepalive: 30, connectTimeout: 10_000 },
  properties: {
    ...{ sessionExpiryInterval: AWAY_SECONDS, receiveMaximum: IN_FLIGHT, maximumPacketSize: BYTES_MAX },
  },
  ...(options.user ? { username: options.user } : {}),
  ...(options.password ? { password: options.password } : {}),
  ...(options.caFile ? { ca: readFileSync(options.caFile) } : {}),
  ...(options.certFile ? { cert: readFileSync(options.certFile) } : {}),
  ...(options.keyFile ? { key: readFileSync(options.keyFile) } : {}),
})
