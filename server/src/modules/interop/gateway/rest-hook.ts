/** What came of a call; `status` is null where nobody answered. */
export interface Called {
  readonly status: number | null
  readonly problem: string | null
  readonly tookMs: number
}

/** Posts a notification to its receiver. No redirect is followed: only the registered address is called. */
export async function callHook(
  url: string,
  call: { readonly body: string; readonly headers: readonly string[]; readonly timeoutMs: number },
): Promise<Called> {
  const begun = performance.now()
  const tookMs = () => Math.round(performance.now() - begun)
  const headers = new Headers({ 'content-type': 'application/fhir+json' })
  for (const line of call.headers) {
    const at = line.indexOf(':')
    headers.append(line.slice(0, at), line.slice(at + 1).trim())
  }
  try {
    const signal = AbortSignal.timeout(call.timeoutMs)
    const answer = await fetch(url, { method: 'POST', headers, body: call.body, redirect: 'manual', signal })
    await answer.body?.cancel()
    const problem = answer.ok ? null : `interop.receiver-answered-${answer.status}`
    return { status: answer.status, problem, tookMs: tookMs() }
  } catch (error) {
    const isLate = error instanceof Error && error.name === 'TimeoutError'
    return {
      status: null,
      problem: isLate ? 'interop.receiver-late' : 'interop.receiver-away',
      tookMs: tookMs(),
    }
  }
}
