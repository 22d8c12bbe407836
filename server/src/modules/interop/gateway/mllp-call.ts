import net from 'node:net'
import tls from 'node:tls'
import { framed, openFrames } from './mllp-frame.ts'

/** What came of a call: the answer's bytes, or why there is none. */
export interface Answered {
  readonly bytes: Buffer | null
  readonly problem: string | null
}

export interface MllpAddress {
  readonly host: string
  readonly port: number
  /** TLS; `authority` is the certificate (PEM) of who vouches for the other side, null: whom the machine knows. */
  readonly tls: { readonly authority: string | null } | null
}

const ANSWER_BYTES_MAX = 1_048_576

const connect = ({ host, port, tls: secured }: MllpAddress): net.Socket => {
  if (!secured) return net.connect({ host, port })
  const known = secured.authority ? { ca: secured.authority } : {}
  const named = net.isIP(host) === 0 ? { servername: host } : {}
  return tls.connect({ host, port, minVersion: 'TLSv1.2', ...known, ...named })
}

/** Sends one message over a connection of its own and waits for the first frame that comes back. */
export function callMllp(address: MllpAddress, bytes: Buffer, timeoutMs: number): Promise<Answered> {
  return new Promise((resolve) => {
    const socket = connect(address)
    const frames = openFrames(ANSWER_BYTES_MAX)
    const end = (answer: Buffer | null, problem: string | null): void => {
      clearTimeout(timer)
      socket.destroy()
      resolve({ bytes: answer, problem })
    }
    const timer = setTimeout(() => end(null, 'interop.receiver-late'), timeoutMs)
    socket.once(address.tls ? 'secureConnect' : 'connect', () => socket.write(framed(bytes)))
    socket.on('data', (piece: Buffer) => {
      const whole = frames.push(piece)
      if (!whole) end(null, 'interop.unreadable-answer')
      else if (whole[0]) end(whole[0], null)
    })
    socket.once('error', (error: NodeJS.ErrnoException) => {
      const isDistrusted = address.tls && /CERT|SSL|TLS|SELF_SIGNED|VERIFY/.test(error.code ?? '')
      end(null, isDistrusted ? 'interop.receiver-not-trusted' : 'interop.receiver-away')
    })
    socket.once('close', () => end(null, 'interop.receiver-hung-up'))
  })
}
