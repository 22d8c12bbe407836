import { contractApi } from '@tongmai/api/contract'
import type { SignatureKind } from '@tongmai/api/contract/shape'
import { type Relation, relation } from '@tongmai/api/resident/person'
import { Button, Checkbox, Input, Segmented, Select } from 'antd'
import { useState } from 'react'
import { Refused } from '../../kernel/refused.ts'
import { upload } from '../../kernel/upload.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { Field, Fields } from '../../ui/field.tsx'
import { SignPad } from '../../ui/light/sign-pad.tsx'
import { Card } from '../../ui/page.tsx'
import { RefusalNote, useTell, useTellRefused } from '../../ui/tell.tsx'
import { contractWords } from './words.ts'

/** A signature while it is being made. */
export interface Signed {
  readonly kind: SignatureKind
  readonly signer: string
  readonly relation: Relation
  readonly hash: string | null
  readonly code: string
  /** The text has been explained. */
  readonly agreed: boolean
}
export const notSigned: Signed = {
  ...{ kind: 'drawn', signer: '', relation: '0', hash: null, code: '', agreed: false },
}

export const isSigned = ({ kind, signer, hash, code, agreed }: Signed): boolean =>
  agreed &&
  signer.trim() !== '' &&
  (kind === 'paper' || (kind === 'drawn' ? hash !== null : /^\d{6}$/.test(code)))

/** The signature as the server takes it. */
export const signatureOf = ({ kind, signer, relation: by, hash, code }: Signed) => ({
  ...{ kind, signer: signer.trim(), relation: by },
  hash: kind === 'drawn' ? hash : null,
  code: kind === 'sms' ? code : null,
})

interface SignatureFieldsProps {
  readonly value: Signed
  readonly onChange: (value: Signed) => void
  /** Whose telephone gets the code. */
  readonly residentId: string
  /** What is agreed to; a contract where nothing is said. */
  readonly about?: 'contract' | 'homeBed'
}

/** The text that is signed, and the signature: drawn, by a code, or on paper. */
export function SignatureFields({ value, onChange, residentId, about = 'contract' }: SignatureFieldsProps) {
  const t = useWords(contractWords)
  const tellRefused = useTellRefused()
  const consent = useRead(about === 'homeBed' ? contractApi.readBedConsent : contractApi.readConsent, {})
  const set = (change: Partial<Signed>) => onChange({ ...value, ...change })
  const keep = async (picture: File | null) => {
    if (!picture) return set({ hash: null })
    try {
      set({ hash: (await upload(picture)).hash })
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      tellRefused(error)
    }
  }
  return (
    <Card title={`${consent.data?.title ?? t('sign.consent')} ${consent.data?.version ?? ''}`}>
      <p style={{ whiteSpace: 'pre-line', maxHeight: 220, overflow: 'auto', marginBottom: 12 }}>
        {consent.data?.text}
      </p>
      <Fields columns={3}>
        <Field label={t('sign.told')} wide>
          {(id) => (
            <Checkbox
              id={id}
              checked={value.agreed}
              onChange={({ target }) => set({ agreed: target.checked })}
            >
              {t('sign.read')}
            </Checkbox>
          )}
        </Field>
        <Field label={t('sign.signer')} required>
          {(id) => (
            <Input id={id} value={value.signer} onChange={({ target }) => set({ signer: target.value })} />
          )}
        </Field>
        <Field label={t('sign.relation')}>
          {(id) => (
            <Select
              id={id}
              value={value.relation}
              options={relation.options.map((one) => ({ value: one, label: t(`relation.${one}`) }))}
              onChange={(one) => set({ relation: one })}
            />
          )}
        </Field>
        <Field label={t('sign.how')}>
          {(id) => (
            <Segmented<SignatureKind>
              id={id}
              value={value.kind}
              options={(['drawn', 'sms', 'paper'] as const).map((one) => ({
                value: one,
                label: t(`sign.${one}`),
              }))}
              onChange={(kind) => set({ kind, hash: null, code: '' })}
            />
          )}
        </Field>
      </Fields>
      {value.kind === 'drawn' && (
        <div style={{ maxWidth: 480, marginTop: 12 }}>
          <p className="tm-quiet">{value.hash ? t('sign.kept') : t('sign.pad')}</p>
          <SignPad
            label={t('sign.pad')}
            clearLabel={t('sign.clear')}
            onChange={(picture) => void keep(picture)}
          />
        </div>
      )}
      {value.kind === 'sms' && (
        <Code residentId={residentId} code={value.code} onChange={(code) => set({ code })} />
      )}
      {value.kind === 'paper' && <p className="tm-quiet">{t('sign.paper-note')}</p>}
    </Card>
  )
}

interface CodeProps {
  readonly residentId: string
  readonly code: string
  readonly onChange: (code: string) => void
}

function Code({ residentId, code, onChange }: CodeProps) {
  const t = useWords(contractWords)
  const tell = useTell()
  const [sent, setSent] = useState(false)
  const send = useWrite(contractApi.sendCode, {
    onDone: ({ phoneMasked }) => {
      setSent(true)
      tell(t('sign.code-sent', { phone: phoneMasked }))
    },
  })
  return (
    <div style={{ marginTop: 12 }}>
      <RefusalNote refused={send.error} />
      <div className="tm-row">
        <Input
          aria-label={t('sign.code')}
          placeholder={t('sign.code')}
          inputMode="numeric"
          maxLength={6}
          style={{ width: 140 }}
          value={code}
          onChange={({ target }) => onChange(target.value.replace(/\D/g, ''))}
        />
        <Button loading={send.isPending} onClick={() => send.mutate({ body: { residentId } })}>
          {t(sent ? 'sign.send-again' : 'sign.send-code')}
        </Button>
      </div>
    </div>
  )
}
