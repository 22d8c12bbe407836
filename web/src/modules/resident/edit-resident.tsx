import { residentApi } from '@tongmai/api/resident'
import type { OpenedResident } from '@tongmai/api/resident/person'
import { Input, Modal } from 'antd'
import { useForm } from '../../kernel/use-form.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { residentWords } from './words.ts'

const empty = { name: '', phone: '', address: '' }
const orNull = (typed: string) => typed.trim() || null

/** Corrects name, telephone or address; what is left empty stays as it is. */
export function EditResident({ resident, onClose }: { resident: OpenedResident; onClose: () => void }) {
  const t = useWords(residentWords)
  const tell = useTell()
  const { id, version } = resident
  const edit = useWrite(residentApi.edit, {
    touches: ['resident', `resident:${id}`],
    onDone: () => {
      tell(t('page.saved'))
      form.discard()
      onClose()
    },
  })
  const form = useForm(`resident.edit:${id}`, empty, edit.error)
  const { value, set, problem } = form
  const send = () => {
    const said = { name: orNull(value.name), phone: orNull(value.phone), address: orNull(value.address) }
    edit.mutate({
      params: { id },
      body: { ...said, sex: null, birthDate: null, divisionCode: null, version },
    })
  }
  return (
    <Modal
      open
      title={t('page.edit')}
      okText={t('page.edit')}
      onOk={send}
      onCancel={onClose}
      confirmLoading={edit.isPending}
      okButtonProps={{ disabled: !orNull(value.name + value.phone + value.address) }}
    >
      <p className="tm-quiet">{t('page.edit-hint')}</p>
      <RefusalNote refused={edit.error} />
      <DraftNote form={form} />
      <Fields columns={1}>
        {(['name', 'phone', 'address'] as const).map((field) => (
          <Field key={field} label={t(`field.${field}`)} problem={problem(field)}>
            {(inputId) => (
              <Input id={inputId} value={value[field]} onChange={(event) => set(field, event.target.value)} />
            )}
          </Field>
        ))}
      </Fields>
    </Modal>
  )
}
