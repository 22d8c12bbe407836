import type { UseQueryResult } from '@tanstack/react-query'
import { Button, Skeleton } from 'antd'
import type { ReactNode } from 'react'
import type { Refused } from '../kernel/refused.ts'
import { webWords } from '../kernel/web-words.ts'
import { refusalSentence, useLanguage, useWords } from '../kernel/words.ts'
import { Nothing } from './nothing.tsx'
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
  if (read.error?.kind === 'missing') return <Missing refused={read.error} />
  if (read.error) return <RefusalNote refused={read.error} onRetry={() => void read.refetch()} />
  return <Skeleton active title={false} paragraph={{ rows }} />
}

/** Asking again would not find it; the way back does. */
function Missing({ refused }: { refused: Refused }) {
  const t = useWords(webWords)
  const into = useLanguage()
  return (
    <div role="alert">
      <Nothing title={refusalSentence(refused, into)}>
        <Button onClick={() => history.back()}>{t('act.back')}</Button>
      </Nothing>
    </div>
  )
}
