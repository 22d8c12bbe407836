import { useCallback, useState } from 'react'
import { useShortcut } from '../kernel/shortcut.ts'
import { webWords } from '../kernel/web-words.ts'
import { useWords } from '../kernel/words.ts'

/** Walks a list by j and k and opens a row by Enter. Answers the row that is chosen now, -1 for none. */
export function useRowKeys(count: number, open: (row: number) => void): number {
  const t = useWords(webWords)
  const [at, setAt] = useState(-1)
  const row = Math.min(at, count - 1)
  useShortcut(
    'j',
    t('key.next'),
    useCallback(() => setAt(Math.min(row + 1, count - 1)), [row, count]),
  )
  useShortcut(
    'k',
    t('key.previous'),
    useCallback(() => setAt(Math.max(row - 1, 0)), [row]),
  )
  useShortcut(
    'Enter',
    t('key.open'),
    useCallback(() => {
      if (row >= 0) open(row)
    }, [row, open]),
  )
  return row
}
