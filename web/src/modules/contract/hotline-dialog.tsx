import { contractApi } from '@tongmai/api/contract'
import { hotlineOutcome, hotlineTopic } from '@tongmai/api/contract/hotline'
import { Input, Modal, Select } from 'antd'
import { Suspense, useState } from 'react'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { Field, Fields } from '../../ui/field.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { PatientChoice } from '../resident/index.ts'
import { contractWords } from './words.ts'

const nothing = { caller: '', topic: 'symptom', asked: '', answered: '', outcome: 'answered' } as const
type Said = {
  caller: string
  topic: (typeof hotlineTopic.options)[number]
  asked: string
  answered: string
  outcome: (typeof hotlineOutcome.options)[number]
}

/** Notes a call to the hotline while one still remembers it. */
export function HotlineDialog({ onClose }: { onClose: () => void }) {
  const t = useWords(contractWords)
  const tell = useTell()
  const [residentId, setResidentId] = useState<string | null>(null)
  const [said, setSaid] = useState<Said>(nothing)
  const set = (change: Partial<Said>) => setSaid({ ...said, ...change })
  const note = useWrite(contractApi.noteHotline, {
    touches: ['contract'],
    onDone: () => {
      tell(t('hotline.noted'))
      onClose()
    },
  })
  const whole = said.asked.trim() !== '' && (residentId !== null || said.caller.trim() !== '')
  const text = (name: 'asked' | 'answered', required: boolean) => (
    <Field label={t(`hotline.${name}`)} required={required}>
      {(id) => (
        <Input.TextArea
          id={id}
          rows={2}
          maxLength={500}
          value={said[name]}
          onChange={({ target }) => set({ [name]: target.value })}
        />
      )}
    </Field>
  )
  return (
    <Modal
      open
      width={640}
      title={t('hotline.note')}
      okText={t('hotline.note')}
      okButtonProps={{ disabled: !whole }}
      confirmLoading={note.isPending}
      onOk={() => note.mutate({ body: { residentId, ...said } })}
      onCancel={onClose}
    >
      <RefusalNote refused={note.error} />
      <Fields columns={1}>
        <Field label={t('hotline.topic')}>
          {(id) => (
            <Select
              id={id}
              value={said.topic}
              options={hotlineTopic.options.map((one) => ({ value: one, label: t(`hotline.topic.${one}`) }))}
              onChange={(topic) => set({ topic })}
            />
          )}
        </Field>
        {text('asked', true)}
        {text('answered', false)}
        <Field label={t('hotline.outcome')}>
          {(id) => (
            <Select
              id={id}
              value={said.outcome}
              options={hotlineOutcome.options.map((one) => ({
                value: one,
                label: t(`hotline.outcome.${one}`),
              }))}
              onChange={(outcome) => set({ outcome })}
            />
          )}
        </Field>
      </Fields>
      <h3>{t('hotline.resident')}</h3>
      <Suspense>
        <PatientChoice value={residentId} onChange={setResidentId} />
      </Suspense>
      <Field label={t('hotline.caller')} hint={t('hotline.caller-hint')}>
        {(id) => (
          <Input
            id={id}
            maxLength={60}
            value={said.caller}
            onChange={({ target }) => set({ caller: target.value })}
          />
        )}
      </Field>
    </Modal>
  )
}
