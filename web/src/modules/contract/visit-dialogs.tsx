import { contractApi } from '@tongmai/api/contract'
import type { HomeVisit } from '@tongmai/api/contract/visit'
import { Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { Field } from '../../ui/field.tsx'
import { FileDrop } from '../../ui/file-drop.tsx'
import { SignPad } from '../../ui/light/sign-pad.tsx'
import { RefusalNote } from '../../ui/tell.tsx'
import { useSending } from './answer-box.tsx'
import { Measurements, type Measuring } from './measurements.tsx'
import { type Place, PlaceField } from './place-field.tsx'
import { contractWords } from './words.ts'

export interface Doing {
  readonly act: 'place' | 'finish' | 'cancel'
  readonly visit: HomeVisit
}

/** What is asked before a visit goes on: where, what was done, why not. */
export function VisitDialogs({ doing, onClose }: { doing: Doing; onClose: () => void }) {
  const { act, visit } = doing
  if (act === 'finish') return <FinishDialog visit={visit} onClose={onClose} />
  if (act === 'cancel') return <CancelDialog visit={visit} onClose={onClose} />
  return <PlaceDialog visit={visit} onClose={onClose} />
}

interface OneProps {
  readonly visit: HomeVisit
  readonly onClose: () => void
}

function PlaceDialog({ visit, onClose }: OneProps) {
  const t = useWords(contractWords)
  const [place, setPlace] = useState<Place | null>(visit.place)
  const set = useWrite(contractApi.placeVisit, { touches: ['contract'], onDone: onClose })
  return (
    <Modal
      open
      title={`${visit.resident.nameMasked} · ${t('visit.set-place')}`}
      okText={t('visit.set-place')}
      okButtonProps={{ disabled: place === null }}
      confirmLoading={set.isPending}
      onOk={() => place && set.mutate({ params: { id: visit.id }, body: { place } })}
      onCancel={onClose}
    >
      <RefusalNote refused={set.error} />
      <PlaceField value={place} onChange={setPlace} />
    </Modal>
  )
}

function CancelDialog({ visit, onClose }: OneProps) {
  const t = useWords(contractWords)
  const [note, setNote] = useState('')
  const cancel = useWrite(contractApi.cancelVisit, { touches: ['contract'], onDone: onClose })
  return (
    <Modal
      open
      title={`${visit.resident.nameMasked} · ${t('visit.cancel')}`}
      okText={t('visit.cancel')}
      okButtonProps={{ danger: true, disabled: note.trim() === '' }}
      confirmLoading={cancel.isPending}
      onOk={() => cancel.mutate({ params: { id: visit.id }, body: { note } })}
      onCancel={onClose}
    >
      <RefusalNote refused={cancel.error} />
      <Field label={t('visit.cancel-why')} required>
        {(id) => (
          <Input.TextArea id={id} rows={2} value={note} onChange={({ target }) => setNote(target.value)} />
        )}
      </Field>
    </Modal>
  )
}

function FinishDialog({ visit, onClose }: OneProps) {
  const t = useWords(contractWords)
  const contract = useRead(contractApi.read, { params: { id: visit.contractId } }).data
  const items = contract?.frozen.flatMap((one) => one.items) ?? []
  const [itemCode, setItemCode] = useState<string | null>(null)
  const [note, setNote] = useState('')
  const [measuring, setMeasuring] = useState<Measuring>([])
  const [place, setPlace] = useState<Place | null>(null)
  const [photos, setPhotos] = useState<readonly File[]>([])
  const [drawn, setDrawn] = useState<File | null>(null)
  const sending = useSending([...photos, ...(drawn ? [drawn] : [])])
  const finish = useWrite(contractApi.finishVisit, { touches: ['contract'], onDone: onClose })
  const asks = (kind: 'photo' | 'signature') =>
    items.some((one) => one.code === itemCode && one.evidence.includes(kind))
  const send = () =>
    sending.run((hashes) => {
      const signature = drawn ? (hashes.at(-1) ?? null) : null
      const measurements = measuring.flatMap((one) =>
        one.value === null ? [] : [{ ...one, value: one.value }],
      )
      const kept = drawn ? hashes.slice(0, -1) : hashes
      finish.mutate({
        params: { id: visit.id },
        body: { place, note, measurements, photos: kept, signature, itemCode },
      })
    })
  return (
    <Modal
      open
      title={`${visit.resident.nameMasked} · ${t('visit.finish')}`}
      okText={t('visit.finish')}
      okButtonProps={{ disabled: note.trim() === '' }}
      confirmLoading={sending.busy || finish.isPending}
      onOk={send}
      onCancel={onClose}
    >
      <RefusalNote refused={sending.refused ?? finish.error} />
      <Field label={t('visit.item')}>
        {(id) => (
          <Select
            id={id}
            allowClear
            placeholder={t('visit.no-item')}
            value={itemCode}
            options={items.map(({ code, name }) => ({ value: code, label: name }))}
            onChange={(next) => setItemCode(next ?? null)}
          />
        )}
      </Field>
      <Field label={t('visit.note')} required>
        {(id) => (
          <Input.TextArea id={id} rows={3} value={note} onChange={({ target }) => setNote(target.value)} />
        )}
      </Field>
      <Field label={t('service.measurements')}>
        {() => <Measurements value={measuring} onChange={setMeasuring} />}
      </Field>
      <Field label={t('service.place')}>{() => <PlaceField value={place} onChange={setPlace} />}</Field>
      {asks('photo') && (
        <Field label={t('service.photos')} required>
          {() => <FileDrop files={photos} onChange={setPhotos} accept="image/*" />}
        </Field>
      )}
      {asks('signature') && (
        <Field label={t('service.signature')} required>
          {() => <SignPad label={t('service.signature')} clearLabel={t('sign.clear')} onChange={setDrawn} />}
        </Field>
      )}
    </Modal>
  )
}
