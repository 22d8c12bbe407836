import { networkApi } from '@tongmai/api/network'
import { workforceApi } from '@tongmai/api/workforce'
import { Modal, Select } from 'antd'
import { timeNow } from '../../kernel/clock.ts'
import { showDay } from '../../kernel/dates.ts'
import { useGo } from '../../kernel/route.tsx'
import { useSession } from '../../kernel/session.tsx'
import { useForm } from '../../kernel/use-form.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { DayField } from '../../ui/date-field.tsx'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { emptyPerson, PersonFields } from './practitioner-fields.tsx'
import { workforceWords } from './words.ts'

/** Adds somebody whose primary site is this institution, then opens their page for the licences. */
export function AddPractitioner({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useWords(workforceWords)
  const tell = useTell()
  const go = useGo()
  const add = useWrite(workforceApi.add, {
    touches: ['workforce'],
    onDone: ({ id, name }) => {
      tell(t('staff.added', { name }))
      form.discard()
      onClose()
      go(`/practitioners/${id}`)
    },
  })
  const empty = { ...emptyPerson, departmentId: null as string | null, since: showDay(timeNow()) }
  const form = useForm('workforce.add', empty, add.error)
  const { phone, ...rest } = form.value
  return (
    <Modal
      open={open}
      title={t('staff.add')}
      okText={t('staff.add')}
      width={640}
      onOk={() => add.mutate({ body: { ...rest, phone: phone.trim() || null } })}
      onCancel={onClose}
      confirmLoading={add.isPending}
      okButtonProps={{ disabled: !rest.name.trim() }}
    >
      <RefusalNote refused={add.error} />
      <DraftNote form={form} />
      <PersonFields form={form} />
      <Fields>
        <Field label={t('staff.department')}>
          {(id) => (
            <DepartmentChoice
              id={id}
              value={rest.departmentId}
              onChange={(next) => form.set('departmentId', next)}
            />
          )}
        </Field>
        <Field label={t('staff.since')} required problem={form.problem('since')}>
          {(id, invalid) => (
            <DayField
              id={id}
              invalid={invalid}
              value={rest.since}
              onChange={(next) => form.set('since', next ?? showDay(timeNow()))}
            />
          )}
        </Field>
      </Fields>
    </Modal>
  )
}

interface ChoiceProps {
  readonly id: string
  readonly value: string | null
  readonly onChange: (departmentId: string | null) => void
}

/** One of this institution's departments. */
export function DepartmentChoice({ id, value, onChange }: ChoiceProps) {
  const { institution } = useSession()
  const own = institution?.id ?? ''
  const read = useRead(networkApi.readInstitution, { params: { id: own } }, { when: own !== '' })
  const options = (read.data?.departments ?? []).map((one) => ({ value: one.id, label: one.name }))
  return (
    <Select
      id={id}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      loading={read.isPending}
      value={value}
      options={options}
      onChange={(next) => onChange(next ?? null)}
    />
  )
}
