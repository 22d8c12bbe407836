import { identityApi } from '@tongmai/api/identity'
import { Button, Input } from 'antd'
import { type ReactNode, useState } from 'react'
import type { Session } from '../../kernel/module.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { Field } from '../../ui/field.tsx'
import { RefusalNote } from '../../ui/tell.tsx'
import { identityWords } from './words.ts'

interface SignInProps {
  readonly onSignedIn: () => void
  /** Over a page whose session ended: the account is fixed. */
  readonly again?: Session
}

/** The way in: user name and password, then the second factor where there is one. */
export function SignIn({ onSignedIn, again }: SignInProps) {
  const [challenge, setChallenge] = useState<string | null>(null)
  if (challenge === null) return <Password onSignedIn={onSignedIn} onChallenge={setChallenge} again={again} />
  return <Code challenge={challenge} onSignedIn={onSignedIn} onBack={() => setChallenge(null)} />
}

interface PasswordProps {
  readonly onSignedIn: () => void
  readonly onChallenge: (challenge: string) => void
  readonly again: Session | undefined
}

function Password({ onSignedIn, onChallenge, again }: PasswordProps) {
  const t = useWords(identityWords)
  const fixed = again?.account.username
  const [username, setUsername] = useState(fixed ?? '')
  const [password, setPassword] = useState('')
  const welcome = useRead(identityApi.welcome, {})
  const signIn = useWrite(identityApi.signIn, {
    onDone: (answer) => (answer.state === 'second-factor' ? onChallenge(answer.challenge) : onSignedIn()),
  })
  const send = () => signIn.mutate({ body: { username, password } })
  return (
    <Form onSubmit={send}>
      <RefusalNote refused={signIn.error} />
      <Field label={t('sign-in.username')}>
        {(id) => (
          <Input
            id={id}
            size="large"
            value={username}
            onChange={(event) => setUsername(event.target.value)}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            disabled={fixed !== undefined}
            autoFocus={fixed === undefined}
          />
        )}
      </Field>
      <Field label={t('sign-in.password')}>
        {(id) => (
          <Input.Password
            id={id}
            size="large"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
            autoComplete="current-password"
            autoFocus={fixed !== undefined}
          />
        )}
      </Field>
      <Button
        type="primary"
        size="large"
        htmlType="submit"
        block
        loading={signIn.isPending}
        disabled={!username || !password}
      >
        {t('sign-in.go')}
      </Button>
      <p className="tm-quiet">{t('sign-in.forgotten')}</p>
      {!again && (
        <p className="tm-quiet">
          {welcome.data?.demo && t('sign-in.demo')} <a href="/me">{t('sign-in.resident')}</a>
        </p>
      )}
    </Form>
  )
}

interface CodeProps {
  readonly challenge: string
  readonly onSignedIn: () => void
  readonly onBack: () => void
}

function Code({ challenge, onSignedIn, onBack }: CodeProps) {
  const t = useWords(identityWords)
  const [code, setCode] = useState('')
  const answer = useWrite(identityApi.answerSecondFactor, { onDone: onSignedIn })
  return (
    <Form onSubmit={() => answer.mutate({ body: { challenge, code } })}>
      <RefusalNote refused={answer.error} />
      <Field label={t('sign-in.code')}>
        {(id) => (
          <Input
            id={id}
            size="large"
            value={code}
            onChange={(event) => setCode(event.target.value)}
            autoComplete="one-time-code"
            inputMode="text"
            autoFocus
          />
        )}
      </Field>
      <Button
        type="primary"
        size="large"
        htmlType="submit"
        block
        loading={answer.isPending}
        disabled={!code.trim()}
      >
        {t('sign-in.code-go')}
      </Button>
      <Button type="link" onClick={onBack}>
        {t('sign-in.back')}
      </Button>
    </Form>
  )
}

function Form({ onSubmit, children }: { onSubmit: () => void; children: ReactNode }) {
  return (
    <form
      style={{ display: 'grid', gap: 16 }}
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit()
      }}
    >
      {children}
    </form>
  )
}
