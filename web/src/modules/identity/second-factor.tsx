import { identityApi } from '@tongmai/api/identity'
import type { Output } from '@tongmai/api/kernel'
import { Button, Input } from 'antd'
import { type ReactNode, useState } from 'react'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { Field } from '../../ui/field.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Card } from '../../ui/page.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { identityWords } from './words.ts'

type Enrolled = Output<typeof identityApi.enrolSecondFactor>

/** The second factor of one's own account: switch on step by step, or off. */
export function SecondFactor() {
  const t = useWords(identityWords)
  const tell = useTell()
  const read = useRead(identityApi.session, {})
  const [enrolled, setEnrolled] = useState<Enrolled | null>(null)
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  const refresh = () => void read.refetch()
  const enrol = useWrite(identityApi.enrolSecondFactor, { onDone: setEnrolled })
  const disable = useWrite(identityApi.disableSecondFactor, {
    onDone: () => {
      tell(t('factor.switched-off'))
      refresh()
    },
  })
  if (codes) return <RecoveryCodes codes={codes} onKept={() => setCodes(null)} />
  if (enrolled) {
    return (
      <Confirm
        enrolled={enrolled}
        onConfirmed={(recovery) => {
          setEnrolled(null)
          setCodes(recovery)
          refresh()
        }}
      />
    )
  }
  return (
    <Card title={t('account.second-factor')}>
      <Loaded read={read} rows={2}>
        {({ secondFactor }) => (
          <AskPassword
            hint={t(secondFactor ? 'factor.on' : 'factor.off')}
            label={t(secondFactor ? 'factor.disable' : 'factor.enrol')}
            write={secondFactor ? disable : enrol}
          />
        )}
      </Loaded>
    </Card>
  )
}

type AskedWrite =
  | ReturnType<typeof useWrite<typeof identityApi.enrolSecondFactor>>
  | ReturnType<typeof useWrite<typeof identityApi.disableSecondFactor>>

function AskPassword({ hint, label, write }: { hint: ReactNode; label: string; write: AskedWrite }) {
  const t = useWords(identityWords)
  const [password, setPassword] = useState('')
  return (
    <Form
      onSubmit={() => {
        write.mutate({ body: { password } })
        setPassword('')
      }}
    >
      <p>{hint}</p>
      <RefusalNote refused={write.error} />
      <Field label={t('factor.password')}>
        {(id) => (
          <Input.Password
            id={id}
            value={password}
            autoComplete="current-password"
            onChange={(event) => setPassword(event.target.value)}
          />
        )}
      </Field>
      <div className="tm-row">
        <Button htmlType="submit" disabled={!password} loading={write.isPending}>
          {label}
        </Button>
      </div>
    </Form>
  )
}

function Confirm({ enrolled, onConfirmed }: { enrolled: Enrolled; onConfirmed: (codes: string[]) => void }) {
  const t = useWords(identityWords)
  const [code, setCode] = useState('')
  const confirm = useWrite(identityApi.confirmSecondFactor, {
    onDone: (answer) => onConfirmed(answer.recoveryCodes),
  })
  return (
    <Card title={t('factor.enrol')}>
      <Form onSubmit={() => confirm.mutate({ body: { code } })}>
        <p>{t('factor.scan')}</p>
        <img
          alt={enrolled.uri}
          width={180}
          height={180}
          style={{ background: '#fff', padding: 8 }}
          src={`data:image/svg+xml;utf8,${encodeURIComponent(enrolled.svg)}`}
        />
        <p className="tm-quiet">
          {t('factor.manual')}
          <code>{enrolled.secret.replaceAll(/(.{4})/g, '$1 ')}</code>
        </p>
        <RefusalNote refused={confirm.error} />
        <Field label={t('factor.code')}>
          {(id) => (
            <Input
              id={id}
              value={code}
              maxLength={6}
              inputMode="numeric"
              autoComplete="one-time-code"
              autoFocus
              onChange={(event) => setCode(event.target.value)}
            />
          )}
        </Field>
        <div className="tm-row">
          <Button type="primary" htmlType="submit" disabled={code.length !== 6} loading={confirm.isPending}>
            {t('factor.confirm')}
          </Button>
        </div>
      </Form>
    </Card>
  )
}

function RecoveryCodes({ codes, onKept }: { codes: readonly string[]; onKept: () => void }) {
  const t = useWords(identityWords)
  return (
    <Card title={t('once.title')}>
      <p>{t('factor.recovery')}</p>
      <pre style={{ columns: 2, maxWidth: 420, lineHeight: 2 }}>{codes.join('\n')}</pre>
      <Button type="primary" onClick={onKept}>
        {t('once.kept')}
      </Button>
    </Card>
  )
}

function Form({ onSubmit, children }: { onSubmit: () => void; children: ReactNode }) {
  return (
    <form
      style={{ display: 'grid', gap: 12, maxWidth: 420 }}
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit()
      }}
    >
      {children}
    </form>
  )
}
