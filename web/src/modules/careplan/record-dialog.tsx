import { careplanApi } from '@tongmai/api/careplan'
import { type FollowUp, type Way, way } from '@tongmai/api/careplan/follow-up'
import type { Answers } from '@tongmai/api/careplan/form'
import { Alert, App, Input, Modal, Segmented } from 'antd'
import { timeNow } from '../../kernel/clock.ts'
import { useGo } from '../../kernel/route.tsx'
import { useForm } from '../../kernel/use-form.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { MomentField } from '../../ui/date-field.tsx'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { FormFields } from './form-fields.tsx'
import { SelfAnswered } from './self-answered.tsx'
import { careplanWords } from './words.ts'

interface Typed {
  readonly at: Date | null
  /** Nothing is chosen beforehand where the resident has answered: that was no visit. */
  readonly way: Way | ''
  readonly answers: Answers
  readonly note: string
}

/** Records a follow-up by its form; where the rules propose a referral, leads to it with everything filled in. */
export function RecordDialog({ followUp, onClose }: { followUp: FollowUp; onClose: () => void }) {
  const t = useWords(careplanWords)
  const tell = useTell()
  const propose = usePropose()
  const form = useRead(careplanApi.readForm, { params: { code: followUp.form }, query: {} })
  const record = useWrite(careplanApi.record, {
    touches: ['careplan', 'record', 'notice'],
    onDone: ({ nextOn, refer, urgent, enrolmentId }) => {
      tell(nextOn ? t('follow.saved', { nextOn }) : t('follow.saved-last'))
      typed.discard()
      onClose()
      if (refer) propose(referralPath(followUp.resident.id, refer, enrolmentId), refer, urgent)
    },
  })
  const { selfAnswer } = followUp
  const empty: Typed = {
    at: timeNow(),
    way: selfAnswer ? '' : 'clinic',
    answers: selfAnswer?.answers ?? {},
    note: '',
  }
  const typed = useForm<Typed>(`careplan.record:${followUp.id}`, empty, record.error)
  const { value, set, problem } = typed
  const { at, way: chosen } = value
  const ready = at && chosen ? { at, way: chosen } : undefined
  const send = () => {
    if (!ready || !form.data) return
    const { answers: given, note } = value
    const { version: formVersion, questionnaire } = form.data
    // What the resident answered by an earlier version of the form may no longer be asked.
    const answers = Object.fromEntries(
      questionnaire.item.flatMap(({ linkId }) =>
        given[linkId] === undefined ? [] : [[linkId, given[linkId]]],
      ),
    )
    record.mutate({ params: { id: followUp.id }, body: { ...ready, formVersion, answers, note } })
  }
  return (
    <Modal
      open
      width={720}
      title={`${followUp.resident.nameMasked} · ${followUp.reason}`}
      okText={t('follow.record')}
      okButtonProps={{ disabled: !ready || !form.data }}
      confirmLoading={record.isPending}
      onOk={send}
      onCancel={onClose}
    >
      <RefusalNote refused={record.error} />
      <DraftNote form={typed} />
      {selfAnswer && (
        <Alert
          type={selfAnswer.urgent ? 'error' : 'info'}
          showIcon
          title={<SelfAnswered answer={selfAnswer} />}
          description={t('follow.self-check')}
        />
      )}
      <Fields columns={2}>
        <Field label={t('follow.at')} required problem={problem('at')}>
          {(id) => <MomentField id={id} value={value.at} onChange={(at) => set('at', at)} />}
        </Field>
        <Field label={t('follow.way')} required>
          {(id) => (
            <Segmented<Way | ''>
              id={id}
              value={value.way}
              options={way.options.map((one) => ({ value: one, label: t(`way.${one}`) }))}
              onChange={(next) => set('way', next)}
            />
          )}
        </Field>
      </Fields>
      <Loaded read={form} rows={6}>
        {({ questionnaire }) => (
          <FormFields
            form={questionnaire}
            value={value.answers}
            onChange={(answers) => set('answers', answers)}
            problem={problem}
          />
        )}
      </Loaded>
      <Field label={t('follow.note')}>
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

/** Where a referral that the rules propose is written, filled in from the enrolment where there is one. */
export const referralPath = (residentId: string, reason: string, enrolmentId?: string | null): string =>
  `/referrals/new?resident=${residentId}&reason=${encodeURIComponent(reason)}${enrolmentId ? `&enrolment=${enrolmentId}` : ''}`

/** Asks whether to write the referral now; people decide. */
function usePropose(): (path: string, reason: string, urgent: boolean) => void {
  const t = useWords(careplanWords)
  const { modal } = App.useApp()
  const go = useGo()
  return (path, reason, urgent) =>
    void modal.confirm({
      title: t('follow.refer'),
      content: (
        <>
          <p>{reason}</p>
          <p>{t(urgent ? 'follow.urgent' : 'follow.follow-referral')}</p>
        </>
      ),
      okText: t('follow.refer-now'),
      cancelText: t('follow.refer-later'),
      onOk: () => go(path),
    })
}
