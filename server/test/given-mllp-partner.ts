import { once } from 'node:events'
import net, { type AddressInfo, type Socket } from 'node:net'
import tls from 'node:tls'
import iconv from 'iconv-lite'

/** What the other side answers to a message: the text of the answer, or nothing at all. */
export type Answering = (message: string) => string | null

/** A hospital's own system: takes HL7 v2 over MLLP and answers as it is told to. */
export interface MllpPartner {
  readonly address: string
  /** Every message, as it came. */
  readonly received: string[]
  answers: Answering
  readonly close: () => Promise<void>
}

export const fieldOf = (message: string, name: string, number: number): string => {
  const line = message.split('\r').find((one) => one.startsWith(`${name}|`)) ?? ''
  const fields = line.split('|')
  return fields[name === 'MSH' ? number - 1 : number] ?? ''
}

/** An acknowledgement of a message, with more segments where they are given. */
export const answerTo = (code: string, more: readonly string[] = [], type = 'ACK'): Answering => {
  let answers = 0
  return (message) =>
    [
      `MSH|^~\\&|HIS|OTHER|TONGMAI|ALLIANCE|20261123090000||${type}|ANS-${Date.now()}-${++answers}|P|2.5.1`,
      `MSA|${code}|${fieldOf(message, 'MSH', 10)}`,
      ...more,
      '',
    ].join('\r')
}

/** Starts one, on a port of its own or on the one it had before; `secured` makes it speak TLS. */
export async function givenMllpPartner(
  { port = 0, charset = 'utf8' }: { port?: number; charset?: string } = {},
  secured?: { key: string; cert: string },
): Promise<MllpPartner> {
  const sockets = new Set<Socket>()
  const serve = (socket: Socket): void => {
    sockets.add(socket)
    let held = Buffer.alloc(0)
    socket.on('error', () => {})
    socket.on('data', (piece: Buffer) => {
      held = Buffer.concat([held, piece])
      const end = held.indexOf(0x1c)
      if (end < 0) return
      const message = iconv.decode(Buffer.from(held.subarray(held.indexOf(0x0b) + 1, end)), charset)
      partner.received.push(message)
      const answer = partner.answers(message)
      if (answer === null) return
      socket.write(
        Buffer.concat([Buffer.from([0x0b]), iconv.encode(answer, charset), Buffer.from([0x1c, 0x0d])]),
      )
    })
  }
  const server = secured ? tls.createServer(secured, serve) : net.createServer(serve)
  server.on('tlsClientError', () => {})
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const partner: MllpPartner = {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    received: [],
    answers: answerTo('AA'),
    close: async () => {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
  return partner
}
