import { randomUUID } from 'node:crypto'

let lastMs = 0
let counter = 0

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
  const count = counter.toString(16).padStart(3, '0')
  // Variant and random bits lie where those of a random UUID do.
  return `${time.slice(0, 8)}-${time.slice(8)}-7${count}${randomUUID().slice(18)}`
}
