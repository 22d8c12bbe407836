import { contractApi } from '@tongmai/api/contract'
import { type BedOrder, orderPeriod } from '@tongmai/api/contract/bed'
import { Checkbox, Input, InputNumber, Modal, Segmented, Select } from 'antd'
import { useState } from 'react'
import { timeNow } from '../../kernel/clock.ts'
import { useDates } from '../../kernel/use-dates.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { DayField, MomentField } from '../../ui/date-field.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { RefusalNote } from '../../ui/tell.tsx'
import { type BedDialogProps, useDone } from './bed-move-dialogs.tsx'
import { Measurements, type Measuring } from './measurements.tsx'
import { contractWords } from './words.ts'

/** What a round or a nurse found and did. */
export function NoteBedDialog({ bed, onClose }: BedDialogProps) {
  const t = useWords(contractWords)
  const [kind, setKind] = useState<'round' | 'nursing'>('nursing')
  const [at, setAt] = useState<Date | null>(timeNow())
  const [text, setText] = useState('')
  const [measuring, setMeasuring] = useState<Measuring>([])
  const [carriedOut, setCarriedOut] = useState<string[]>([])
  const note = useWrite(contractApi.noteBed, useDone('note', onClose))
  const live = bed.orders.filter((one) => !one.stoppedAt)
  const measurements = measuring.flatMap((one) => (one.value === null ? [] : [{ ...one, value: one.value }]))
  return (
    <Modal
      open
      title={`${bed.resident.nameMasked} · ${t('bed.move.note')}`}
      okText={t('bed.move.note')}
      okButtonProps={{ disabled: text.trim() === '' || at === null }}
      confirmLoading={note.isPending}
      onOk={() =>
        at && note.mutate({ params: { id: bed.id }, body: { kind, at, text, measurements, carriedOut } })
      }
      onCancel={onClose}
    >
      <RefusalNote refused={note.error} />
      <Fields>
        <Field label={t('bed.note.kind')}>
          {(id) => (
            <Segmented<'round' | 'nursing'>
              id={id}
              value={kind}
              options={(['nursing', 'round'] as const).map((value) => ({
                value,
                label: t(`bed.note.${value}`),
              }))}
              onChange={setKind}
            />
          )}
        </Field>
        <Field label={t('service.at')} required>
          {(id) => <MomentField id={id} value={at} onChange={setAt} />}
        </Field>
      </Fields>
      <Field label={t('bed.note.text')} required>
        {(id) => (
          <Input.TextArea id={id} rows={3} value={text} onChange={({ target }) => setText(target.value)} />
        )}
      </Field>
      {live.length > 0 && (
        <Field label={t('bed.note.carried-out')}>
          {() => (
            <Checkbox.Group
              value={carriedOut}
              options={live.map((one) => ({ value: one.id, label: one.what }))}
              onChange={(next) => setCarriedOut(next)}
            />
          )}
        </Field>
      )}
      <Field label={t('service.measurements')}>
        {() => <Measurements value={measuring} onChange={setMeasuring} />}
      </Field>
    </Modal>
  )
}

/** A physician orders nursing: what, how often, until when. */
export function OrderBedDialog({ bed, onClose }: BedDialogProps) {
  const t = useWords(contractWords)
  const { now, day } = useDates()
  const [what, setWhat] = useState('')
  const [times, setTimes] = useState<number | null>(1)
  const [per, setPer] = useState<BedOrder['per']>('day')
  const [until, setUntil] = useState<string | null>(null)
  const order = useWrite(contractApi.orderBed, useDone('order', onClose))
  return (
    <Modal
      open
      title={`${bed.resident.nameMasked} · ${t('bed.move.order')}`}
      okText={t('bed.move.order')}
      okButtonProps={{ disabled: what.trim() === '' }}
      confirmLoading={order.isPending}
      onOk={() => order.mutate({ params: { id: bed.id }, body: { what, times: times ?? 1, per, until } })}
      onCancel={onClose}
    >
      <RefusalNote refused={order.error} />
      <Fields>
        <Field label={t('bed.order.what')} required wide>
          {(id) => (
            <Input id={id} maxLength={200} value={what} onChange={({ target }) => setWhat(target.value)} />
          )}
        </Field>
        <Field label={t('bed.order.per')}>
          {(id) => (
            <Select
              id={id}
              value={per}
              options={orderPeriod.options.map((value) => ({ value, label: t(`bed.per.${value}`) }))}
              onChange={setPer}
            />
          )}
        </Field>
        {per !== 'asNeeded' && (
          <Field label={t('bed.order.times')}>
            {(id) => <InputNumber id={id} min={1} max={24} precision={0} value={times} onChange={setTimes} />}
          </Field>
        )}
        <Field label={t('bed.order.until')}>
          {(id) => <DayField id={id} value={until} from={day(now)} onChange={setUntil} />}
        </Field>
      </Fields>
    </Modal>
  )
}
