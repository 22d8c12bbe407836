import { type TechniquePage, techniqueApi } from '@tongmai/api/technique'
import { Input, Modal } from 'antd'
import { useState } from 'react'
import { timeNow } from '../../kernel/clock.ts'
import { showDay } from '../../kernel/dates.ts'
import { upload } from '../../kernel/upload.ts'
import { useForm } from '../../kernel/use-form.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { DayField } from '../../ui/date-field.tsx'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { FileDrop } from '../../ui/file-drop.tsx'
import { type Choice, Picker } from '../../ui/picker.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { findInstitutionChoices, listDepartmentChoices } from '../network/index.ts'
import { findPractitionerChoices } from './choice.ts'
import { techniqueWords } from './words.ts'

interface SignOffForm {
  institution: Choice | null
  department: Choice | null
  practitioner: Choice | null
  since: string
  until: string | null
  filing: string
}

/** Signs a department off for independent practice. */
export function SignOff({ of, onClose }: { of: TechniquePage; onClose: () => void }) {
  const t = useWords(techniqueWords)
  const tell = useTell()
  const [files, setFiles] = useState<readonly File[]>([])
  const sign = useWrite(techniqueApi.signOff, {
    touches: ['technique'],
    onDone: ({ institutionName, departmentName }) => {
      tell(t('signed-off', { institution: institutionName, department: departmentName }))
      form.discard()
      onClose()
    },
  })
  const empty: SignOffForm = {
    institution: null,
    department: null,
    practitioner: null,
    since: showDay(timeNow()),
    until: null,
    filing: '',
  }
  const form = useForm(`technique.sign-off:${of.id}`, empty, sign.error)
  const { value, set, problem } = form
  const institutionId = value.institution?.value
  const send = async () => {
    const { department, practitioner, since, until, filing } = value
    if (!department) return
    const [file] = files
    const evidence = file ? { hash: (await upload(file)).hash, name: file.name.slice(0, 120) } : null
    const who = { departmentId: department.value, practitionerId: practitioner?.value ?? null }
    const body = { ...who, since, until, filing: filing.trim() || null, evidence }
    sign.mutate({ params: { id: of.id }, body })
  }
  return (
    <Modal
      open
      width={640}
      title={t('sign-off-title', { name: of.name })}
      okText={t('sign-off')}
      onOk={() => void send()}
      onCancel={onClose}
      confirmLoading={sign.isPending}
      okButtonProps={{ disabled: !value.department }}
    >
      <p className="tm-quiet">{t('sign-off-hint')}</p>
      <RefusalNote refused={sign.error} />
      <DraftNote form={form} />
      <Fields>
        <Field label={t('institution')} required>
          {(id) => (
            <Picker
              id={id}
              name="network.institution"
              find={findInstitutionChoices}
              value={value.institution}
              onChange={(institution) => form.change({ institution, department: null, practitioner: null })}
            />
          )}
        </Field>
        <Field label={t('department')} required problem={problem('departmentId')}>
          {(id) => (
            <Picker
              id={id}
              name={`technique.department:${institutionId}`}
              disabled={!institutionId}
              find={async (text) =>
                institutionId
                  ? (await listDepartmentChoices(institutionId)).filter((one) => one.label.includes(text))
                  : []
              }
              value={value.department}
              onChange={(department) => set('department', department)}
            />
          )}
        </Field>
        <Field
          label={t('practitioner')}
          wide
          hint={t('practitioner-hint')}
          problem={problem('practitionerId')}
        >
          {(id) => (
            <Picker
              id={id}
              name={`technique.practitioner:${institutionId}`}
              disabled={!institutionId}
              find={findPractitionerChoices(institutionId)}
              value={value.practitioner}
              onChange={(practitioner) => set('practitioner', practitioner)}
            />
          )}
        </Field>
        <Field label={t('since')} required problem={problem('since')}>
          {(id) => <DayField id={id} value={value.since} onChange={(next) => next && set('since', next)} />}
        </Field>
        <Field label={t('until')} hint={t('until-hint')} problem={problem('until')}>
          {(id) => <DayField id={id} value={value.until} onChange={(next) => set('until', next)} />}
        </Field>
        <Field
          label={t('filing')}
          wide
          required={of.level === 'restricted'}
          hint={t('filing-hint')}
          problem={problem('filing')}
        >
          {(id) => (
            <Input id={id} value={value.filing} onChange={({ target }) => set('filing', target.value)} />
          )}
        </Field>
        <Field label={t('evidence')} wide hint={t('evidence-hint')}>
          {() => <FileDrop files={files} onChange={setFiles} several={false} />}
        </Field>
      </Fields>
    </Modal>
  )
}
