import { capacityApi } from '@tongmai/api/capacity'
import {
  type PlaceKind,
  type ReleaseReason,
  type ReservationStatus,
  releaseReason,
  reservationFlow,
} from '@tongmai/api/capacity/flow'
import { Button, Modal, Select } from 'antd'
import { useState } from 'react'
import { To } from '../../kernel/route.tsx'
import { useMay } from '../../kernel/session.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { Field } from '../../ui/field.tsx'
import { StateTag, type Tone } from '../../ui/state-tag.tsx'
import { RefusalNote, useTell, useTellRefused } from '../../ui/tell.tsx'
import { capacityWords } from './words.ts'

const tones: Record<ReservationStatus, Tone> = {
  held: 'wait',
  confirmed: 'note',
  used: 'good',
  released: 'idle',
  expired: 'bad',
  noShow: 'bad',
  ended: 'idle',
}

/** A reservation's state in words and colour. */
export function ReservationState({ status }: { status: ReservationStatus }) {
  const t = useWords(capacityWords)
  return <StateTag tone={tones[status]}>{t(`status.${status}`)}</StateTag>
}

interface Acting {
  readonly id: string
  readonly status: ReservationStatus
  readonly at: Date
  readonly kind?: PlaceKind
  /** Whether the place is at my institution: then I also say that the patient came. */
  readonly host: boolean
}

const verbs = ['confirm', 'use', 'missed', 'leave', 'release'] as const

/** The buttons of a reservation: what its state allows and my role may do. */
export function ReservationActs({ id, status, at, kind, host }: Acting) {
  const t = useWords(capacityWords)
  const may = useMay()
  const tell = useTell()
  const tellRefused = useTellRefused()
  const { now } = useDates()
  const [giving, setGiving] = useState(false)
  const how = (verb: Exclude<(typeof verbs)[number], 'release'>) => ({
    touches: ['capacity', 'referral'],
    onDone: () => tell(t(`done.${verb}`)),
  })
  const acts = {
    confirm: useWrite(capacityApi.confirmReservation, how('confirm')),
    use: useWrite(capacityApi.useReservation, how('use')),
    missed: useWrite(capacityApi.missReservation, how('missed')),
    leave: useWrite(capacityApi.leaveBed, how('leave')),
  }
  const open = verbs.filter((verb) => {
    if (!Object.hasOwn(reservationFlow[status], verb)) return false
    if (verb === 'confirm' || verb === 'release') return may('capacity.book')
    if (verb === 'missed' && at > now) return false
    if (verb === 'leave' && kind !== 'bed') return false
    return host && may('capacity.receive')
  })
  return (
    <span className="tm-row">
      {open.map((verb) => (
        <Button
          key={verb}
          size="small"
          type={verb === 'confirm' ? 'primary' : 'default'}
          loading={verb !== 'release' && acts[verb].isPending}
          onClick={() =>
            verb === 'release'
              ? setGiving(true)
              : acts[verb].mutate({ params: { id } }, { onError: tellRefused })
          }
        >
          {t(`act.${verb}`)}
        </Button>
      ))}
      {giving && <Release id={id} onClose={() => setGiving(false)} />}
    </span>
  )
}

/** Why a place is given back: it decides whose delay it was. */
function Release({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useWords(capacityWords)
  const tell = useTell()
  const [reason, setReason] = useState<ReleaseReason>('patientCancelled')
  const release = useWrite(capacityApi.releaseReservation, {
    touches: ['capacity', 'referral'],
    onDone: () => {
      tell(t('done.release'))
      onClose()
    },
  })
  return (
    <Modal
      open
      title={t('act.release')}
      okText={t('act.release')}
      okButtonProps={{ danger: true, loading: release.isPending }}
      onOk={() => release.mutate({ params: { id }, body: { reason } })}
      onCancel={onClose}
    >
      <p className="tm-quiet">{t('act.release-sure')}</p>
      <Field label={t('ask.reason')}>
        {(field) => (
          <Select
            id={field}
            style={{ width: '100%' }}
            value={reason}
            options={releaseReason.options.map((value) => ({ value, label: t(`reason.${value}`) }))}
            onChange={setReason}
          />
        )}
      </Field>
      <RefusalNote refused={release.error} />
    </Modal>
  )
}

interface BookingLineProps {
  readonly booking: {
    readonly id: string
    readonly residentId: string
    readonly nameMasked: string
    readonly source: 'community' | 'contracted' | 'referral' | 'public'
    readonly status: ReservationStatus
    readonly by: string | null
  }
  readonly at: Date
}

/** Who has a seat: from which share, sent by whom, and what may be done. */
export function BookingLine({ booking, at }: BookingLineProps) {
  const t = useWords(capacityWords)
  return (
    <div style={{ display: 'grid', gap: 2 }}>
      <span className="tm-row">
        <To to={`/residents/${booking.residentId}`}>{booking.nameMasked}</To>
        <ReservationState status={booking.status} />
      </span>
      <span className="tm-quiet">
        {[t(`source.${booking.source}`), booking.by].filter(Boolean).join(' · ')}
      </span>
      <ReservationActs {...booking} at={at} host />
    </div>
  )
}
