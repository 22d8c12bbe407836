import { careplanApi } from '@tongmai/api/careplan'
import type { FollowedPathway, SkipReason } from '@tongmai/api/careplan/following-pathway'
import { skipReason } from '@tongmai/api/careplan/following-pathway'
import type { Answers } from '@tongmai/api/careplan/form'
import type { PathwayStep } from '@tongmai/api/careplan/pathway'
import { Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { timeNow } from '../../kernel/clock.ts'
import { useForm } from '../../kernel/use-form.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { MomentField } from '../../ui/date-field.tsx'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Field } from '../../ui/field.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { FormFields } from './form-fields.tsx'
import { careplanWords } from './words.ts'

interface StepDialogProps {
  readonly followed: FollowedPathway
  readonly step: PathwayStep
  readonly onClose: () => void
}
interface Typed {
  readonly at: Date | null
  readonly answers: Answers
  readonly note: string
}

/** Records that a step was done, by its form or in words. */
export function StepDialog({ followed, step, onClose }: StepDialogProps) {
  const t = useWords(careplanWords)
  const tell = useTell()
  const write = useWrite(careplanApi.doStep, {
    touches: ['careplan', 'record'],
    onDone: () => {
      typed.discard()
      tell(t('on.recorded'))
      onClose()
    },
  })
  const begun: Typed = { at: timeNow(), answers: {}, note: '' }
  const typed = useForm<Typed>(`careplan.step:${followed.id} ${step.code}`, begun, write.error)
  const { value, set, problem } = typed
  const [version, setVersion] = useState<number | null>(null)
  const ready = value.at !== null && (step.form ? version !== null : value.note.trim() !== '')
  const send = () => {
    const { at, answers, note } = value
    const params = { id: followed.id, code: step.code }
    if (at) write.mutate({ params, body: { at, answers, note, formVersion: version } })
  }
  return (
    <Modal
      open
      width={step.form ? 720 : 520}
      title={step.title}
      okText={t('on.do')}
      okButtonProps={{ disabled: !ready }}
      confirmLoading={write.isPending}
      onOk={send}
      onCancel={onClose}
    >
      <RefusalNote refused={write.error} />
      <DraftNote form={typed} />
      <p className="tm-quiet">{step.text}</p>
      <Field label={t('on.done-at')} required problem={problem('at')}>
        {(id) => <MomentField id={id} value={value.at} onChange={(at) => set('at', at)} />}
      </Field>
      {step.form && (
        <StepForm
          code={step.form}
          value={value.answers}
          onChange={(answers) => set('answers', answers)}
          problem={problem}
          onVersion={setVersion}
        />
      )}
      <Field
        label={t(step.form ? 'follow.note' : 'on.done-note')}
        required={!step.form}
        problem={problem('note')}
      >
        {(id) => (
          <Input.TextArea
            id={id}
            rows={2}
            value={value.note}
            onChange={({ target }) => set('note', target.value)}
          />
        )}
      </Field>
    </Modal>
  )
}

interface StepFormProps {
  readonly code: string
  readonly value: Answers
  readonly onChange: (answers: Answers) => void
  readonly problem: (name: string) => string | undefined
  readonly onVersion: (version: number) => void
}

function StepForm({ code, value, onChange, problem, onVersion }: StepFormProps) {
  const form = useRead(careplanApi.readForm, { params: { code }, query: {} })
  return (
    <Loaded read={form} rows={4}>
      {({ questionnaire, version }) => (
        <FormFields
          form={questionnaire}
          value={value}
          onChange={(answers) => {
            onVersion(version)
            onChange(answers)
          }}
          problem={problem}
        />
      )}
    </Loaded>
  )
}

/** Records why a proposed step was not done. */
export function SkipDialog({ followed, step, onClose }: StepDialogProps) {
  const t = useWords(careplanWords)
  const tell = useTell()
  const [reason, setReason] = useState<SkipReason | null>(null)
  const [note, setNote] = useState('')
  const write = useWrite(careplanApi.skipStep, {
    touches: ['careplan'],
    onDone: () => {
      tell(t('on.recorded'))
      onClose()
    },
  })
  const send = () =>
    reason && write.mutate({ params: { id: followed.id, code: step.code }, body: { reason, note } })
  return (
    <Modal
      open
      title={step.title}
      okText={t('on.skip')}
      okButtonProps={{ disabled: !reason || note.trim() === '' }}
      confirmLoading={write.isPending}
      onOk={send}
      onCancel={onClose}
    >
      <RefusalNote refused={write.error} />
      <Field label={t('on.why-not')} required>
        {(id) => (
          <Select
            id={id}
            style={{ width: '100%' }}
            placeholder={t('choose')}
            value={reason}
            options={skipReason.options.map((one) => ({ value: one, label: t(`skip.${one}`) }))}
            onChange={setReason}
          />
        )}
      </Field>
      <Field label={t('follow.note')} required>
        {(id) => (
          <Input.TextArea id={id} rows={3} value={note} onChange={({ target }) => setNote(target.value)} />
        )}
      </Field>
    </Modal>
  )
}
