import { randomPart } from './random.ts'

let lastMs = 0
let counter = 0
const hex = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, '0'))

/** A new UUIDv7 (RFC 9562): sorts by time, and within one millisecond of one process by a 12-bit counter. */
export function uuidv7(): string {
  let ms = Date.now()
  if (ms <= lastMs) {
    counter += 1
    if (counter > 0xfff) {
      lastMs += 1
      counter = 0
    }
    ms = lastMs
  } else {
    lastMs = ms
    counter = 0
  }
  const time = ms.toString(16).padStart(12, '0')
  const tail = randomPart(8)
  let random = ''
  for (let i = 0; i < 8; i++) random += hex[i === 0 ? ((tail[0] ?? 0) & 0x3f) | 0x80 : (tail[i] ?? 0)]
  const count = counter.toString(16).padStart(3, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${count}-${random.slice(0, 4)}-${random.slice(4)}`
}
