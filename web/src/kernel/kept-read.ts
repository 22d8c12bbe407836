import type { QueryClient } from '@tanstack/react-query'

/**
 * What a resident last read, kept on this device so that their own record opens without a connection: for the account that
 * read it only, at most a week, gone at sign-out (ADR 12). Where the browser keeps nothing, nothing is lost but that.
 */
const NAME = 'tongmai-reads'
const FORGOTTEN_MS = 7 * 86_400_000
const CALM_MS = 1_500
/** So many of the newest reads. */
const MOST = 150

interface OneRead {
  readonly key: readonly unknown[]
  readonly data: unknown
  readonly at: number
}
interface Snapshot {
  readonly owner: string
  readonly reads: readonly OneRead[]
}

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

/** Does one thing with the one place where snapshots lie; undefined where this browser has none. */
async function within<T>(
  mode: IDBTransactionMode,
  act: (place: IDBObjectStore) => IDBRequest<T>,
): Promise<T | undefined> {
  if (typeof indexedDB === 'undefined') return undefined
  const opening = indexedDB.open(NAME, 1)
  opening.onupgradeneeded = () => opening.result.createObjectStore('snapshot')
  const database = await settled(opening)
  try {
    return await settled(act(database.transaction('snapshot', mode).objectStore('snapshot')))
  } finally {
    database.close()
  }
}

const isRead = (key: readonly unknown[]): boolean => typeof key[0] === 'string' && key[0].startsWith('GET /')

/** The newest reads that may be kept; documents and pictures stay where they are. */
function readsOf(queries: QueryClient): OneRead[] {
  const since = Date.now() - FORGOTTEN_MS
  return queries
    .getQueryCache()
    .getAll()
    .filter(
      ({ queryKey, state }) => isRead(queryKey) && state.data !== undefined && state.dataUpdatedAt > since,
    )
    .map(({ queryKey, state }) => ({ key: queryKey, data: state.data, at: state.dataUpdatedAt }))
    .filter(({ data }) => !(typeof data === 'object' && data !== null && 'bytes' in data))
    .toSorted((a, b) => b.at - a.at)
    .slice(0, MOST)
}

/** Puts what this account last read beside what is read now; whatever is newer stays. Another's is forgotten. */
export async function bringReads(queries: QueryClient, owner: string): Promise<void> {
  const kept = (await within('readonly', (place) => place.get('last'))) as Snapshot | undefined
  if (!kept) return
  if (kept.owner !== owner) return forgetReads(queries)
  for (const { key, data, at } of kept.reads) {
    const known = queries.getQueryState([...key])?.dataUpdatedAt ?? 0
    if (at <= known || at <= Date.now() - FORGOTTEN_MS) continue
    queries.setQueryData([...key], data, { updatedAt: at })
    // However new it is, something may have happened since: with a connection it is read again.
    queries.getQueryCache().find({ queryKey: key, exact: true })?.invalidate()
  }
}

/** Keeps from now on what this account reads, until the returned function is called. */
export function keepReads(queries: QueryClient, owner: string): () => void {
  let calm: ReturnType<typeof setTimeout> | undefined
  const save = () => {
    calm = undefined
    const snapshot: Snapshot = { owner, reads: readsOf(queries) }
    void within('readwrite', (place) => place.put(snapshot, 'last')).catch(() => {})
  }
  const stop = queries.getQueryCache().subscribe(({ type, query }) => {
    if (type === 'updated' && query.state.status === 'success' && isRead(query.queryKey))
      calm ??= setTimeout(save, CALM_MS)
  })
  return () => {
    clearTimeout(calm)
    stop()
  }
}

/** Forgets what was read, on this device and on this page: it is somebody else's now, or nobody's. */
export async function forgetReads(queries: QueryClient): Promise<void> {
  queries.removeQueries({ predicate: ({ queryKey }) => isRead(queryKey) })
  await within('readwrite', (place) => place.clear()).catch(() => {})
}
