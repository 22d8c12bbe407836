import { governanceApi } from '@tongmai/api/network/governance'
import { Button, Input, InputNumber, Modal } from 'antd'
import { showDay } from '../../kernel/dates.ts'
import { useDates } from '../../kernel/use-dates.ts'
import { type FormState, useForm } from '../../kernel/use-form.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { DayField } from '../../ui/date-field.tsx'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { type Choice, Picker } from '../../ui/picker.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { findMemberChoices, listDepartmentChoices } from './choice.ts'
import { networkWords } from './words.ts'

interface Owed {
  readonly title: string
  readonly institution: Choice | null
  readonly department: Choice | null
  readonly person: string
  readonly due: string | null
}
interface Draft {
  readonly number: string
  readonly title: string
  readonly text: string
  readonly votesFor: number
  readonly votesAgainst: number
  readonly votesAbstained: number
  readonly adoptedOn: string | null
  readonly duties: readonly Owed[]
}
const noDuty: Owed = { title: '', institution: null, department: null, person: '', due: null }

/** Records a resolution of the council with the duties that arise from it, down to department and person. */
export function AdoptResolution({ allianceId, onClose }: { allianceId: string; onClose: () => void }) {
  const t = useWords(networkWords)
  const tell = useTell()
  const { now } = useDates()
  const adopt = useWrite(governanceApi.adoptResolution, {
    touches: ['network.resolution-adopted'],
    onDone: ({ number }) => {
      tell(t('resolution.adopted', { number }))
      form.discard()
      onClose()
    },
  })
  const empty: Draft = {
    number: '',
    title: '',
    text: '',
    votesFor: 0,
    votesAgainst: 0,
    votesAbstained: 0,
    adoptedOn: showDay(now),
    duties: [],
  }
  const form = useForm(`network.resolution:${allianceId}`, empty, adopt.error)
  const { value, set } = form
  const send = () => {
    const { adoptedOn } = value
    if (adoptedOn)
      adopt.mutate({ params: { id: allianceId }, body: { ...value, adoptedOn, duties: owed(value.duties) } })
  }
  return (
    <Modal
      open
      width={760}
      title={t('resolution.adopt')}
      okText={t('resolution.adopt')}
      onOk={send}
      onCancel={onClose}
      confirmLoading={adopt.isPending}
      okButtonProps={{ disabled: !value.number || !value.title || !value.text || !value.adoptedOn }}
    >
      <RefusalNote refused={adopt.error} />
      <DraftNote form={form} />
      <Words form={form} />
      {value.duties.map((duty, at) => (
        <DutyFields
          // biome-ignore lint/suspicious/noArrayIndexKey: duties of a draft have no id and are only added at the end
          key={at}
          allianceId={allianceId}
          duty={duty}
          onChange={(next) => set('duties', value.duties.with(at, next))}
        />
      ))}
      <Button onClick={() => set('duties', [...value.duties, noDuty])}>{t('resolution.add-duty')}</Button>
    </Modal>
  )
}

/** The duties that are filled in; an empty line is none. */
const owed = (duties: readonly Owed[]) =>
  duties.flatMap(({ title, institution, department, person, due }) =>
    title && institution && due
      ? [
          {
            title,
            due,
            institutionId: institution.value,
            departmentId: department?.value ?? null,
            personName: person.trim() || null,
          },
        ]
      : [],
  )

function Words({ form }: { form: FormState<Draft> }) {
  const t = useWords(networkWords)
  const { value, set, problem } = form
  const votes = (name: 'votesFor' | 'votesAgainst' | 'votesAbstained', label: string) => (
    <Field label={label} required problem={problem(name)}>
      {(id) => (
        <InputNumber
          id={id}
          min={0}
          max={1000}
          value={value[name]}
          onChange={(next) => set(name, next ?? 0)}
          style={{ width: '100%' }}
        />
      )}
    </Field>
  )
  return (
    <Fields columns={3}>
      <Field label={t('resolution.number')} required problem={problem('number')}>
        {(id) => (
          <Input id={id} value={value.number} onChange={({ target }) => set('number', target.value)} />
        )}
      </Field>
      <Field label={t('resolution.title')} required problem={problem('title')}>
        {(id) => <Input id={id} value={value.title} onChange={({ target }) => set('title', target.value)} />}
      </Field>
      <Field label={t('resolution.on')} required problem={problem('adoptedOn')}>
        {(id) => <DayField id={id} value={value.adoptedOn} onChange={(next) => set('adoptedOn', next)} />}
      </Field>
      <Field label={t('resolution.text')} required wide problem={problem('text')}>
        {(id) => (
          <Input.TextArea
            id={id}
            rows={4}
            value={value.text}
            onChange={({ target }) => set('text', target.value)}
          />
        )}
      </Field>
      {votes('votesFor', t('resolution.for'))}
      {votes('votesAgainst', t('resolution.against'))}
      {votes('votesAbstained', t('resolution.abstained'))}
    </Fields>
  )
}

interface DutyFieldsProps {
  readonly allianceId: string
  readonly duty: Owed
  readonly onChange: (duty: Owed) => void
}

function DutyFields({ allianceId, duty, onChange }: DutyFieldsProps) {
  const t = useWords(networkWords)
  const { institution, department } = duty
  const findDepartments = async (text: string) =>
    institution
      ? (await listDepartmentChoices(institution.value)).filter((one) => one.label.includes(text))
      : []
  return (
    <Fields columns={3}>
      <Field label={t('duty.title')} required wide>
        {(id) => (
          <Input
            id={id}
            value={duty.title}
            onChange={({ target }) => onChange({ ...duty, title: target.value })}
          />
        )}
      </Field>
      <Field label={t('institution')} required>
        {(id) => (
          <Picker
            id={id}
            name={`network.member.${allianceId}`}
            find={findMemberChoices(allianceId)}
            value={institution}
            onChange={(next) => onChange({ ...duty, institution: next, department: null })}
          />
        )}
      </Field>
      <Field label={t('area.department')}>
        {(id) => (
          <Picker
            id={id}
            name={`network.department.${institution?.value}`}
            find={findDepartments}
            value={department}
            disabled={!institution}
            onChange={(next) => onChange({ ...duty, department: next })}
          />
        )}
      </Field>
      <Field label={t('area.person')}>
        {(id) => (
          <Input
            id={id}
            value={duty.person}
            onChange={({ target }) => onChange({ ...duty, person: target.value })}
          />
        )}
      </Field>
      <Field label={t('duty.due')} required>
        {(id) => <DayField id={id} value={duty.due} onChange={(due) => onChange({ ...duty, due })} />}
      </Field>
    </Fields>
  )
}
