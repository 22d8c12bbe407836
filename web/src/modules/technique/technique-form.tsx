import { specialty } from '@tongmai/api/network/institution'
import { type TechniquePage, techniqueApi, techniqueKind, techniqueLevel } from '@tongmai/api/technique'
import { Input, Modal, Select } from 'antd'
import { useGo } from '../../kernel/route.tsx'
import { type FormState, useForm } from '../../kernel/use-form.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useSay, useWords } from '../../kernel/words.ts'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { techniqueWords } from './words.ts'

type Facts = Pick<TechniquePage, 'name' | 'aliases' | 'specialty' | 'kind' | 'level' | 'note'>
const empty: Facts & { code: string } = {
  code: '',
  name: '',
  aliases: [],
  specialty: 'generalPractice',
  kind: 'treatment',
  level: 'appropriate',
  note: null,
}

function FactFields({ form }: { form: FormState<Facts> }) {
  const t = useWords(techniqueWords)
  const say = useSay()
  const { value, set, problem } = form
  return (
    <Fields>
      <Field label={t('name')} required wide problem={problem('name')}>
        {(id) => <Input id={id} value={value.name} onChange={({ target }) => set('name', target.value)} />}
      </Field>
      <Field label={t('aliases')} wide hint={t('aliases-hint')} problem={problem('aliases')}>
        {(id) => (
          <Select
            id={id}
            mode="tags"
            open={false}
            suffixIcon={null}
            value={value.aliases}
            onChange={(next) => set('aliases', next)}
            style={{ width: '100%' }}
          />
        )}
      </Field>
      <Field label={t('specialty')} required problem={problem('specialty')}>
        {(id) => (
          <Select
            id={id}
            showSearch={{ optionFilterProp: 'label' }}
            value={value.specialty}
            onChange={(next) => set('specialty', next)}
            options={specialty.options.map((one) => ({ value: one, label: say(`network.specialty.${one}`) }))}
          />
        )}
      </Field>
      <Field label={t('kind-title')} required problem={problem('kind')}>
        {(id) => (
          <Select
            id={id}
            value={value.kind}
            onChange={(next) => set('kind', next)}
            options={techniqueKind.options.map((one) => ({ value: one, label: t(`kind.${one}`) }))}
          />
        )}
      </Field>
      <Field label={t('level-title')} required problem={problem('level')}>
        {(id) => (
          <Select
            id={id}
            value={value.level}
            onChange={(next) => set('level', next)}
            options={techniqueLevel.options.map((one) => ({ value: one, label: t(`level.${one}`) }))}
          />
        )}
      </Field>
      <Field label={t('note')} wide problem={problem('note')}>
        {(id) => (
          <Input.TextArea
            id={id}
            rows={2}
            value={value.note ?? ''}
            onChange={({ target }) => set('note', target.value || null)}
          />
        )}
      </Field>
    </Fields>
  )
}

/** Enters a technique; afterwards its page is open. */
export function AddTechnique({ onClose }: { onClose: () => void }) {
  const t = useWords(techniqueWords)
  const tell = useTell()
  const go = useGo()
  const add = useWrite(techniqueApi.addTechnique, {
    touches: ['technique'],
    onDone: ({ id, name }) => {
      tell(t('added', { name }))
      form.discard()
      go(`/techniques/${id}`)
    },
  })
  const form = useForm('technique.add', empty, add.error)
  return (
    <Modal
      open
      width={640}
      title={t('add')}
      okText={t('add')}
      onOk={() => add.mutate({ body: form.value })}
      onCancel={onClose}
      confirmLoading={add.isPending}
      okButtonProps={{ disabled: !form.value.code.trim() || !form.value.name.trim() }}
    >
      <RefusalNote refused={add.error} />
      <DraftNote form={form} />
      <Fields columns={1}>
        <Field label={t('code')} required problem={form.problem('code')}>
          {(id) => (
            <Input
              id={id}
              value={form.value.code}
              onChange={({ target }) => form.set('code', target.value)}
            />
          )}
        </Field>
      </Fields>
      <FactFields form={form as unknown as FormState<Facts>} />
    </Modal>
  )
}

/** Changes a technique into its next version. */
export function ChangeTechnique({ of, onClose }: { of: TechniquePage; onClose: () => void }) {
  const t = useWords(techniqueWords)
  const tell = useTell()
  const { id, version, name, aliases, specialty: field, kind, level, note } = of
  const change = useWrite(techniqueApi.changeTechnique, {
    touches: ['technique'],
    onDone: (answer) => {
      tell(t('changed', { version: answer.version }))
      form.discard()
      onClose()
    },
  })
  const own: Facts = { name, aliases, specialty: field, kind, level, note }
  const form = useForm(`technique.change:${id}:${version}`, own, change.error)
  return (
    <Modal
      open
      width={640}
      title={t('change')}
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
