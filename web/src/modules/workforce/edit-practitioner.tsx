import { workforceApi } from '@tongmai/api/workforce'
import type { Practitioner } from '@tongmai/api/workforce/practitioner'
import { Modal } from 'antd'
import { useForm } from '../../kernel/use-form.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { DraftNote } from '../../ui/draft-note.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { PersonFields, type PersonForm } from './practitioner-fields.tsx'
import { workforceWords } from './words.ts'

interface Props {
  readonly practitioner: Practitioner
  readonly open: boolean
  readonly onClose: () => void
}

/** Changes name, title or telephone of one's own staff. */
export function EditPractitioner({ practitioner, open, onClose }: Props) {
  const t = useWords(workforceWords)
  const tell = useTell()
  const { id, version, name, sex, kind, title, phone } = practitioner
  const edit = useWrite(workforceApi.edit, {
    touches: ['workforce'],
    onDone: () => {
      tell(t('staff.saved'))
      form.discard()
      onClose()
    },
  })
  const now: PersonForm = { name, sex, kind, title, phone: phone ?? '' }
  const form = useForm(`workforce.edit:${id}:${version}`, now, edit.error)
  const send = () => {
    const { phone: typed, ...rest } = form.value
    edit.mutate({ params: { id }, body: { ...rest, phone: typed.trim() || null, version } })
  }
  return (
    <Modal
      open={open}
      title={t('staff.edit')}
      okText={t('staff.edit')}
      width={640}
      onOk={send}
      onCancel={onClose}
      confirmLoading={edit.isPending}
    >
      <RefusalNote refused={edit.error} />
      <DraftNote form={form} />
      <PersonFields form={form} />
    </Modal>
  )
}
