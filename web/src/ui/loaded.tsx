import type { UseQueryResult } from '@tanstack/react-query'
import { Skeleton } from 'antd'
import type { ReactNode } from 'react'
import type { Refused } from '../kernel/refused.ts'
import { RefusalNote } from './tell.tsx'

interface LoadedProps<T> {
  readonly read: UseQueryResult<T, Refused>
  /** Lines of the grey placeholder. */
  readonly rows?: number
  readonly children: (data: T) => ReactNode
}

/** Draws what was read; until then its grey outline, and where it was refused the reason. */
export function Loaded<T>({ read, rows = 4, children }: LoadedProps<T>) {
  if (read.data !== undefined) return children(read.data)
  if (read.error) return <RefusalNote refused={read.error} onRetry={() => void read.refetch()} />
  return <Skeleton active title={false} paragraph={{ rows }} />
}
