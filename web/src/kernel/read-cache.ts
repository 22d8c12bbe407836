import { QueryCache } from '@tanstack/react-query'
import { Refused } from './refused.ts'

/** The thing is gone, or no longer ours to see: a consent was taken back, a contract ended, a right was lost. */
const isGone = (error: unknown): boolean =>
  error instanceof Refused && (error.kind === 'missing' || error.kind === 'forbidden')

/** Keeps what was read, and lets go of it at once where reading it anew is refused. */
export const readCache = (): QueryCache =>
  new QueryCache({
    onError: (error, query) => {
      if (isGone(error)) query.setState({ data: undefined })
    },
  })
