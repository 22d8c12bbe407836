import { contractApi } from '@tongmai/api/contract'
import type { BedIndication } from '@tongmai/api/contract/bed'
import type { Contract } from '@tongmai/api/contract/shape'
import { Input, InputNumber, Modal, Select } from 'antd'
import { useState } from 'react'
import { useGo } from '../../kernel/route.tsx'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { Field, Fields } from '../../ui/field.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { contractWords } from './words.ts'

/** Proposes a bed at home: why, for what, and what is planned. */
export function ProposeBedDialog({ contract, onClose }: { contract: Contract; onClose: () => void }) {
  const t = useWords(contractWords)
  const tell = useTell()
  const go = useGo()
  const [indication, setIndication] = useState<BedIndication | null>(null)
  const rules = useRead(contractApi.listBedIndications, {}).data ?? []
  const chosen = rules.find((one) => one.indication === indication)
  const [diagnosis, setDiagnosis] = useState('')
  const [plan, setPlan] = useState('')
  const [reviewDays, setReviewDays] = useState<number | null>(null)
  const propose = useWrite(contractApi.proposeBed, {
    touches: ['contract', 'notice'],
    onDone: ({ id }) => {
      tell(t('bed.proposed'))
      go(`/home-beds/${id}`)
    },
  })
  const send = () =>
    indication &&
    propose.mutate({ params: { id: contract.id }, body: { indication, diagnosis, plan, reviewDays } })
  return (
    <Modal
      open
      title={`${contract.resident.nameMasked} · ${t('bed.propose')}`}
      okText={t('bed.propose')}
      okButtonProps={{ disabled: !indication || diagnosis.trim() === '' || plan.trim() === '' }}
      confirmLoading={propose.isPending}
      onOk={send}
      onCancel={onClose}
    >
      <RefusalNote refused={propose.error} />
      <Fields>
        <Field
          label={t('bed.indication')}
          required
          wide
          hint={
            chosen ? [chosen.criteria, chosen.source].filter(Boolean).join(' · ') : t('bed.indication.hint')
          }
        >
          {(id) => (
            <Select
              id={id}
              value={indication}
              options={rules.map(({ indication: value, state }) => ({
                ...{ value, disabled: state !== 'inForce' },
                label:
                  t(`bed.indication.${value}`) +
                  (state === 'inForce' ? '' : `（${t('bed.indication.toConfirm')}）`),
              }))}
              onChange={setIndication}
            />
          )}
        </Field>
        <Field label={t('bed.diagnosis')} required wide>
          {(id) => (
            <Input
              id={id}
              maxLength={200}
              value={diagnosis}
              onChange={({ target }) => setDiagnosis(target.value)}
            />
          )}
        </Field>
        <Field label={t('bed.plan')} required wide hint={t('bed.plan-hint')}>
          {(id) => (
            <Input.TextArea id={id} rows={4} value={plan} onChange={({ target }) => setPlan(target.value)} />
          )}
        </Field>
        <Field label={t('bed.review-days')} hint={t('bed.review-days-hint')}>
          {(id) => (
            <InputNumber
              id={id}
              min={1}
              max={180}
              precision={0}
              value={reviewDays}
              onChange={setReviewDays}
            />
          )}
        </Field>
      </Fields>
    </Modal>
  )
}
