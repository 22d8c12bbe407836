import { type PlaceKind, placeKind } from '@tongmai/api/capacity/flow'
import { type GreenChannel, greenChannelApi } from '@tongmai/api/referral/green-channel'
import { Button, Modal, Segmented } from 'antd'
import { useState } from 'react'
import { useDates } from '../../kernel/use-dates.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useSay, useWords } from '../../kernel/words.ts'
import { Field, Fields } from '../../ui/field.tsx'
import { type Choice, Picker } from '../../ui/picker.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { type PlaceChoice, PlacePicker } from '../capacity/index.ts'
import { findDepartments } from './choice.ts'
import { referralWords } from './words.ts'

const tones = { held: 'good', confirmed: 'good', used: 'good' } as const

/** The bed, clinic seats and examinations that are kept for this patient; the receiver keeps more. */
export function GreenPlaces({ channel }: { channel: GreenChannel }) {
  const t = useWords(referralWords)
  const say = useSay()
  const { briefly } = useDates()
  const [holding, setHolding] = useState(false)
  const { places } = channel
  return (
    <span style={{ display: 'grid', gap: 4 }}>
      {places.length === 0 && <span className="tm-quiet">{t('green.not-reserved')}</span>}
      {places.map(({ id, kind, name, at, until, status }) => (
        <span key={id} className="tm-row">
          {t(`place.${kind}`)} <b>{name}</b> {at && briefly(at)}
          <StateTag tone={tones[status as keyof typeof tones] ?? 'idle'}>
            {status === 'held' && until
              ? t('green.held-until', { until: briefly(until) })
              : say(`capacity.status.${status}`)}
          </StateTag>
        </span>
      ))}
      {channel.mayHold && (
        <span>
          <Button size="small" onClick={() => setHolding(true)}>
            {t('green.hold')}
          </Button>
        </span>
      )}
      {holding && <HoldDialog channel={channel} onClose={() => setHolding(false)} />}
    </span>
  )
}

function HoldDialog({ channel, onClose }: { channel: GreenChannel; onClose: () => void }) {
  const t = useWords(referralWords)
  const tell = useTell()
  const [department, setDepartment] = useState<Choice | null>(null)
  const [kind, setKind] = useState<PlaceKind>('examination')
  const [place, setPlace] = useState<PlaceChoice | null>(null)
  const hold = useWrite(greenChannelApi.holdForGreenChannel, {
    touches: ['green-channel', 'capacity'],
    onDone: () => {
      tell(t('green.hold-done'))
      onClose()
    },
  })
  const choose = (next: { department?: Choice | null; kind?: PlaceKind }) => {
    if (next.department !== undefined) setDepartment(next.department)
    if (next.kind) setKind(next.kind)
    setPlace(null)
  }
  return (
    <Modal
      open
      width={640}
      title={t('green.hold')}
      okText={t('green.hold')}
      okButtonProps={{ disabled: !place }}
      confirmLoading={hold.isPending}
      onOk={() => place && hold.mutate({ params: { id: channel.id }, body: { placeId: place.placeId } })}
      onCancel={onClose}
    >
      <RefusalNote refused={hold.error} />
      <Fields columns={1}>
        <Segmented
          value={kind}
          options={placeKind.options.map((value) => ({ value, label: t(`place.${value}`) }))}
          onChange={(next) => choose({ kind: next })}
        />
        <Field label={t('department')} required>
          {(id) => (
            <Picker
              id={id}
              name={`referral.department.${channel.to.id}`}
              find={findDepartments(channel.to.id)}
              value={department}
              onChange={(next) => choose({ department: next })}
            />
          )}
        </Field>
        {department && (
          <PlacePicker
            departmentId={department.value}
            kind={kind}
            source="referral"
            residentId={channel.resident.id}
            value={place?.placeId ?? null}
            onChange={setPlace}
          />
        )}
      </Fields>
    </Modal>
  )
}
