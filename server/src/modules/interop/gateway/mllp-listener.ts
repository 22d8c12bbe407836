import { readFileSync } from 'node:fs'
import net from 'node:net'
import tls from 'node:tls'
import { framed, openFrames } from './mllp-frame.ts'

export interface MllpOptions {
  readonly host: string
  readonly port: number
  /** Files in PEM; without them the connection is plain, which only belongs on one machine or in a VPN. */
  readonly tls?:
    | { readonly certFile: string; readonly keyFile: string; readonly caFile?: string | undefined }
    | undefined
  readonly bytesMax?: number
  readonly connectionsMax?: number
  readonly idleMs?: number
}

/** The listener as main.ts holds it. */
export interface MllpListener {
  readonly port: number
  /** Takes no more, lets what is being answered be answered, then closes. */
  readonly close: () => Promise<void>
}

/** Answers one message; throws where nothing can be said (then the connection closes and the sender tries again). */
export type Answerer = (bytes: Buffer, from: { readonly address: string }) => Promise<Buffer>

interface Log {
  readonly info: (about: object, text: string) => void
  readonly warn: (about: object, text: string) => void
}

const GRACE_MS = 8_000

/** Listens for MLLP: one message after another on each connection, limits on size, number and idleness. */
export async function listenMllp(options: MllpOptions, answer: Answerer, log: Log): Promise<MllpListener> {
  const { host, port, bytesMax = 2 * 1_048_576, connectionsMax = 64, idleMs = 300_000 } = options
  const sockets = new Set<net.Socket>()
  const busy = new Set<net.Socket>()
  let closing = false
  const serve = (socket: net.Socket): void => {
    sockets.add(socket)
    const address = socket.remoteAddress ?? ''
    const frames = openFrames(bytesMax)
    let turn: Promise<void> = Promise.resolve()
    const one = async (bytes: Buffer): Promise<void> => {
      if (closing || socket.destroyed) return
      busy.add(socket)
      try {
        const reply = framed(await answer(bytes, { address }))
        if (!socket.destroyed) socket.write(reply)
      } catch (error) {
        log.warn({ err: error, address }, 'MLLP: no answer')
        socket.destroy()
      } finally {
        busy.delete(socket)
        if (closing) socket.end()
      }
    }
    socket.setNoDelay(true)
    socket.setTimeout(idleMs, () => socket.destroy())
    socket.on('error', () => socket.destroy())
    socket.on('close', () => sockets.delete(socket))
    socket.on('data', (piece: Buffer) => {
      const whole = frames.push(piece)
      if (!whole) {
        log.warn({ address }, 'MLLP: what came is too long, or no message')
        socket.destroy()
        return
      }
      if (whole.length === 0) return
      // Nothing more is read while these wait: a sender cannot fill the memory.
      socket.pause()
      for (const bytes of whole) turn = turn.then(() => one(bytes))
      void turn.then(() => socket.resume())
    })
  }
  const server = options.tls
    ? tls.createServer(secured(options.tls), serve)
    : net.createServer({ keepAlive: true }, serve)
  server.maxConnections = connectionsMax
  server.on('tlsClientError', () => {})
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => resolve())
  })
  server.on('error', (error) => log.warn({ err: error }, 'MLLP'))
  const close = async (): Promise<void> => {
    closing = true
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    for (const socket of sockets) if (!busy.has(socket)) socket.end()
    const timer = setTimeout(() => {
      for (const socket of sockets) socket.destroy()
    }, GRACE_MS)
    // Whoever is idle and does not close is not waited for.
    for (const socket of sockets) if (!busy.has(socket)) socket.destroySoon()
    await closed
    clearTimeout(timer)
  }
  const { port: bound } = server.address() as net.AddressInfo
  log.info({ port: bound, secured: Boolean(options.tls) }, 'MLLP: listening')
  return { port: bound, close }
}

/** With a CA a sender has to show a certificate of its own. */
const secured = ({ certFile, keyFile, caFile }: NonNullable<MllpOptions['tls']>): tls.TlsOptions => ({
  cert: readFileSync(certFile),
  key: readFileSync(keyFile),
  minVersion: 'TLSv1.2',
  ...(caFile ? { ca: readFileSync(caFile), requestCert: true, rejectUnauthorized: true } : {}),
})
