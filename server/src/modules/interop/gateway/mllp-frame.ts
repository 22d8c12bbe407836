/** The frame of MLLP (HL7 v2, Transport Specification): one byte before a message, two after it. */
const START = 0x0b
const END = 0x1c
const CR = 0x0d

export const framed = (bytes: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from([START]), bytes, Buffer.from([END, CR])])

/** What has come in so far of one connection. */
export interface Frames {
  /** The messages that are whole after this piece; null where a frame or the noise between frames is too long. */
  readonly push: (piece: Buffer) => Buffer[] | null
}

const ending = Buffer.from([END, CR])

/** The first message in what is held, and what follows it; undefined while it is not whole. */
function firstIn(held: Buffer): { message: Buffer; rest: Buffer } | undefined {
  const end = held.indexOf(ending)
  if (end < 0) return undefined
  return { message: Buffer.from(held.subarray(1, end)), rest: held.subarray(end + ending.length) }
}

/** Cuts a stream into messages. Noise between frames is skipped, no more of it than one message may be long. */
export function openFrames(bytesMax: number): Frames {
  let held: Buffer = Buffer.alloc(0)
  let noise = 0
  /** What stands before the next message is noise. */
  const skip = (): void => {
    const start = held.indexOf(START)
    const upTo = start < 0 ? held.length : start
    noise += upTo
    held = held.subarray(upTo)
  }
  const push = (piece: Buffer): Buffer[] | null => {
    held = Buffer.concat([held, piece])
    const whole: Buffer[] = []
    skip()
    for (let next = firstIn(held); next; next = firstIn(held)) {
      whole.push(next.message)
      held = next.rest
      skip()
    }
    const longest = Math.max(noise, held.length, ...whole.map((one) => one.length))
    return longest > bytesMax ? null : whole
  }
  return { push }
}
