import { benefitApi } from '@tongmai/api/benefit'
import { Modal, Select } from 'antd'
import { timeNow } from '../../kernel/clock.ts'
import { showDay } from '../../kernel/dates.ts'
import { useForm } from '../../kernel/use-form.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { DayField } from '../../ui/date-field.tsx'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { benefitWords } from './words.ts'

const schemes = ['resident', 'employee'] as const
const categories = ['general', 'retired', 'minor', 'assisted'] as const

interface RecordForm {
  area: string | null
  scheme: (typeof schemes)[number]
  category: (typeof categories)[number]
  since: string
}

/** Records what a resident shows at the desk. */
export function RecordInsurance({ residentId, onClose }: { residentId: string; onClose: () => void }) {
  const t = useWords(benefitWords)
  const tell = useTell()
  const areas = useRead(benefitApi.listAreas, { query: { limit: 200 } })
  const record = useWrite(benefitApi.recordInsurance, {
    onDone: ({ area }) => {
      tell(t('insured.recorded', { area }))
      form.discard()
      onClose()
    },
  })
  const empty: RecordForm = {
    area: null,
    scheme: 'resident',
    category: 'general',
    since: `${showDay(timeNow()).slice(0, 4)}-01-01`,
  }
  const form = useForm(`benefit.insured:${residentId}`, empty, record.error)
  const { value, set, problem } = form
  const send = () => {
    const { area, ...rest } = value
    if (area) record.mutate({ params: { id: residentId }, body: { area, ...rest } })
  }
  return (
    <Modal
      open
      title={t('insured.record')}
      okText={t('insured.record')}
      onOk={send}
      onCancel={onClose}
      confirmLoading={record.isPending}
      okButtonProps={{ disabled: !value.area }}
    >
      <RefusalNote refused={record.error} />
      <DraftNote form={form} />
      <Fields>
        <Field label={t('area')} required wide problem={problem('area')}>
          {(id) => (
            <Select
              id={id}
              showSearch={{ optionFilterProp: 'label' }}
              value={value.area}
              onChange={(area) => set('area', area)}
              options={(areas.data?.items ?? []).map(({ area }) => ({ value: area, label: area }))}
            />
          )}
        </Field>
        <Field label={t('scheme')} required problem={problem('scheme')}>
          {(id) => (
            <Select
              id={id}
              value={value.scheme}
              onChange={(scheme) => set('scheme', scheme)}
              options={schemes.map((one) => ({ value: one, label: t(`scheme.${one}`) }))}
            />
          )}
        </Field>
        <Field label={t('category')} required problem={problem('category')}>
          {(id) => (
            <Select
              id={id}
              value={value.category}
              onChange={(category) => set('category', category)}
              options={categories.map((one) => ({ value: one, label: t(`category.${one}`) }))}
            />
          )}
        </Field>
        <Field label={t('insured.since')} required problem={problem('since')}>
          {(id) => <DayField id={id} value={value.since} onChange={(next) => next && set('since', next)} />}
        </Field>
      </Fields>
    </Modal>
  )
}
