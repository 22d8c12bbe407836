import { randomPart } from './random.ts'

let lastMs = 0
let counter = 0
/** Time and version of the ids of this millisecond. */
let head = ''

const counted = Array.from({ length: 0x1000 }, (_, n) => n.toString(16).padStart(3, '0'))
const bytes = Array.from({ length: 0x100 }, (_, n) => n.toString(16).padStart(2, '0'))

function begin(ms: number): void {
  lastMs = ms
  counter = 0
  const time = ms.toString(16).padStart(12, '0')
  head = `${time.slice(0, 8)}-${time.slice(8)}-7`
}

type Eight = readonly [number, number, number, number, number, number, number, number]

/** A new UUIDv7 (RFC 9562): sorts by time, and within one millisecond of one process by a 12-bit counter. */
export function uuidv7(): string {
  const ms = Date.now()
  if (ms > lastMs) begin(ms)
  else if (counter < 0xfff) counter += 1
  else begin(lastMs + 1)
  const [a, b, c, d, e, f, g, h] = randomPart(8) as unknown as Eight
  // The variant is in the first two bits.
  const variant = bytes[(a & 0x3f) | 0x80]
  return `${head}${counted[counter]}-${variant}${bytes[b]}-${bytes[c]}${bytes[d]}${bytes[e]}${bytes[f]}${bytes[g]}${bytes[h]}`
}
