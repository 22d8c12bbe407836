import { Refusal } from '../../refusal.ts'
import type { Entry } from './entry.ts'

type Named = Pick<Entry, 'index' | 'fullUrl'>

/** The same refusal, naming the entry of the Bundle at which it arose. */
export function blamed(entry: Named, error: unknown): unknown {
  if (!(error instanceof Refusal) || error.extra.details?.entry !== undefined) return error
  const place = `Bundle.entry[${entry.index}]`
  const fields = (error.extra.fields ?? []).map(({ path, problem }) => {
    if (path.startsWith('Bundle.')) return { path, problem }
    // Elements begin with the type of their resource; all else is a parameter of what is asked.
    const isElement = /^[A-Z]/.test(path)
    return isElement
      ? { path: `${place}.resource${path.replace(/^[A-Za-z]+/, '')}`, problem }
      : { path: `${place}.request`, problem: `${path} ${problem}` }
  })
  return new Refusal(error.kind, error.code, {
    ...error.extra,
    fields: fields.length > 0 ? fields : [{ path: place, problem: error.code }],
    details: {
      ...error.extra.details,
      entry: entry.index,
      ...(entry.fullUrl ? { fullUrl: entry.fullUrl } : {}),
    },
  })
}

/** Runs `work`; what it refuses names the entry. */
export async function blaming<T>(entry: Named, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw blamed(entry, error)
  }
}
