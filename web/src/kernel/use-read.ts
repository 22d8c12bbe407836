import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { Endpoint, Output } from '@tongmai/api/kernel'
import { type Asked, call } from './call.ts'
import type { Refused } from './refused.ts'

export interface ReadOptions {
  /** Modules (`referral`), events (`referral.accepted`) or things (`referral:<id>`) whose news make it read again. Ids in what is asked need not be named. */
  readonly live?: readonly string[]
  /** False while there is nothing to ask yet. */
  readonly when?: boolean
  /** Read again so often while the page is looked at: for figures of others, whose news are not told to us. */
  readonly everyMs?: number
  /** Shows the page before while the next one loads; for paged and filtered lists. */
  readonly keepPrevious?: boolean
}

/** The key of a read: `[method and path, what is asked, what it listens to]`. */
export const readKey = (endpoint: Endpoint, asked: unknown, live: readonly string[] = []) =>
  [`${endpoint.method} ${endpoint.path}`, asked, live] as const

/** Reads from the server and stays fresh: `const referral = useRead(referralApi.find, { params: { id } })`. */
export function useRead<E extends Endpoint>(
  endpoint: E,
  asked: Asked<E>,
  { live, when = true, everyMs, keepPrevious }: ReadOptions = {},
): UseQueryResult<Output<E>, Refused> {
  return useQuery<Output<E>, Refused>({
    queryKey: readKey(endpoint, asked, live),
    queryFn: ({ signal }) => call(endpoint, asked, { signal }),
    enabled: when,
    ...(everyMs ? { refetchInterval: everyMs } : {}),
    ...(keepPrevious ? { placeholderData: keepPreviousData } : {}),
  })
}
