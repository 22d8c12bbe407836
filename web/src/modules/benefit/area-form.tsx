import { benefitApi } from '@tongmai/api/benefit'
import { Input, InputNumber, Modal } from 'antd'
import { timeNow } from '../../kernel/clock.ts'
import { showDay } from '../../kernel/dates.ts'
import { useForm } from '../../kernel/use-form.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { benefitWords } from './words.ts'

const empty = { area: '', division: '', note: '', gapDays: null as number | null, source: '' }

/** Enters a pooling area, and where it is known the limit between two stays of one episode. */
export function AreaForm({ onClose }: { onClose: () => void }) {
  const t = useWords(benefitWords)
  const tell = useTell()
  const gap = useWrite(benefitApi.setGap, { touches: ['benefit'] })
  const enter = useWrite(benefitApi.enterArea, {
    touches: ['benefit'],
    onDone: ({ area }) => {
      const { gapDays, source } = form.value
      if (gapDays !== null)
        gap.mutate({ body: { area, gapDays, source: source.trim(), since: showDay(timeNow()) } })
      tell(t('area.added', { area }))
      form.discard()
      onClose()
    },
  })
  const form = useForm('benefit.area', empty, enter.error)
  const { value, set, problem } = form
  const line = (name: 'area' | 'division' | 'note' | 'source', label: string, hint?: string) => (
    <Field label={label} required={name === 'area'} hint={hint} problem={problem(name)}>
      {(id) => <Input id={id} value={value[name]} onChange={({ target }) => set(name, target.value)} />}
    </Field>
  )
  const send = () => {
    const { area, division, note } = value
    enter.mutate({ body: { area, division: division.trim() || null, note: note.trim() || null } })
  }
  return (
    <Modal
      open
      title={t('area.add')}
      okText={t('area.add')}
      onOk={send}
      onCancel={onClose}
      confirmLoading={enter.isPending}
      okButtonProps={{ disabled: !value.area.trim() || (value.gapDays !== null && !value.source.trim()) }}
    >
      <RefusalNote refused={enter.error} />
      <DraftNote form={form} />
      <Fields>
        {line('area', t('area'))}
        {line('division', t('area.division'), t('area.division-hint'))}
        <Field label={t('area.gap')} hint={t('rules.unknown-hint')}>
          {(id) => (
            <InputNumber
              id={id}
              min={0}
              max={365}
              precision={0}
              style={{ width: '100%' }}
              value={value.gapDays}
              onChange={(next) => set('gapDays', next)}
            />
          )}
        </Field>
        {line('source', t('rules.source'))}
        {line('note', t('rules.note'))}
      </Fields>
    </Modal>
  )
}
