import { contractApi } from '@tongmai/api/contract'
import { Input, InputNumber, Modal, Select } from 'antd'
import { useState } from 'react'
import { useSession } from '../../kernel/session.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { DayField } from '../../ui/date-field.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { type Place, PlaceField } from './place-field.tsx'
import { useVisitorSearch } from './visitor-choice.ts'
import { contractWords } from './words.ts'

interface VisitPlanDialogProps {
  readonly contractId: string
  readonly name: string
  readonly reason?: string
  readonly adviceId?: string
  readonly onClose: () => void
}
const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/
const asClock = (text: string): string | null => (CLOCK.test(text.trim()) ? text.trim() : null)

/** Plans a home visit: when, who, for what, and between which times the resident is at home. */
export function VisitPlanDialog({ contractId, name, reason = '', adviceId, onClose }: VisitPlanDialogProps) {
  const t = useWords(contractWords)
  const tell = useTell()
  const { now, day } = useDates()
  const me = useSession().practitionerId
  const visitors = useVisitorSearch()
  const [on, setOn] = useState<string | null>(day(now))
  const [who, setWho] = useState<string | null>(me ?? null)
  const [why, setWhy] = useState(reason)
  const [from, setFrom] = useState('')
  const [until, setUntil] = useState('')
  const [minutes, setMinutes] = useState<number | null>(30)
  const [place, setPlace] = useState<Place | null>(null)
  const plan = useWrite(contractApi.planVisit, {
    touches: ['contract'],
    onDone: (made) => {
      tell(t('visit.planned', { on: made.on }))
      onClose()
    },
  })
  const good = [from, until].every((text) => text.trim() === '' || asClock(text) !== null)
  const send = () =>
    on &&
    plan.mutate({
      params: { id: contractId },
      body: {
        ...{ on, reason: why, from: asClock(from), until: asClock(until), minutes: minutes ?? 30, place },
        ...{ practitionerId: who, adviceId: adviceId ?? null },
      },
    })
  const clock = (key: 'from' | 'until', value: string, set: (text: string) => void) => (
    <Field label={t(`visit.${key}`)} hint={t('visit.clock-hint')}>
      {(id) => (
        <Input
          id={id}
          placeholder="09:30"
          status={value.trim() !== '' && asClock(value) === null ? 'error' : ''}
          value={value}
          onChange={({ target }) => set(target.value)}
        />
      )}
    </Field>
  )
  return (
    <Modal
      open
      title={t('visit.plan-title', { name })}
      okText={t('visit.plan')}
      okButtonProps={{ disabled: !on || why.trim() === '' || !good }}
      confirmLoading={plan.isPending}
      onOk={send}
      onCancel={onClose}
    >
      <RefusalNote refused={plan.error} />
      <Fields>
        <Field label={t('visit.day')} required problem={undefined}>
          {(id) => <DayField id={id} value={on} from={day(now)} onChange={setOn} />}
        </Field>
        <Field label={t('visit.who')}>
          {(id) => (
            <Select
              {...visitors}
              id={id}
              allowClear
              placeholder={t('sign.self')}
              value={who}
              onChange={(next) => setWho(next ?? null)}
            />
          )}
        </Field>
        <Field label={t('visit.reason')} required wide>
          {(id) => (
            <Input id={id} maxLength={500} value={why} onChange={({ target }) => setWhy(target.value)} />
          )}
        </Field>
        {clock('from', from, setFrom)}
        {clock('until', until, setUntil)}
        <Field label={t('visit.minutes')}>
          {(id) => (
            <InputNumber id={id} min={5} max={240} precision={0} value={minutes} onChange={setMinutes} />
          )}
        </Field>
        <Field label={t('visit.place')} hint={t('visit.place-hint')}>
          {() => <PlaceField value={place} onChange={setPlace} />}
        </Field>
      </Fields>
    </Modal>
  )
}
