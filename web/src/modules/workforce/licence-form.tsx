import { workforceApi } from '@tongmai/api/workforce'
import {
  type LicenceKind,
  licenceKind,
  type PracticeScope,
  practiceScope,
} from '@tongmai/api/workforce/practitioner'
import { Input, Modal, Select } from 'antd'
import { timeNow } from '../../kernel/clock.ts'
import { showDay } from '../../kernel/dates.ts'
import { useForm } from '../../kernel/use-form.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { DayField } from '../../ui/date-field.tsx'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { workforceWords } from './words.ts'

interface LicenceForm {
  kind: LicenceKind
  number: string
  scopes: PracticeScope[]
  since: string
  until: string | null
}

interface Props {
  readonly practitionerId: string
  readonly open: boolean
  readonly onClose: () => void
}

/** Records a licence or its renewal. */
export function LicenceFormDialog({ practitionerId, open, onClose }: Props) {
  const t = useWords(workforceWords)
  const tell = useTell()
  const add = useWrite(workforceApi.addLicence, {
    touches: ['workforce'],
    onDone: () => {
      tell(t('staff.saved'))
      form.discard()
      onClose()
    },
  })
  const empty: LicenceForm = {
    kind: 'physicianPractice',
    number: '',
    scopes: [],
    since: showDay(timeNow()),
    until: null,
  }
  const form = useForm(`workforce.licence:${practitionerId}`, empty, add.error)
  const { value, set, problem } = form
  return (
    <Modal
      open={open}
      title={t('licence.add')}
      okText={t('licence.add')}
      onOk={() => add.mutate({ params: { id: practitionerId }, body: value })}
      onCancel={onClose}
      confirmLoading={add.isPending}
      okButtonProps={{ disabled: !value.number.trim() }}
    >
      <p className="tm-quiet">{t('licence.renewal')}</p>
      <RefusalNote refused={add.error} />
      <DraftNote form={form} />
      <Fields>
        <Field label={t('staff.kind')} required wide>
          {(id) => (
            <Select
              id={id}
              value={value.kind}
              options={licenceKind.options.map((one) => ({ value: one, label: t(`licenceKind.${one}`) }))}
              onChange={(next) => set('kind', next)}
            />
          )}
        </Field>
        <Field
          label={t('licence.number')}
          required
          wide
          hint={t('licence.number-hint')}
          problem={problem('number')}
        >
          {(id) => (
            <Input
              id={id}
              autoComplete="off"
              value={value.number}
              onChange={(event) => set('number', event.target.value)}
            />
          )}
        </Field>
        <Field label={t('licence.scopes')} wide problem={problem('scopes')}>
          {(id) => (
            <Select
              id={id}
              mode="multiple"
              value={value.scopes}
              options={practiceScope.options.map((one) => ({ value: one, label: t(`scope.${one}`) }))}
              onChange={(next) => set('scopes', next)}
            />
          )}
        </Field>
        <Field label={t('staff.since')} required problem={problem('since')}>
          {(id, invalid) => (
            <DayField
              id={id}
              invalid={invalid}
              value={value.since}
              onChange={(next) => next && set('since', next)}
            />
          )}
        </Field>
        <Field label={t('staff.until')} hint={t('licence.until-hint')} problem={problem('until')}>
          {(id, invalid) => (
            <DayField id={id} invalid={invalid} value={value.until} onChange={(next) => set('until', next)} />
          )}
        </Field>
      </Fields>
    </Modal>
  )
}
