import { readdirSync, readFileSync } from 'node:fs'
import net from 'node:net'
import { join } from 'node:path'
import iconv from 'iconv-lite'

const folder = join(import.meta.dirname, 'material/hl7v2')

/** Messages that other systems wrote (FHIR-Converter, MIT), as bytes. */
export const hl7Files: readonly string[] = readdirSync(folder).filter((name) => name.endsWith('.hl7'))
export const hl7File = (name: string): Buffer => readFileSync(join(folder, name))

/** A message of a Chinese hospital's system; fields of segments as they are given. */
export const hl7 = (
  kind: string,
  controlId: string,
  segments: readonly string[],
  { facility = 'HIS-A', charset = 'UNICODE UTF-8' } = {},
): string =>
  [
    `MSH|^~\\&|HIS|${facility}|TONGMAI|ALLIANCE|20261123080000||${kind}|${controlId}|P|2.5.1||||||${charset}`,
    ...segments,
    '',
  ].join('\r')

export const inGb18030 = (text: string): Buffer => iconv.encode(text, 'gb18030')

/** One connection that speaks MLLP. */
export async function mllp(port: number) {
  const socket = net.connect(port, '127.0.0.1')
  await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject))
  let held = Buffer.alloc(0)
  const waiting: ((answer: Buffer | null) => void)[] = []
  socket.on('data', (piece) => {
    held = Buffer.concat([held, Buffer.from(piece as Buffer)])
    for (let end = held.indexOf(0x1c); end >= 0; end = held.indexOf(0x1c)) {
      waiting.shift()?.(Buffer.from(held.subarray(1, end)))
      held = held.subarray(end + 2)
    }
  })
  socket.on('error', () => {})
  socket.on('close', () => {
    for (const tell of waiting.splice(0)) tell(null)
  })
  const write = (bytes: Uint8Array) => socket.write(bytes)
  /** The answer to a message; null where the connection was closed instead. */
  const send = (message: string | Buffer): Promise<Buffer | null> =>
    new Promise((resolve) => {
      waiting.push(resolve)
      write(
        Buffer.concat([
          Buffer.from([0x0b]),
          typeof message === 'string' ? Buffer.from(message) : message,
          Buffer.from([0x1c, 0x0d]),
        ]),
      )
    })
  const closed = () =>
    new Promise<void>((resolve) => (socket.destroyed ? resolve() : socket.once('close', () => resolve())))
  return { send, write, closed, end: () => socket.destroy() }
}
