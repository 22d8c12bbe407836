import { pipeline, Transform } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import { refuse } from '../../../kernel/refusal.ts'

const ways: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
}

/** Bodies may come packed: unpacked they are held against the same limits. What is packed in another way is 415. */
export function unpackBodies(fhir: FastifyInstance): void {
  fhir.addHook('preParsing', (request, _reply, payload, done) => {
    const encoding = request.headers['content-encoding']
    if (encoding === undefined) return done(null, payload)
    const said = String(encoding).trim().toLowerCase()
    if (said === 'identity') return done(null, payload)
    const way = Object.hasOwn(ways, said) ? ways[said] : undefined
    if (!way) return refuse('unsupported', 'interop.packed-otherwise', { details: { encoding: said } })
    const counted = Object.assign(new Transform({ transform }), { receivedEncodedLength: 0 })
    payload.on('data', (chunk: Buffer) => {
      counted.receivedEncodedLength += chunk.length
    })
    // What does not unpack ends the stream with its error, which is answered 400.
    pipeline(payload, way(), counted, () => {})
    return done(null, counted)
  })
}

const transform = (chunk: Buffer, _encoding: BufferEncoding, done: (error: null, data: Buffer) => void) =>
  done(null, chunk)
