import { ScanOutlined } from '@ant-design/icons'
import { Button, Input, type InputRef } from 'antd'
import { type FormEvent, useCallback, useRef, useState } from 'react'
import { useShortcut } from '../../kernel/shortcut.ts'
import { useWords } from '../../kernel/words.ts'
import { DayField } from '../../ui/date-field.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { canScan, ScanDialog } from './scan-dialog.tsx'
import { type SearchBy, searchBy } from './search-by.ts'
import { residentWords } from './words.ts'

interface Props {
  readonly busy: boolean
  readonly onSearch: (by: SearchBy & { readonly birthDate?: string }) => void
  readonly onClear?: () => void
  readonly autoFocus?: boolean
}

/** One box for whatever is known of somebody, the birth date beside it, and the camera where there is one. */
export function WhoFields({ busy, onSearch, onClear, autoFocus = false }: Props) {
  const t = useWords(residentWords)
  const [who, setWho] = useState('')
  const [birthDate, setBirthDate] = useState<string | null>(null)
  const [scanning, setScanning] = useState(false)
  const box = useRef<InputRef>(null)
  useShortcut(
    '/',
    t('search.title'),
    useCallback(() => box.current?.focus({ cursor: 'all' }), []),
  )
  const ask = (typed: string) => {
    if (typed.trim()) onSearch({ ...searchBy(typed), ...(birthDate ? { birthDate } : {}) })
  }
  const send = (event: FormEvent) => {
    event.preventDefault()
    ask(who)
  }
  const clear = () => {
    setWho('')
    setBirthDate(null)
    onClear?.()
  }
  const read = (text: string) => {
    setScanning(false)
    setWho(text)
    ask(text)
  }
  return (
    <form onSubmit={send}>
      <Fields columns={3}>
        <Field label={t('search.who')} hint={t('search.who-hint')}>
          {(id) => (
            <Input
              id={id}
              ref={box}
              autoFocus={autoFocus}
              autoComplete="off"
              maxLength={80}
              value={who}
              onChange={(event) => setWho(event.target.value)}
            />
          )}
        </Field>
        <Field label={t('search.birth')}>
          {(id) => <DayField id={id} value={birthDate} onChange={setBirthDate} />}
        </Field>
      </Fields>
      <div className="tm-row" style={{ marginTop: 16 }}>
        <Button type="primary" htmlType="submit" loading={busy} disabled={!who.trim()}>
          {t('search.act')}
        </Button>
        {canScan() && (
          <Button icon={<ScanOutlined />} onClick={() => setScanning(true)}>
            {t('scan.open')}
          </Button>
        )}
        {(who !== '' || birthDate !== null) && (
          <Button type="text" onClick={clear}>
            {t('search.clear')}
          </Button>
        )}
      </div>
      {scanning && <ScanDialog onRead={read} onClose={() => setScanning(false)} />}
    </form>
  )
}
