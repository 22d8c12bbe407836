import { contractApi } from '@tongmai/api/contract'
import type { ContractService } from '@tongmai/api/contract/fulfilment'
import { Input, Modal } from 'antd'
import { useState } from 'react'
import { timeNow } from '../../kernel/clock.ts'
import { Refused } from '../../kernel/refused.ts'
import { upload } from '../../kernel/upload.ts'
import { useForm } from '../../kernel/use-form.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { MomentField } from '../../ui/date-field.tsx'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Field } from '../../ui/field.tsx'
import { FileDrop } from '../../ui/file-drop.tsx'
import { SignPad } from '../../ui/light/sign-pad.tsx'
import { RefusalNote, useTell, useTellRefused } from '../../ui/tell.tsx'
import { Measurements, type Measuring } from './measurements.tsx'
import { PlaceField } from './place-field.tsx'
import { contractWords } from './words.ts'

interface Typed {
  readonly at: Date | null
  readonly note: string
  readonly measurements: Measuring
  readonly place: { latitude: number; longitude: number } | null
}

/** Blood pressure is what is measured most; everything can be typed over. */
const blank = [
  { name: '收缩压', value: null, unit: 'mmHg' },
  { name: '舒张压', value: null, unit: 'mmHg' },
]

/** Records a service as delivered, asking for the evidence that its item wants. */
export function DeliverDialog({ service, onClose }: { service: ContractService; onClose: () => void }) {
  const t = useWords(contractWords)
  const tell = useTell()
  const tellRefused = useTellRefused()
  const [photos, setPhotos] = useState<readonly File[]>([])
  const [drawn, setDrawn] = useState<File | null>(null)
  const asks = (kind: ContractService['evidence'][number]) => service.evidence.includes(kind)
  const deliver = useWrite(contractApi.deliver, {
    touches: ['contract'],
    onDone: ({ item }) => {
      tell(t('service.saved', { item }))
      form.discard()
      onClose()
    },
  })
  const empty: Typed = {
    at: timeNow(),
    note: '',
    measurements: asks('measurement') ? blank : [],
    place: null,
  }
  const form = useForm<Typed>(`contract.deliver:${service.id}`, empty, deliver.error)
  const { value, set, problem } = form
  const [busy, setBusy] = useState(false)
  const send = async () => {
    if (!value.at) return
    setBusy(true)
    try {
      const kept = await Promise.all(photos.map(upload))
      const signature = drawn ? (await upload(drawn)).hash : null
      const measurements = value.measurements.flatMap((one) =>
        one.value === null ? [] : [{ ...one, value: one.value }],
      )
      const { at, note, place } = value
      const body = { at, note, place, measurements, signature, photos: kept.map((one) => one.hash) }
      deliver.mutate({ params: { id: service.id }, body })
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      tellRefused(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Modal
      open
      title={`${service.resident.nameMasked} · ${service.item}`}
      okText={t('service.deliver')}
      confirmLoading={busy || deliver.isPending}
      okButtonProps={{ disabled: value.at === null }}
      onOk={() => void send()}
      onCancel={onClose}
    >
      <RefusalNote refused={deliver.error} />
      <DraftNote form={form} />
      <Field label={t('service.at')} required problem={problem('at')}>
        {(id) => <MomentField id={id} value={value.at} onChange={(at) => set('at', at)} />}
      </Field>
      <Field label={t('service.note')} required={asks('visitNote')} problem={problem('visitNote')}>
        {(id) => (
          <Input.TextArea
            id={id}
            rows={3}
            value={value.note}
            onChange={({ target }) => set('note', target.value)}
          />
        )}
      </Field>
      <Field
        label={t('service.measurements')}
        required={asks('measurement')}
        problem={problem('measurement')}
      >
        {() => <Measurements value={value.measurements} onChange={(all) => set('measurements', all)} />}
      </Field>
      {asks('placeAndTime') && (
        <Field label={t('service.place')} required problem={problem('placeAndTime')}>
          {() => <PlaceField value={value.place} onChange={(place) => set('place', place)} />}
        </Field>
      )}
      {asks('photo') && (
        <Field label={t('service.photos')} required problem={problem('photo')}>
          {() => <FileDrop files={photos} onChange={setPhotos} accept="image/*" />}
        </Field>
      )}
      {asks('signature') && (
        <Field label={t('service.signature')} required problem={problem('signature')}>
          {() => <SignPad label={t('service.signature')} clearLabel={t('sign.clear')} onChange={setDrawn} />}
        </Field>
      )}
    </Modal>
  )
}
