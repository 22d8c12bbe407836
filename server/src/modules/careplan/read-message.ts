import { batch } from '@tongmai/api/careplan/reading'
import * as z from 'zod/mini'

/** A message of a device as the broker hands it over. */
export interface Message {
  readonly topic: string
  readonly bytes: Buffer
}

export type ReadMessage =
  | { readonly serial: string; readonly token: string; readonly readings: readonly unknown[] }
  | { readonly serial: string | null; readonly problem: string }

const BYTES_MAX = 1_048_576
const TOPIC = /(?:^|\/)([^/]+)\/readings$/
const utf8 = new TextDecoder('utf-8', { fatal: true })

/** The serial number a topic names: `tongmai/<serial>/readings`. */
export const serialOf = (topic: string): string | null => TOPIC.exec(topic)?.[1] ?? null

/** What a message says, in the words of the HTTPS intake, or why it cannot be understood. `isKept` tells what a database can hold. */
export function readMessage({ topic, bytes }: Message, isKept: (value: unknown) => boolean): ReadMessage {
  const serial = serialOf(topic)
  if (bytes.length > BYTES_MAX) return { serial, problem: 'careplan.message-too-large' }
  const body = parsed(bytes)
  const read = z.safeParse(batch, body)
  if (!serial || !read.success || !isKept(body)) return { serial, problem: 'careplan.message-not-understood' }
  return { serial, ...read.data }
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(utf8.decode(bytes))
  } catch {
    return undefined
  }
}

const SECRET = /("token"\s*:\s*")[^"]*/g

/** A message for people to look at: as text where it is text, else the bytes in hexadecimal; tokens are not shown. */
export function shownOf(bytes: Buffer, length: number): string {
  try {
    return utf8.decode(bytes).replace(SECRET, '$1…').slice(0, length)
  } catch {
    return bytes.subarray(0, length / 2).toString('hex')
  }
}
