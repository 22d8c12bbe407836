import { identityApi } from '@tongmai/api/identity'
import { Button, Input } from 'antd'
import { type ReactNode, useState } from 'react'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { Field } from '../../ui/field.tsx'
import { RefusalNote } from '../../ui/tell.tsx'
import { identityWords } from './words.ts'

const empty = { now: '', next: '', again: '' }

/** Asks for the present password and twice for the new one. Nothing typed here is kept on the device. */
export function ChangePassword({ onChanged, username }: { onChanged: () => void; username?: string }) {
  const t = useWords(identityWords)
  const [typed, setTyped] = useState(empty)
  const change = useWrite(identityApi.changePassword, {
    onDone: () => {
      setTyped(empty)
      onChanged()
    },
  })
  const differs = typed.again !== '' && typed.again !== typed.next
  const ready = typed.now && typed.next.length >= 10 && typed.again === typed.next
  const input = (name: keyof typeof empty, autoComplete: string) => (id: string) => (
    <Input.Password
      id={id}
      value={typed[name]}
      autoComplete={autoComplete}
      onChange={(event) => setTyped({ ...typed, [name]: event.target.value })}
    />
  )
  return (
    <form
      style={{ display: 'grid', gap: 16, maxWidth: 420 }}
      onSubmit={(event) => {
        event.preventDefault()
        if (ready) change.mutate({ body: { password: typed.now, newPassword: typed.next } })
      }}
    >
      <RefusalNote refused={change.error} />
      {username && <input hidden readOnly autoComplete="username" value={username} />}
      <Field label={t('password.now')}>{input('now', 'current-password')}</Field>
      <Field label={t('password.new')} hint={t('password.rule')}>
        {input('next', 'new-password')}
      </Field>
      <Field label={t('password.again')} problem={differs ? 'identity.password.differs' : undefined}>
        {input('again', 'new-password')}
      </Field>
      <Actions>
        <Button type="primary" htmlType="submit" disabled={!ready} loading={change.isPending}>
          {t('password.change')}
        </Button>
      </Actions>
    </form>
  )
}

const Actions = ({ children }: { children: ReactNode }) => <div className="tm-row">{children}</div>
