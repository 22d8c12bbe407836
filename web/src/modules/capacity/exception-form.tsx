import { capacityApi } from '@tongmai/api/capacity'
import type { Schedule } from '@tongmai/api/capacity/schedule'
import { Button, Input, Modal, Segmented } from 'antd'
import { timeNow } from '../../kernel/clock.ts'
import { showDay } from '../../kernel/dates.ts'
import { useForm } from '../../kernel/use-form.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { DayField } from '../../ui/date-field.tsx'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { capacityWords } from './words.ts'

interface Typed {
  readonly day: string | null
  readonly kind: 'closed' | 'open'
  readonly reason: string
}
const empty: Typed = { day: null, kind: 'closed', reason: '' }

/** Days on which a schedule is not held, or is held although it is a holiday. */
export function ExceptionForm({ schedule, onClose }: { schedule: Schedule; onClose: () => void }) {
  const t = useWords(capacityWords)
  const tell = useTell()
  const touches = ['capacity']
  const set = useWrite(capacityApi.setException, {
    touches,
    onDone: ({ displaced, slots }) => {
      tell(kind === 'closed' ? t('exception.done', { displaced }) : t('schedule.saved', { slots }))
      form.discard()
      onClose()
    },
  })
  const form = useForm(`capacity.exception:${schedule.id}`, empty, set.error)
  const { day, kind, reason } = form.value
  const remove = useWrite(capacityApi.removeException, {
    touches,
    onDone: () => tell(t('exception.removed')),
  })
  const params = { id: schedule.id }
  return (
    <Modal
      open
      title={`${schedule.name} · ${t('exception.title')}`}
      okText={t(kind === 'closed' ? 'exception.set' : 'exception.open-set')}
      okButtonProps={{
        danger: kind === 'closed',
        disabled: !day || !reason.trim(),
        loading: set.isPending,
      }}
      onOk={() => day && set.mutate({ params, body: { day, kind, reason } })}
      onCancel={onClose}
    >
      <DraftNote form={form} />
      {schedule.exceptions.map((one) => (
        <p key={one.day} className="tm-row">
          <b>{one.day}</b> {t(`exception.${one.kind}`)} · {one.reason}
          <Button size="small" onClick={() => remove.mutate({ params, body: { day: one.day } })}>
            {t('exception.remove')}
          </Button>
        </p>
      ))}
      <Fields columns={1}>
        <Segmented
          value={kind}
          options={(['closed', 'open'] as const).map((value) => ({ value, label: t(`exception.${value}`) }))}
          onChange={(next) => form.set('kind', next)}
        />
        <Field label={t('exception.day')} required>
          {(id) => (
            <DayField
              id={id}
              value={day}
              from={showDay(timeNow())}
              onChange={(next) => form.set('day', next)}
            />
          )}
        </Field>
        <Field
          label={t('exception.reason')}
          required
          hint={kind === 'closed' ? t('exception.note') : undefined}
        >
          {(id) => (
            <Input id={id} value={reason} onChange={({ target }) => form.set('reason', target.value)} />
          )}
        </Field>
      </Fields>
      <RefusalNote refused={set.error ?? remove.error} />
    </Modal>
  )
}
