import { contractApi } from '@tongmai/api/contract'
import { Input, InputNumber, Modal } from 'antd'
import { useState } from 'react'
import { useDates } from '../../kernel/use-dates.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { DayField } from '../../ui/date-field.tsx'
import { Field } from '../../ui/field.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { contractWords } from './words.ts'

/** How many people live in the area, as of a day, and who says so. */
export function PopulationDialog({ onClose }: { onClose: () => void }) {
  const t = useWords(contractWords)
  const tell = useTell()
  const { now, day } = useDates()
  const [people, setPeople] = useState<number | null>(null)
  const [asOf, setAsOf] = useState<string | null>(day(now))
  const [source, setSource] = useState('')
  const set = useWrite(contractApi.setPopulation, {
    touches: ['contract'],
    onDone: () => {
      tell(t('population.done'))
      onClose()
    },
  })
  const whole = people !== null && asOf !== null && source.trim() !== ''
  return (
    <Modal
      open
      title={t('population.title')}
      okText={t('population.set')}
      okButtonProps={{ disabled: !whole }}
      confirmLoading={set.isPending}
      onOk={() => whole && set.mutate({ body: { people, asOf, source } })}
      onCancel={onClose}
    >
      <RefusalNote refused={set.error} />
      <Field label={t('population.people')} required>
        {(id) => (
          <InputNumber
            id={id}
            min={1}
            max={10_000_000}
            precision={0}
            style={{ width: '100%' }}
            value={people}
            onChange={setPeople}
          />
        )}
      </Field>
      <Field label={t('population.as-of')} required>
        {(id) => <DayField id={id} value={asOf} until={day(now)} onChange={setAsOf} />}
      </Field>
      <Field label={t('population.source')} required hint={t('population.source-hint')}>
        {(id) => (
          <Input id={id} maxLength={200} value={source} onChange={({ target }) => setSource(target.value)} />
        )}
      </Field>
    </Modal>
  )
}
