import { recognitionApi } from '@tongmai/api/recognition'
import { type MarkScope, markScope } from '@tongmai/api/recognition/catalogue'
import { Input, InputNumber, Modal, Select } from 'antd'
import { call } from '../../kernel/call.ts'
import { timeNow } from '../../kernel/clock.ts'
import { showDay } from '../../kernel/dates.ts'
import { useSession } from '../../kernel/session.tsx'
import { useForm } from '../../kernel/use-form.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { DayField } from '../../ui/date-field.tsx'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { type Choice, Picker } from '../../ui/picker.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { findInstitutionChoices } from '../network/index.ts'
import { recognitionWords } from './words.ts'

interface GateForm {
  institution: Choice | null
  item: Choice | null
  scope: MarkScope
  body: string
  year: number
  passed: boolean
  since: string
  until: string | null
}

async function findItems(text: string): Promise<Choice[]> {
  const { items } = await call(recognitionApi.listItems, { query: { q: text, limit: 20 } })
  return items.map(({ id, name, code }) => ({ value: id, label: name, detail: code }))
}

/** Enters one assessment, of the own institution where nothing else is chosen. */
export function AddGate({ onClose }: { onClose: () => void }) {
  const t = useWords(recognitionWords)
  const tell = useTell()
  const { institution } = useSession()
  const today = showDay(timeNow())
  const add = useWrite(recognitionApi.addGate, {
    touches: ['recognition'],
    onDone: ({ institutionName, itemName }) => {
      tell(t('gates.added', { institution: institutionName, item: itemName }))
      form.discard()
      onClose()
    },
  })
  const empty: GateForm = {
    institution: institution ? { value: institution.id, label: institution.name } : null,
    ...{ item: null, scope: 'province', body: '', year: Number(today.slice(0, 4)), passed: true },
    ...{ since: today, until: null },
  }
  const form = useForm('recognition.gate', empty, add.error)
  const { value, set, problem } = form
  const { institution: at, item, until, ...facts } = value
  const send = () =>
    at &&
    item &&
    until &&
    add.mutate({ body: { ...facts, institutionId: at.value, itemId: item.value, until } })
  return (
    <Modal
      open
      width={640}
      title={t('gates.add')}
      okText={t('gates.add')}
      onOk={send}
      onCancel={onClose}
      confirmLoading={add.isPending}
      okButtonProps={{ disabled: !at || !item || !until || !value.body.trim() }}
    >
      <RefusalNote refused={add.error} />
      <DraftNote form={form} />
      <Fields>
        <Field label={t('gate.institution')} required>
          {(id) => (
            <Picker
              id={id}
              name="network.institution"
              find={findInstitutionChoices}
              value={at}
              onChange={(next) => set('institution', next)}
            />
          )}
        </Field>
        <Field label={t('item.name')} required>
          {(id) => (
            <Picker
              id={id}
              name="recognition.item"
              find={findItems}
              value={item}
              onChange={(next) => set('item', next)}
            />
          )}
        </Field>
        <Field label={t('gate.level')} required>
          {(id) => (
            <Select
              id={id}
              value={value.scope}
              onChange={(next) => set('scope', next)}
              options={markScope.options.map((one) => ({ value: one, label: t(`scope.${one}`) }))}
            />
          )}
        </Field>
        <Field label={t('gate.body')} required problem={problem('body')}>
          {(id) => <Input id={id} value={value.body} onChange={({ target }) => set('body', target.value)} />}
        </Field>
        <Field label={t('gate.year')} required problem={problem('year')}>
          {(id) => (
            <InputNumber
              id={id}
              min={2000}
              max={2100}
              style={{ width: '100%' }}
              value={value.year}
              onChange={(year) => year && set('year', year)}
            />
          )}
        </Field>
        <Field label={t('gate.result')} required>
          {(id) => (
            <Select
              id={id}
              value={value.passed}
              onChange={(next) => set('passed', next)}
              options={[
                { value: true, label: t('gate.passed') },
                { value: false, label: t('gate.failed') },
              ]}
            />
          )}
        </Field>
        <Field label={t('window.since')} required problem={problem('since')}>
          {(id) => <DayField id={id} value={value.since} onChange={(day) => day && set('since', day)} />}
        </Field>
        <Field label={t('window.until')} required problem={problem('until')}>
          {(id) => (
            <DayField id={id} value={until} from={value.since} onChange={(day) => set('until', day)} />
          )}
        </Field>
      </Fields>
    </Modal>
  )
}
