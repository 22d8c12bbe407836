import type { Answered } from './mllp-call.ts'

const ANSWER_BYTES_MAX = 1_048_576

export interface HttpAddress {
  readonly url: string
  readonly authorization: string | null
  readonly charset: string
}

/** Posts one message; the body that comes back is its answer. No redirect is followed. */
export async function postHl7(address: HttpAddress, bytes: Buffer, timeoutMs: number): Promise<Answered> {
  const { url, authorization, charset } = address
  const headers = {
    'content-type': `application/hl7-v2; charset=${charset}`,
    ...(authorization ? { authorization } : {}),
  }
  try {
    const signal = AbortSignal.timeout(timeoutMs)
    const body = new Uint8Array(bytes)
    const answer = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal })
    if (answer.ok) return await within(answer)
    await answer.body?.cancel()
    return { bytes: null, problem: `interop.receiver-answered-${answer.status}` }
  } catch (error) {
    const isLate = error instanceof Error && error.name === 'TimeoutError'
    return { bytes: null, problem: isLate ? 'interop.receiver-late' : 'interop.receiver-away' }
  }
}

/** The body, as far as it is no longer than an answer may be. */
async function within(answer: Response): Promise<Answered> {
  const pieces: Uint8Array[] = []
  let length = 0
  for await (const piece of answer.body ?? []) {
    length += piece.length
    if (length > ANSWER_BYTES_MAX) return { bytes: null, problem: 'interop.unreadable-answer' }
    pieces.push(piece)
  }
  return { bytes: Buffer.concat(pieces), problem: null }
}
