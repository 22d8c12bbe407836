import type { Socket } from 'node:net'
import type { FastifyBaseLogger } from 'fastify'
import { bodyBelow } from './answer-error.ts'
import { uuidv7 } from './id.ts'

interface Unread {
  readonly code?: string | undefined
  /** The bytes that could not be read, where it was they. */
  readonly rawPacket?: unknown
}

const notEncoded = [400, 'Bad Request', 'kernel.address-not-encoded'] as const
const ways: Readonly<Record<string, readonly [status: number, reason: string, code: string]>> = {
  HPE_INVALID_URL: notEncoded,
  // After a blank in the address something else than HTTP/1.1 follows.
  HPE_INVALID_CONSTANT: notEncoded,
  HPE_INVALID_VERSION: notEncoded,
  HPE_HEADER_OVERFLOW: [431, 'Request Header Fields Too Large', 'kernel.headers-too-large'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'Request Timeout', 'kernel.too-slow'],
}

const firstLine = /^[A-Z]+ (\/\S*)/

/** Answers what Node could not read as a request, as it would be answered at its address, and lets the connection go. */
export function answerUnread(log: FastifyBaseLogger, error: Unread, socket: Socket): void {
  if (!socket.writable) return
  const { code: fault = '', rawPacket } = error
  const path = firstLine.exec(Buffer.isBuffer(rawPacket) ? rawPacket.toString('latin1', 0, 200) : '')?.[1]
  const way = ways[fault]
  const isAddress = way !== notEncoded || path !== undefined
  const [status, reason, code] = way && isAddress ? way : [400, 'Bad Request', 'kernel.bad-request']
  const requestId = uuidv7()
  const { type, body } = bodyBelow(path ?? '', { status, code, extra: {} }, requestId)
  log.info({ requestId, status, code }, 'refused')
  const head = [
    `HTTP/1.1 ${status} ${reason}`,
    `content-type: ${type}`,
    `content-length: ${Buffer.byteLength(body)}`,
    `x-request-id: ${requestId}`,
    'connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}
