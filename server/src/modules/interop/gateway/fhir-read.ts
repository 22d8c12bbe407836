/** What a FHIR server answered: a resource, or why there is none. */
export type FhirRead = { readonly resource: unknown } | { readonly problem: string }

/** How a server is asked: with which token, until when, and for how many bytes at most. */
export interface Asking {
  readonly token: string | undefined
  readonly signal: AbortSignal
  readonly bytesMax: number
}

/** The text of an answer; undefined where it is longer than that. It is not read further then. */
async function textOf(answer: Response, bytesMax: number): Promise<string | undefined> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of answer.body ?? []) {
    length += part.byteLength
    if (length > bytesMax) return undefined
    parts.push(part)
  }
  return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(parts))
}

/** Reads one address of a FHIR server. No redirect is followed: only the registered server is asked. */
export async function readFhir(url: string, { token, signal, bytesMax }: Asking): Promise<FhirRead> {
  const headers = {
    accept: 'application/fhir+json',
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  }
  try {
    const answer = await fetch(url, { headers, redirect: 'manual', signal })
    if (answer.status !== 200) {
      await answer.body?.cancel()
      return { problem: `interop.fhir-server-answered-${answer.status}` }
    }
    const text = await textOf(answer, bytesMax)
    return text === undefined
      ? { problem: 'interop.fhir-answer-too-large' }
      : { resource: JSON.parse(text) as unknown }
  } catch (error) {
    return { problem: problemOf(error) }
  }
}

function problemOf(error: unknown): string {
  if (error instanceof Error && error.name === 'TimeoutError') return 'interop.fhir-server-late'
  if (error instanceof SyntaxError) return 'interop.fhir-answer-unreadable'
  const isText = (error as { code?: unknown }).code === 'ERR_ENCODING_INVALID_ENCODED_DATA'
  return isText ? 'interop.fhir-answer-unreadable' : 'interop.fhir-server-away'
}
