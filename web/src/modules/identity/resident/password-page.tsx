import { identityApi } from '@tongmai/api/identity'
import { type FormEvent, useState } from 'react'
import { backSmall } from '../../../kernel/small-route.tsx'
import { useWrite } from '../../../kernel/use-write.ts'
import { useWords } from '../../../kernel/words.ts'
import { Button } from '../../../ui/light/button.tsx'
import { Entry } from '../../../ui/light/entry.tsx'
import { Sorry } from '../../../ui/light/known.tsx'
import { identityResidentWords } from './words.ts'

/** A resident changes their own password. */
export function PasswordPage() {
  const t = useWords(identityResidentWords)
  const [password, setPassword] = useState('')
  const [newPassword, setNewPassword] = useState('')
  const change = useWrite(identityApi.changePassword, { onDone: backSmall })
  const send = (event: FormEvent) => {
    event.preventDefault()
    change.mutate({ body: { password, newPassword } })
  }
  return (
    <form onSubmit={send}>
      <Entry
        label={t('password-now')}
        type="password"
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
      />
      <Entry
        label={t('new-password')}
        type="password"
        autoComplete="new-password"
        value={newPassword}
        onChange={setNewPassword}
      />
      <Sorry refused={change.error} />
      <Button type="submit" busy={change.isPending}>
        {t('done')}
      </Button>
    </form>
  )
}
