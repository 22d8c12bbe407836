import { capacityApi } from '@tongmai/api/capacity'
import { type BedKind, bedKind } from '@tongmai/api/capacity/flow'
import { Input, InputNumber, Modal, Select } from 'antd'
import { useSession } from '../../kernel/session.tsx'
import { useForm } from '../../kernel/use-form.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { DepartmentChoice } from './department-choice.tsx'
import { capacityWords } from './words.ts'

interface Typed {
  readonly departmentId: string | null
  readonly name: string
  readonly bedKind: BedKind
  readonly beds: number
}

/** Adds a ward with its beds. */
export function WardForm({ onClose }: { onClose: () => void }) {
  const t = useWords(capacityWords)
  const tell = useTell()
  const { institution } = useSession()
  const add = useWrite(capacityApi.addWard, {
    touches: ['capacity'],
    onDone: () => {
      tell(t('bed.ward-added', { ward: form.value.name }))
      form.discard()
      onClose()
    },
  })
  const empty: Typed = { departmentId: null, name: '', bedKind: 'general', beds: 20 }
  const form = useForm<Typed>('capacity.ward', empty, add.error)
  const { departmentId, name } = form.value
  return (
    <Modal
      open
      title={t('bed.ward-add')}
      okText={t('bed.ward-add')}
      okButtonProps={{ disabled: !departmentId || !name.trim(), loading: add.isPending }}
      onOk={() => departmentId && add.mutate({ body: { ...form.value, departmentId } })}
      onCancel={onClose}
    >
      <DraftNote form={form} />
      <Fields columns={1}>
        <Field label={t('schedule.department')} required>
          {(id) => (
            <DepartmentChoice
              id={id}
              institutionId={institution?.id ?? null}
              value={departmentId}
              onChange={(next) => form.set('departmentId', next)}
            />
          )}
        </Field>
        <Field label={t('bed.ward')} required problem={form.problem('name')}>
          {(id) => <Input id={id} value={name} onChange={({ target }) => form.set('name', target.value)} />}
        </Field>
        <Field label={t('bed.kind')}>
          {(id) => (
            <Select
              id={id}
              value={form.value.bedKind}
              options={bedKind.options.map((value) => ({ value, label: t(`bedKind.${value}`) }))}
              onChange={(next) => form.set('bedKind', next)}
            />
          )}
        </Field>
        <Field label={t('bed.count')} problem={form.problem('beds')}>
          {(id) => (
            <InputNumber
              id={id}
              min={1}
              max={200}
              value={form.value.beds}
              onChange={(next) => form.set('beds', next ?? 1)}
            />
          )}
        </Field>
      </Fields>
      <RefusalNote refused={add.error} />
    </Modal>
  )
}
