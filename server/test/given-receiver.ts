import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

interface Part {
  readonly name: string
  readonly part?: readonly Part[]
  readonly [value: `value${string}`]: unknown
}

/** A notification as it came in. */
export interface Received {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  /** As it was sent. */
  readonly text: string
  readonly body: {
    type: string
    entry: {
      fullUrl: string
      resource?: Record<string, unknown>
      request: { method: string; url: string }
    }[]
  }
  readonly kind: string
  readonly numbers: readonly number[]
  /** `Type/id` of what each event is about; undefined where that is not said. */
  readonly focuses: readonly (string | undefined)[]
  /** The resources that came along. */
  readonly resources: readonly Record<string, unknown>[]
}

export interface Receiver {
  readonly url: string
  readonly received: Received[]
  /** What is answered from now on; `null` hangs up. */
  answers: number | null
  readonly close: () => Promise<void>
}

const textOf = (part: Part | undefined): string =>
  String(Object.entries(part ?? {}).find(([name]) => name.startsWith('value'))?.[1] ?? '')

function readNotification(headers: Received['headers'], text: string): Received {
  const body = JSON.parse(text) as Received['body']
  const [status, ...others] = body.entry
  const parameters = (status?.resource?.parameter ?? []) as readonly Part[]
  const events = parameters.filter(({ name }) => name === 'notification-event').map(({ part = [] }) => part)
  const within = (part: readonly Part[], name: string) => part.find((one) => one.name === name)
  return {
    headers,
    text,
    body,
    kind: textOf(parameters.find(({ name }) => name === 'type')),
    numbers: events.map((part) => Number(textOf(within(part, 'event-number')))),
    focuses: events.map((part) => {
      const { reference } = (within(part, 'focus')?.valueReference ?? {}) as { reference?: string }
      return reference?.replace(/^.*\/fhir\/R4\//, '')
    }),
    resources: others.flatMap(({ resource }) => (resource ? [resource] : [])),
  }
}

/** A server on a free port that takes notifications, as a hospital's own system would. */
export async function givenReceiver(): Promise<Receiver> {
  const received: Received[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      if (receiver.answers === null) {
        request.socket.destroy()
        return
      }
      if (receiver.answers < 300)
        received.push(readNotification(request.headers, Buffer.concat(chunks).toString()))
      response.writeHead(receiver.answers, { location: '/elsewhere' }).end()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    answers: 200,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  return receiver
}
