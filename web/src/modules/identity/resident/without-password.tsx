import { identityApi } from '@tongmai/api/identity'
import { type FormEvent, useState } from 'react'
import { useRead } from '../../../kernel/use-read.ts'
import { useWrite } from '../../../kernel/use-write.ts'
import { useWords } from '../../../kernel/words.ts'
import { Button } from '../../../ui/light/button.tsx'
import { Entry } from '../../../ui/light/entry.tsx'
import { Sorry } from '../../../ui/light/known.tsx'
import { identityResidentWords } from './words.ts'

type Purpose = 'register' | 'reset'
const empty = { phone: '', code: '', name: '', documentNumber: '', newPassword: '' }

/** Below the residents' sign-in: the ways in for who has no password yet, or forgot it. */
export function WithoutPassword({ onSignedIn }: { onSignedIn: () => void }) {
  const t = useWords(identityResidentWords)
  const [purpose, setPurpose] = useState<Purpose | null>(null)
  const welcome = useRead(identityApi.welcome, {})
  if (welcome.data?.sendsCodes === false) return <p className="me-quiet">{t('no-codes')}</p>
  if (purpose) return <ByCode purpose={purpose} onSignedIn={onSignedIn} onBack={() => setPurpose(null)} />
  return (
    <>
      <Button quiet onClick={() => setPurpose('register')}>
        {t('register')}
      </Button>
      <Button quiet onClick={() => setPurpose('reset')}>
        {t('forgotten')}
      </Button>
    </>
  )
}

interface ByCodeProps {
  readonly purpose: Purpose
  readonly onSignedIn: () => void
  readonly onBack: () => void
}

function ByCode({ purpose, onSignedIn, onBack }: ByCodeProps) {
  const t = useWords(identityResidentWords)
  const [typed, setTyped] = useState(empty)
  const send = useWrite(identityApi.sendCode)
  const register = useWrite(identityApi.residentRegister, { onDone: onSignedIn })
  const reset = useWrite(identityApi.residentReset, { onDone: onSignedIn })
  const { code, newPassword, name, documentNumber } = typed
  const phone = typed.phone.replaceAll(/\s/g, '')
  const finish = (event: FormEvent) => {
    event.preventDefault()
    if (purpose === 'reset') reset.mutate({ body: { phone, code, newPassword } })
    else register.mutate({ body: { phone, code, newPassword, name, documentNumber } })
  }
  const bind = (field: keyof typeof empty) => ({
    value: typed[field],
    onChange: (value: string) => setTyped((before) => ({ ...before, [field]: value })),
  })
  return (
    <form onSubmit={finish}>
      <h2>{t(purpose === 'reset' ? 'forgotten' : 'register')}</h2>
      {purpose === 'register' && <p className="me-quiet">{t('register-hint')}</p>}
      <Entry label={t('phone')} type="tel" autoComplete="tel" {...bind('phone')} />
      <Sorry refused={send.error} />
      {send.data ? (
        <p className="me-quiet">{t('sent')}</p>
      ) : (
        <Button quiet busy={send.isPending} onClick={() => send.mutate({ body: { phone, purpose } })}>
          {t('send')}
        </Button>
      )}
      <Entry label={t('code')} type="tel" autoComplete="one-time-code" {...bind('code')} />
      {purpose === 'register' && (
        <>
          <Entry label={t('name')} autoComplete="name" {...bind('name')} />
          <Entry label={t('document')} {...bind('documentNumber')} />
        </>
      )}
      <Entry label={t('new-password')} type="password" autoComplete="new-password" {...bind('newPassword')} />
      <Sorry refused={register.error ?? reset.error} />
      <Button type="submit" busy={register.isPending || reset.isPending}>
        {t('done')}
      </Button>
      <Button quiet onClick={onBack}>
        {t('back')}
      </Button>
    </form>
  )
}
