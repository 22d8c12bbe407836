import { type AgreementPage, agreementApi } from '@tongmai/api/network/agreement'
import { type AllianceLine, allianceApi, cooperationGrade } from '@tongmai/api/network/alliance'
import { Input, Modal, Select } from 'antd'
import { showDay } from '../../kernel/dates.ts'
import { useGo } from '../../kernel/route.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { type FormState, useForm } from '../../kernel/use-form.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { DayField } from '../../ui/date-field.tsx'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { networkWords } from './words.ts'

interface Draft {
  readonly number: string
  readonly title: string
  readonly text: string
  readonly grade: AgreementPage['grade']
  readonly parties: readonly string[]
  readonly since: string | null
  readonly until: string | null
}

/** Drafts an agreement between members of an alliance; afterwards its page is open. */
export function DraftAgreement({
  alliance,
  onClose,
}: {
  alliance: Pick<AllianceLine, 'id' | 'leadId'>
  onClose: () => void
}) {
  const t = useWords(networkWords)
  const tell = useTell()
  const go = useGo()
  const { now } = useDates()
  const draft = useWrite(agreementApi.draftAgreement, {
    touches: ['agreement'],
    onDone: ({ id }) => {
      tell(t('agreement.drafted'))
      form.discard()
      go(`/agreements/${id}`)
    },
  })
  const parties = alliance.leadId ? [alliance.leadId] : []
  const empty: Draft = {
    number: '',
    title: '',
    text: '',
    grade: 'tight',
    parties,
    since: showDay(now),
    until: null,
  }
  const form = useForm(`network.agreement:${alliance.id}`, empty, draft.error)
  const send = () => {
    const words = readyWords(form.value)
    if (words) draft.mutate({ body: { allianceId: alliance.id, ...words } })
  }
  return (
    <Modal
      open
      width={760}
      title={t('agreement.draft')}
      okText={t('agreement.draft')}
      onOk={send}
      onCancel={onClose}
      confirmLoading={draft.isPending}
      okButtonProps={{ disabled: !readyWords(form.value) }}
    >
      <RefusalNote refused={draft.error} />
      <DraftNote form={form} />
      <WordFields form={form} allianceId={alliance.id} />
    </Modal>
  )
}

/** Changes a draft; refused where somebody changed it since. */
export function ChangeAgreement({ of, onClose }: { of: AgreementPage; onClose: () => void }) {
  const t = useWords(networkWords)
  const tell = useTell()
  const { id, version, number, title, text, grade, parties, since, until } = of
  const change = useWrite(agreementApi.changeAgreement, {
    touches: ['agreement'],
    onDone: () => {
      tell(t('agreement.changed'))
      form.discard()
      onClose()
    },
  })
  const own: Draft = { number, title, text, grade, parties, since, until }
  const form = useForm<Draft>(`network.agreement:${id}:${version}`, own, change.error)
  const send = () => {
    const words = readyWords(form.value)
    if (words) change.mutate({ params: { id }, body: { ...words, version } })
  }
  return (
    <Modal
      open
      width={760}
      title={t('move.change')}
      okText={t('save')}
      onOk={send}
      onCancel={onClose}
      confirmLoading={change.isPending}
      okButtonProps={{ disabled: !readyWords(form.value) }}
    >
      <RefusalNote refused={change.error} />
      <WordFields form={form} allianceId={of.allianceId} />
    </Modal>
  )
}

/** The draft as the server takes it, once everything is filled in. */
function readyWords({ number, title, text, grade, parties, since, until }: Draft) {
  if (!number || !title || !text || parties.length < 2 || !since || !until) return undefined
  return { number, title, text, grade, parties: [...parties], since, until }
}

function WordFields({ form, allianceId }: { form: FormState<Draft>; allianceId: string }) {
  const t = useWords(networkWords)
  const { value, set, problem } = form
  const members = useRead(allianceApi.listMembers, { params: { id: allianceId }, query: { limit: 200 } })
  const options = (members.data?.items ?? []).map((one) => ({
    value: one.institutionId,
    label: one.shortName,
  }))
  return (
    <Fields>
      <Field label={t('agreement.title')} required problem={problem('title')}>
        {(id) => <Input id={id} value={value.title} onChange={({ target }) => set('title', target.value)} />}
      </Field>
      <Field label={t('agreement.number')} required problem={problem('number')}>
        {(id) => (
          <Input id={id} value={value.number} onChange={({ target }) => set('number', target.value)} />
        )}
      </Field>
      <Field label={t('member.grade')} required problem={problem('grade')}>
        {(id) => (
          <Select
            id={id}
            value={value.grade}
            onChange={(next) => set('grade', next)}
            options={cooperationGrade.options.map((one) => ({ value: one, label: t(`cooperation.${one}`) }))}
          />
        )}
      </Field>
      <Field label={t('agreement.parties')} required wide problem={problem('parties')}>
        {(id) => (
          <Select
            id={id}
            mode="multiple"
            showSearch={{ optionFilterProp: 'label' }}
            value={[...value.parties]}
            onChange={(next) => set('parties', next)}
            options={options}
            style={{ width: '100%' }}
          />
        )}
      </Field>
      <Field label={t('member.since')} required problem={problem('since')}>
        {(id) => <DayField id={id} value={value.since} onChange={(next) => set('since', next)} />}
      </Field>
      <Field label={t('member.until')} required problem={problem('until')}>
        {(id) => <DayField id={id} value={value.until} onChange={(next) => set('until', next)} />}
      </Field>
      <Field label={t('agreement.text')} required wide problem={problem('text')}>
        {(id) => (
          <Input.TextArea
            id={id}
            rows={8}
            value={value.text}
            onChange={({ target }) => set('text', target.value)}
          />
        )}
      </Field>
    </Fields>
  )
}
