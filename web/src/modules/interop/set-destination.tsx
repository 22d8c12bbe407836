import { interopApi } from '@tongmai/api/interop'
import type { NewDestination, PartnerLine } from '@tongmai/api/interop/message'
import { Button, Checkbox, Input, InputNumber, Modal, Select } from 'antd'
import { useState } from 'react'
import { useForm } from '../../kernel/use-form.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { interopWords } from './words.ts'

type Value = Omit<NewDestination, 'authority' | 'authorization'>
/** Kept out of the draft that outlives the page. */
interface Secret {
  readonly authority: string
  readonly authorization: string
}

const factsOf = ({ destination }: PartnerLine): Value => ({
  road: destination?.road ?? 'mllp',
  address: destination?.address ?? '',
  secured: destination?.secured ?? false,
  charset: destination?.charset ?? 'utf-8',
  timeoutSeconds: destination?.timeoutSeconds ?? 20,
})

/** What is left empty of the secrets stays as it was. */
const bodyOf = (facts: Value, { authority, authorization }: Secret): NewDestination => ({
  ...facts,
  ...(authority.trim() ? { authority } : {}),
  ...(authorization ? { authorization } : {}),
})

/** Where a partner is sent what becomes of referrals, or that nothing is sent. */
export function SetDestination({ of, onClose }: { of: PartnerLine; onClose: () => void }) {
  const t = useWords(interopWords)
  const tell = useTell()
  const save = useWrite(interopApi.setDestination, {
    touches: ['interop.partner', 'interop.message'],
    onDone: ({ destination }) => {
      tell(t(destination ? 'partner.destination-set' : 'partner.destination-removed'))
      form.discard()
      onClose()
    },
  })
  const form = useForm(`interop.destination:${of.id}`, factsOf(of), save.error)
  const send = (destination: NewDestination | null) =>
    save.mutate({ params: { id: of.id }, body: { destination } })
  const { value } = form
  const [secret, setSecret] = useState<Secret>({ authority: '', authorization: '' })
  return (
    <Modal
      open
      title={`${t('partner.destination')} · ${of.name}`}
      onCancel={onClose}
      footer={[
        of.destination && (
          <Button key="remove" danger onClick={() => send(null)}>
            {t('partner.remove-destination')}
          </Button>
        ),
        <Button
          key="save"
          type="primary"
          loading={save.isPending}
          disabled={!value.address.trim()}
          onClick={() => send(bodyOf(value, secret))}
        >
          {t('partner.save-destination')}
        </Button>,
      ]}
    >
      <RefusalNote refused={save.error} />
      <DraftNote form={form} />
      <p className="tm-quiet">{t('partner.destination-hint')}</p>
      <Facts form={form} />
      <Secrets of={of} form={form} secret={secret} onChange={setSecret} />
    </Modal>
  )
}

type Form = ReturnType<typeof useForm<Value>>

function Facts({ form: { value, set, problem } }: { form: Form }) {
  const t = useWords(interopWords)
  const isMllp = value.road === 'mllp'
  return (
    <Fields>
      <Field label={t('partner.road')}>
        {(id) => (
          <Select
            id={id}
            value={value.road}
            onChange={(road) => set('road', road)}
            options={(['mllp', 'http'] as const).map((one) => ({
              value: one,
              label: t(`message.road.${one}`),
            }))}
          />
        )}
      </Field>
      <Field
        label={t('partner.address')}
        hint={t(isMllp ? 'partner.address-mllp' : 'partner.address-http')}
        required
        problem={problem('destination.address')}
      >
        {(id) => (
          <Input id={id} value={value.address} onChange={({ target }) => set('address', target.value)} />
        )}
      </Field>
      <Field label={t('partner.sent-charset')}>
        {(id) => (
          <Select
            id={id}
            value={value.charset}
            onChange={(charset) => set('charset', charset)}
            options={(['utf-8', 'gb18030'] as const).map((one) => ({ value: one, label: one.toUpperCase() }))}
          />
        )}
      </Field>
      <Field label={t('partner.timeout')}>
        {(id) => (
          <InputNumber
            id={id}
            min={1}
            max={120}
            value={value.timeoutSeconds}
            onChange={(seconds) => set('timeoutSeconds', seconds ?? 20)}
          />
        )}
      </Field>
      {isMllp && (
        <Field label={t('partner.secured')}>
          {(id) => (
            <Checkbox
              id={id}
              checked={value.secured}
              onChange={({ target }) => set('secured', target.checked)}
            >
              TLS
            </Checkbox>
          )}
        </Field>
      )}
    </Fields>
  )
}

interface SecretsProps {
  readonly of: PartnerLine
  readonly form: Form
  readonly secret: Secret
  readonly onChange: (secret: Secret) => void
}

/** Whose certificate is trusted, or by what we are known. */
function Secrets({ of: { destination }, form, secret, onChange }: SecretsProps) {
  const t = useWords(interopWords)
  if (form.value.road === 'http')
    return (
      <Field
        label="Authorization"
        hint={t(destination?.hasAuthorization ? 'partner.kept' : 'partner.authorization-hint')}
      >
        {(id) => (
          <Input.Password
            id={id}
            autoComplete="off"
            value={secret.authorization}
            onChange={({ target }) => onChange({ ...secret, authorization: target.value })}
          />
        )}
      </Field>
    )
  if (!form.value.secured) return null
  return (
    <Field
      label={t('partner.authority')}
      hint={t(destination?.hasAuthority ? 'partner.kept' : 'partner.authority-hint')}
      problem={form.problem('destination.authority')}
    >
      {(id) => (
        <Input.TextArea
          id={id}
          rows={4}
          value={secret.authority}
          onChange={({ target }) => onChange({ ...secret, authority: target.value })}
        />
      )}
    </Field>
  )
}
