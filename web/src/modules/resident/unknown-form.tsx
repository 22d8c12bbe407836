import { residentApi } from '@tongmai/api/resident'
import { type Sex, sex } from '@tongmai/api/workforce/practitioner'
import { Input, Modal, Select } from 'antd'
import { timeNow } from '../../kernel/clock.ts'
import { useGo } from '../../kernel/route.tsx'
import { useForm } from '../../kernel/use-form.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { MomentField } from '../../ui/date-field.tsx'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { residentWords } from './words.ts'

/** Registers somebody who cannot say who they are: where and when they were found. */
export function UnknownForm({ onClose }: { onClose: () => void }) {
  const t = useWords(residentWords)
  const tell = useTell()
  const go = useGo()
  const register = useWrite(residentApi.registerUnknown, {
    touches: ['resident'],
    onDone: ({ id, card }) => {
      tell(t('register.done', { name: card.nameMasked }))
      form.discard()
      go(`/residents/${id}`)
    },
  })
  const empty = { sex: 'unknown' as Sex, foundAt: timeNow(), foundPlace: '', note: '' }
  const form = useForm('resident.unknown', empty, register.error)
  const { value, set, problem } = form
  return (
    <Modal
      open
      title={t('unknown.title')}
      okText={t('register.act')}
      onOk={() => register.mutate({ body: { ...value, note: value.note.trim() || null } })}
      onCancel={onClose}
      confirmLoading={register.isPending}
      okButtonProps={{ disabled: !value.foundPlace.trim() }}
    >
      <p className="tm-quiet">{t('unknown.hint')}</p>
      <RefusalNote refused={register.error} />
      <DraftNote form={form} />
      <Fields columns={1}>
        <Field label={t('field.sex')} required>
          {(id) => (
            <Select
              id={id}
              value={value.sex}
              options={sex.options.map((one) => ({ value: one, label: t(`sex.${one}`) }))}
              onChange={(next) => set('sex', next)}
            />
          )}
        </Field>
        <Field label={t('unknown.at')} required problem={problem('foundAt')}>
          {(id, invalid) => (
            <MomentField
              id={id}
              invalid={invalid}
              until={timeNow()}
              value={value.foundAt}
              onChange={(next) => set('foundAt', next ?? timeNow())}
            />
          )}
        </Field>
        <Field label={t('unknown.place')} required problem={problem('foundPlace')}>
          {(id) => (
            <Input
              id={id}
              value={value.foundPlace}
              onChange={(event) => set('foundPlace', event.target.value)}
            />
          )}
        </Field>
        <Field label={t('unknown.note')} problem={problem('note')}>
          {(id) => (
            <Input.TextArea
              id={id}
              rows={2}
              maxLength={200}
              value={value.note}
              onChange={(event) => set('note', event.target.value)}
            />
          )}
        </Field>
      </Fields>
    </Modal>
  )
}
