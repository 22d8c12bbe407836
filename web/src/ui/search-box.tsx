import { Input, type InputRef } from 'antd'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useShortcut } from '../kernel/shortcut.ts'
import { webWords } from '../kernel/web-words.ts'
import { useWords } from '../kernel/words.ts'

interface SearchBoxProps {
  /** What may be typed; also the name for screen readers. */
  readonly label: string
  readonly value: string | undefined
  readonly onSearch: (text: string | undefined) => void
  readonly width?: number
}

/** Searches a list by Enter; `/` goes to it from anywhere on the page. Empties when the filters are cleared. */
export function SearchBox({ label, value, onSearch, width = 220 }: SearchBoxProps) {
  const t = useWords(webWords)
  const field = useRef<InputRef>(null)
  const [text, setText] = useState(value ?? '')
  useEffect(() => setText(value ?? ''), [value])
  useShortcut(
    '/',
    t('key.search'),
    useCallback(() => field.current?.focus({ cursor: 'all' }), []),
  )
  return (
    <Input.Search
      ref={field}
      allowClear
      aria-label={label}
      placeholder={label}
      value={text}
      onChange={({ target }) => setText(target.value)}
      onSearch={(typed) => onSearch(typed.trim() || undefined)}
      style={{ width }}
    />
  )
}
