import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Refused } from '../../kernel/refused.ts'
import { meWords } from '../../kernel/resident-words.ts'
import { refusalSentence, useLanguage, useWords } from '../../kernel/words.ts'
import { Button } from './button.tsx'

interface KnownProps<T> {
  readonly read: UseQueryResult<T, Refused>
  readonly children: (data: T) => ReactNode
}

/** Draws what was read; until then a quiet word, and where it was refused the reason and another try. */
export function Known<T>({ read, children }: KnownProps<T>) {
  const t = useWords(meWords)
  if (read.data !== undefined) return children(read.data)
  if (read.error) return <Sorry refused={read.error} onRetry={() => void read.refetch()} />
  return <p className="me-quiet">{t('loading')}</p>
}

/** Why something did not work, in one sentence. */
export function Sorry({ refused, onRetry }: { refused: Refused | null; onRetry?: () => void }) {
  const t = useWords(meWords)
  const into = useLanguage()
  if (!refused) return null
  return (
    <div className="me-sorry" role="alert">
      <p>{refusalSentence(refused, into)}</p>
      {onRetry && (
        <Button quiet onClick={onRetry}>
          {t('again')}
        </Button>
      )}
    </div>
  )
}
