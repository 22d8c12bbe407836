import { type Context, prefetch, queryOf } from '../cds-prefetch.ts'
import { readFhir } from '../gateway/fhir-read.ts'
import { isBelow } from '../receiver.ts'

const TIMEOUT_MS = 3_000
const BYTES_MAX = 2 * 1024 * 1024

/** What a hook says of where the rest can be read, and what it brought. */
export interface Given {
  readonly fhirServer?: string | null | undefined
  readonly fhirAuthorization?: { readonly access_token: string } | null | undefined
  readonly prefetch?: Readonly<Record<string, unknown>> | null | undefined
  readonly context: Context
}

/** What is known after asking: what came and what was read, and by key why something was not to be had. */
export interface Fetched {
  readonly given: Readonly<Record<string, unknown>>
  readonly problems: Readonly<Record<string, string>>
}

/** The templates of the discovery for which a hook brought nothing; null was looked for there and is not. */
const missingIn = ({ prefetch: given, context }: Given): (readonly [key: string, query: string])[] =>
  Object.entries(prefetch).flatMap(([key, template]) => {
    const query = Object.hasOwn(given ?? {}, key) ? undefined : queryOf(template, context)
    return query === undefined ? [] : [[key, query] as const]
  })

/**
 * Reads what a hook did not bring from the FHIR server it names, where that lies below one registered for its client:
 * the declared templates and nothing else, all within three seconds. Whatever does not come is named and left out.
 */
export async function fetchMissing(hook: Given, servers: readonly string[]): Promise<Fetched> {
  const given = hook.prefetch ?? {}
  const missing = hook.fhirServer ? missingIn(hook) : []
  if (!hook.fhirServer || missing.length === 0) return { given, problems: {} }
  const base = hook.fhirServer.replace(/\/*$/, '')
  if (!isBelow(servers, base) || /[?#]/.test(base)) {
    const problems = missing.map(([key]) => [key, 'interop.fhir-server-not-registered'] as const)
    return { given, problems: Object.fromEntries(problems) }
  }
  const asking = {
    ...{ token: hook.fhirAuthorization?.access_token, bytesMax: BYTES_MAX },
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }
  const all = await Promise.all(
    missing.map(async ([key, query]) => [key, await readFhir(`${base}/${query}`, asking)] as const),
  )
  return {
    given: {
      ...given,
      ...Object.fromEntries(all.flatMap(([key, one]) => ('resource' in one ? [[key, one.resource]] : []))),
    },
    problems: Object.fromEntries(all.flatMap(([key, one]) => ('problem' in one ? [[key, one.problem]] : []))),
  }
}
