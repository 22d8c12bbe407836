import { recognitionApi } from '@tongmai/api/recognition'
import { type ItemPage, itemCategory } from '@tongmai/api/recognition/catalogue'
import { Checkbox, Input, Modal, Select } from 'antd'
import { timeNow } from '../../kernel/clock.ts'
import { showDay } from '../../kernel/dates.ts'
import { useGo } from '../../kernel/route.tsx'
import { type FormState, useForm } from '../../kernel/use-form.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { emptyTerms, type Terms, WindowFields } from './window-fields.tsx'
import { recognitionWords } from './words.ts'

type Facts = Pick<ItemPage, 'name' | 'aliases' | 'category' | 'dimensionless' | 'loinc' | 'localCodes'>
const emptyFacts: Facts = {
  name: '',
  aliases: [],
  category: 'biochemistry',
  dimensionless: false,
  loinc: [],
  localCodes: [],
}

function Tags({
  label,
  hint,
  value,
  onChange,
  problem,
}: {
  label: string
  hint: string
  value: readonly string[]
  onChange: (next: string[]) => void
  problem: string | undefined
}) {
  return (
    <Field label={label} hint={hint} wide problem={problem}>
      {(id) => (
        <Select
          id={id}
          mode="tags"
          open={false}
          suffixIcon={null}
          value={[...value]}
          onChange={onChange}
          style={{ width: '100%' }}
        />
      )}
    </Field>
  )
}

function FactFields({ form }: { form: FormState<Facts> }) {
  const t = useWords(recognitionWords)
  const { value, set, problem } = form
  const tags = (name: 'aliases' | 'loinc' | 'localCodes', label: string, hint: string) => (
    <Tags
      label={label}
      hint={hint}
      value={value[name]}
      onChange={(next) => set(name, next)}
      problem={problem(name)}
    />
  )
  return (
    <Fields>
      <Field label={t('item.name')} required problem={problem('name')}>
        {(id) => <Input id={id} value={value.name} onChange={({ target }) => set('name', target.value)} />}
      </Field>
      <Field label={t('item.category')} required problem={problem('category')}>
        {(id) => (
          <Select
            id={id}
            value={value.category}
            onChange={(next) => set('category', next)}
            options={itemCategory.options.map((one) => ({ value: one, label: t(`category.${one}`) }))}
          />
        )}
      </Field>
      {tags('aliases', t('item.aliases'), t('item.enter-hint'))}
      <Field label={t('item.unit')} wide hint={t('item.dimensionless-hint')}>
        {(id) => (
          <Checkbox
            id={id}
            checked={value.dimensionless}
            onChange={({ target }) => set('dimensionless', target.checked)}
          >
            {t('item.dimensionless')}
          </Checkbox>
        )}
      </Field>
      {tags('loinc', t('item.loinc'), t('item.enter-hint'))}
      {tags('localCodes', t('item.local'), t('item.local-hint'))}
    </Fields>
  )
}

/** Enters an item with its first window; afterwards its page is open. */
export function AddItem({ onClose }: { onClose: () => void }) {
  const t = useWords(recognitionWords)
  const tell = useTell()
  const go = useGo()
  const add = useWrite(recognitionApi.addItem, {
    touches: ['recognition'],
    onDone: ({ id, name }) => {
      tell(t('items.added', { name }))
      form.discard()
      go(`/recognition-items/${id}`)
    },
  })
  const empty = { code: '', ...emptyFacts, window: emptyTerms(showDay(timeNow())) }
  const form = useForm('recognition.add', empty, add.error)
  const { value, set, problem } = form
  return (
    <Modal
      open
      width={680}
      title={t('items.add')}
      okText={t('items.add')}
      onOk={() => add.mutate({ body: form.value })}
      onCancel={onClose}
      confirmLoading={add.isPending}
      okButtonProps={{ disabled: !value.code.trim() || !value.name.trim() || !value.window.source.trim() }}
    >
      <RefusalNote refused={add.error} />
      <DraftNote form={form} />
      <Fields columns={1}>
        <Field label={t('item.code')} required problem={problem('code')}>
          {(id) => <Input id={id} value={value.code} onChange={({ target }) => set('code', target.value)} />}
        </Field>
      </Fields>
      <FactFields form={form as unknown as FormState<Facts>} />
      <WindowFields
        value={value.window}
        onChange={(next) => set('window', next)}
        problem={(name) => problem(`window.${name}`)}
      />
    </Modal>
  )
}

/** Changes names and codes into the next version. */
export function ChangeItem({ of, onClose }: { of: ItemPage; onClose: () => void }) {
  const t = useWords(recognitionWords)
  const tell = useTell()
  const { id, version, name, aliases, category, dimensionless, loinc, localCodes } = of
  const change = useWrite(recognitionApi.changeItem, {
    touches: ['recognition'],
    onDone: (answer) => {
      tell(t('items.changed', { version: answer.version }))
      form.discard()
      onClose()
    },
  })
  const own: Facts = { name, aliases, category, dimensionless, loinc, localCodes }
  const form = useForm(`recognition.change:${id}:${version}`, own, change.error)
  return (
    <Modal
      open
      width={680}
      title={t('items.change')}
      okText={t('save')}
      onOk={() => change.mutate({ params: { id }, body: { ...form.value, version } })}
      onCancel={onClose}
      confirmLoading={change.isPending}
    >
      <RefusalNote refused={change.error} />
      <FactFields form={form} />
    </Modal>
  )
}

/** Sets the window that holds from a day on, beginning with the one in force. */
export function SetWindow({ of, onClose }: { of: ItemPage; onClose: () => void }) {
  const t = useWords(recognitionWords)
  const tell = useTell()
  const today = showDay(timeNow())
  const [latest] = of.windows
  const { until: _, ...terms } = latest ?? { ...emptyTerms(today), until: null }
  const write = useWrite(recognitionApi.setWindow, {
    touches: ['recognition'],
    onDone: () => {
      tell(t('window.set-done', { since: form.value.since }))
      form.discard()
      onClose()
    },
  })
  const form = useForm<Terms>(`recognition.window:${of.id}`, { ...terms, since: today }, write.error)
  return (
    <Modal
      open
      width={680}
      title={`${t('window.set')} ${of.name}`}
      okText={t('save')}
      onOk={() => write.mutate({ params: { id: of.id }, body: form.value })}
      onCancel={onClose}
      confirmLoading={write.isPending}
      okButtonProps={{ disabled: !form.value.source.trim() }}
    >
      <RefusalNote refused={write.error} />
      <WindowFields value={form.value} onChange={form.change} problem={form.problem} />
    </Modal>
  )
}
