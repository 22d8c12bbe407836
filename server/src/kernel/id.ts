import { randomPart } from './random.ts'

let lastMs = 0
let counter = 0
/** Time and version of the ids of this millisecond. */
let head = ''

const counted = Array.from({ length: 0x1000 }, (_, n) => n.toString(16).padStart(3, '0'))

function begin(ms: number): void {
  lastMs = ms
  counter = 0
  const time = ms.toString(16).padStart(12, '0')
  head = `${time.slice(0, 8)}-${time.slice(8)}-7`
}

/** A new UUIDv7 (RFC 9562): sorts by time, and within one millisecond of one process by a 12-bit counter. */
export function uuidv7(): string {
  const ms = Date.now()
  if (ms > lastMs) begin(ms)
  else if (counter < 0xfff) counter += 1
  else begin(lastMs + 1)
  const random = randomPart(8)
  // The variant is in the first two bits.
  random[0] = ((random[0] ?? 0) & 0x3f) | 0x80
  const text = random.toString('hex')
  return `${head}${counted[counter]}-${text.slice(0, 4)}-${text.slice(4)}`
}
