import { Alert, App, Button } from 'antd'
import { useCallback } from 'react'
import type { Refused } from '../kernel/refused.ts'
import { webWords } from '../kernel/web-words.ts'
import { refusalSentence, useLanguage, useWords } from '../kernel/words.ts'

/** Says in one sentence what happened, with an undo where there is one: `tell('已发给市一院心内科，对方须在 24 小时内答复')`. */
export function useTell(): (sentence: string, undo?: () => void) => void {
  const { message } = App.useApp()
  const t = useWords(webWords)
  return useCallback(
    (sentence, undo) => {
      const key = sentence
      const content = undo ? (
        <>
          {sentence}{' '}
          <Button
            type="link"
            size="small"
            onClick={() => {
              message.destroy(key)
              undo()
            }}
          >
            {t('act.undo')}
          </Button>
        </>
      ) : (
        sentence
      )
      void message.success({ content, key, duration: undo ? 8 : 4 })
    },
    [message, t],
  )
}

/** Says why something was refused, where there is no better place than the top of the page. */
export function useTellRefused(): (refused: Refused) => void {
  const { message } = App.useApp()
  return useCallback(
    (refused) => void message.error({ content: refusalSentence(refused), duration: 6 }),
    [message],
  )
}

/** Asking again changes nothing about these. */
const final: ReadonlySet<string> = new Set(['forbidden', 'missing', 'invalid'])

interface RefusalNoteProps {
  readonly refused: Refused | null | undefined
  readonly onRetry?: () => void
}

/** A refusal where it happened: which rule, and what may be done; nothing where nothing was refused. */
export function RefusalNote({ refused, onRetry }: RefusalNoteProps) {
  const t = useWords(webWords)
  const into = useLanguage()
  if (!refused) return null
  const severe = refused.kind === 'defect' || refused.kind === 'unreachable'
  return (
    <Alert
      role="alert"
      showIcon
      type={severe ? 'error' : 'warning'}
      title={refusalSentence(refused, into)}
      description={
        refused.kind === 'defect' && refused.requestId
          ? t('refused.number', { id: refused.requestId })
          : undefined
      }
      action={onRetry && !final.has(refused.kind) && <Button onClick={onRetry}>{t('act.retry')}</Button>}
    />
  )
}
