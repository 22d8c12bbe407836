import { crc32, deflateSync } from 'node:zlib'

const WIDTH = 900
const HEIGHT = 220
const GRID = 20
const BEAT = 150

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}

const bump = (x: number, at: number, wide: number, high: number): number =>
  high * Math.exp(-(((x - at) / wide) ** 2))

/** How high the trace stands above its line: P, QRS and T of each beat. */
function trace(x: number): number {
  const beat = x % BEAT
  const qrs = bump(beat, 55, 2.5, -12) + bump(beat, 60, 2.5, 110) + bump(beat, 66, 3, -26)
  return bump(beat, 34, 7, 12) + qrs + bump(beat, 100, 14, 24)
}

function shade(x: number, y: number): number {
  const line = HEIGHT * 0.68
  const [one, next] = [line - trace(x), line - trace(x + 1)]
  if (y >= Math.min(one, next) - 1 && y <= Math.max(one, next) + 1) return 20
  return x % GRID === 0 || y % GRID === 0 ? 205 : 250
}

/** A strip of an electrocardiogram as somebody scanned it: a PNG in grey. */
export function scannedStrip(): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(WIDTH, 0)
  head.writeUInt32BE(HEIGHT, 4)
  head.set([8, 0, 0, 0, 0], 8)
  const rows = Array.from({ length: HEIGHT }, (_, y) =>
    Buffer.from([0, ...Array.from({ length: WIDTH }, (__, x) => shade(x, y))]),
  )
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}
