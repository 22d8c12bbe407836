import { interopApi } from '@tongmai/api/interop'
import { type MessageCharset, messageCharset } from '@tongmai/api/interop/message'
import { Input, Modal, Select } from 'antd'
import { useForm } from '../../kernel/use-form.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { interopWords } from './words.ts'

const touches = ['interop.partner']

interface New {
  readonly name: string
  readonly facility: string
  readonly application: string
  readonly clientId: string
  readonly charset: MessageCharset | null
}
const empty: New = { name: '', facility: '', application: '', clientId: '', charset: null }

/** Registers who sends, for a client of this institution. */
export function AddPartner({ onClose }: { onClose: () => void }) {
  const t = useWords(interopWords)
  const tell = useTell()
  const add = useWrite(interopApi.addPartner, {
    touches,
    onDone: ({ name }) => {
      tell(t('partner.added', { name }))
      form.discard()
      onClose()
    },
  })
  const form = useForm('interop.add-partner', empty, add.error)
  const { value, set, problem } = form
  const line = (name: 'name' | 'facility' | 'application' | 'clientId', label: string, hint?: string) => (
    <Field label={label} required={hint === undefined} hint={hint} problem={problem(name)}>
      {(id) => <Input id={id} value={value[name]} onChange={({ target }) => set(name, target.value)} />}
    </Field>
  )
  return (
    <Modal
      open
      title={t('partner.add')}
      okText={t('partner.add')}
      onOk={() => add.mutate({ body: value })}
      onCancel={onClose}
      confirmLoading={add.isPending}
      okButtonProps={{ disabled: !value.name.trim() || !value.facility.trim() || !value.clientId.trim() }}
    >
      <RefusalNote refused={add.error} />
      <DraftNote form={form} />
      <Fields>
        {line('name', t('partner.name'))}
        {line('clientId', t('partner.client'))}
        {line('facility', t('partner.facility'))}
        {line('application', t('partner.application'), t('partner.application-hint'))}
        <Field label={t('partner.charset')} problem={problem('charset')}>
          {(id) => (
            <Select
              id={id}
              allowClear
              placeholder={t('partner.charset-any')}
              value={value.charset}
              onChange={(charset) => set('charset', charset ?? null)}
              options={messageCharset.options.map((one) => ({ value: one, label: one.toUpperCase() }))}
            />
          )}
        </Field>
      </Fields>
    </Modal>
  )
}
