import type { UseQueryResult } from '@tanstack/react-query'
import { Button, Skeleton } from 'antd'
import type { ReactNode } from 'react'
import type { Refused } from '../kernel/refused.ts'
import { webWords } from '../kernel/web-words.ts'
import { find, refusalSentence, useLanguage, useWords } from '../kernel/words.ts'
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
  if (read.error) return <ReadRefused refused={read.error} onRetry={() => void read.refetch()} />
  return <Skeleton active title={false} paragraph={{ rows }} />
}

/** What was to be read and is not: to be asked again, or, where that would not find it, the way back. */
export function ReadRefused({ refused, onRetry }: { refused: Refused; onRetry: () => void }) {
  const t = useWords(webWords)
  const into = useLanguage()
  // Nobody has filled in anything: what the server cannot read stands in the address.
  const general = `web.refused.${refused.kind}`
  const isAddress = refused.kind === 'invalid' && refusalSentence(refused, into) === find(general, {}, into)
  if (refused.kind !== 'missing' && !isAddress) return <RefusalNote refused={refused} onRetry={onRetry} />
  return (
    <div role="alert">
      <Nothing title={isAddress ? t('refused.address') : refusalSentence(refused, into)}>
        <Button onClick={() => history.back()}>{t('act.back')}</Button>
      </Nothing>
    </div>
  )
}
