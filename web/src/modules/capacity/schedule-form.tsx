import { capacityApi } from '@tongmai/api/capacity'
import { slotKind } from '@tongmai/api/capacity/flow'
import type { Schedule } from '@tongmai/api/capacity/schedule'
import { Checkbox, Input, InputNumber, Modal, Segmented } from 'antd'
import { timeNow } from '../../kernel/clock.ts'
import { showDay } from '../../kernel/dates.ts'
import { useSession } from '../../kernel/session.tsx'
import { type FormState, useForm } from '../../kernel/use-form.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { DayField } from '../../ui/date-field.tsx'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { StaffChoice } from '../workforce/index.ts'
import { DepartmentChoice } from './department-choice.tsx'
import {
  bodyOf,
  isComplete,
  publicRest,
  quotaSources,
  type ScheduleTyped,
  seatsAWeek,
  typedOf,
} from './schedule-typed.ts'
import { SessionFields } from './session-fields.tsx'
import { capacityWords } from './words.ts'

interface Props {
  readonly schedule: Schedule | null
  readonly departmentId: string | null
  readonly onClose: () => void
}

/** Adds or changes a schedule: who and where, the week's sessions, how many seats, whose they are. */
export function ScheduleForm({ schedule, departmentId, onClose }: Props) {
  const t = useWords(capacityWords)
  const tell = useTell()
  const done = ({ slots, displaced }: { slots: number; displaced: number }) => {
    tell(displaced > 0 ? t('schedule.displaced', { displaced }) : t('schedule.saved', { slots }))
    form.discard()
    onClose()
  }
  const add = useWrite(capacityApi.addSchedule, { touches: ['capacity'], onDone: done })
  const change = useWrite(capacityApi.changeSchedule, { touches: ['capacity'], onDone: done })
  const form = useForm<ScheduleTyped>(
    `capacity.schedule:${schedule?.id ?? 'new'}`,
    typedOf(schedule, departmentId, showDay(timeNow())),
    add.error ?? change.error,
  )
  const save = () => {
    const { departmentId: at, kind, since } = form.value
    const body = bodyOf(form.value)
    if (schedule) change.mutate({ params: { id: schedule.id }, body: { ...body, version: schedule.version } })
    else if (at) add.mutate({ body: { ...body, departmentId: at, kind, since } })
  }
  return (
    <Modal
      open
      width={760}
      title={t(schedule ? 'schedule.edit' : 'schedule.add')}
      okText={t('schedule.save')}
      okButtonProps={{ disabled: !isComplete(form.value), loading: add.isPending || change.isPending }}
      onOk={save}
      onCancel={onClose}
    >
      <div style={{ display: 'grid', gap: 16 }}>
        <DraftNote form={form} />
        <WhatFields form={form} fixed={schedule !== null} />
        <SessionFields value={form.value.sessions} onChange={(next) => form.set('sessions', next)} />
        <SizeFields form={form} fixed={schedule !== null} />
        <QuotaFields form={form} />
        <RefusalNote refused={add.error ?? change.error} />
      </div>
    </Modal>
  )
}

interface PartProps {
  readonly form: FormState<ScheduleTyped>
}

function WhatFields({ form, fixed }: PartProps & { fixed: boolean }) {
  const t = useWords(capacityWords)
  const { institution } = useSession()
  const { kind } = form.value
  const line = (name: 'name' | 'room' | 'item' | 'device', label: string, required = false) => (
    <Field label={label} required={required} problem={form.problem(name)}>
      {(id) => (
        <Input id={id} value={form.value[name]} onChange={({ target }) => form.set(name, target.value)} />
      )}
    </Field>
  )
  return (
    <Fields>
      <Field label={t('schedule.department')} required>
        {(id) => (
          <DepartmentChoice
            id={id}
            fixed={fixed}
            institutionId={institution?.id ?? null}
            value={form.value.departmentId}
            onChange={(next) => form.set('departmentId', next)}
          />
        )}
      </Field>
      <Field label={t('book.kind')}>
        {(id) => (
          <Segmented
            id={id}
            disabled={fixed}
            value={kind}
            options={slotKind.options.map((value) => ({ value, label: t(`kind.${value}`) }))}
            onChange={(next) => form.set('kind', next)}
          />
        )}
      </Field>
      {line('name', t('schedule.name'), true)}
      {line('room', t('schedule.room'))}
      {kind === 'clinic' ? (
        <Field label={t('schedule.doctor')} problem={form.problem('practitionerId')}>
          {(id) => (
            <StaffChoice
              id={id}
              value={form.value.practitionerId}
              onChange={(next) => form.set('practitionerId', next)}
            />
          )}
        </Field>
      ) : (
        <>
          {line('item', t('schedule.item'))}
          {line('device', t('schedule.device'))}
        </>
      )}
    </Fields>
  )
}

function SizeFields({ form, fixed }: PartProps & { fixed: boolean }) {
  const t = useWords(capacityWords)
  return (
    <Fields columns={3}>
      <Field label={t('schedule.slot-minutes')} problem={form.problem('slotMinutes')}>
        {(id) => (
          <InputNumber
            id={id}
            min={5}
            max={480}
            step={5}
            value={form.value.slotMinutes}
            onChange={(next) => form.set('slotMinutes', next ?? 15)}
          />
        )}
      </Field>
      <Field
        label={t('schedule.seats')}
        hint={t('schedule.per-week', { seats: seatsAWeek(form.value) })}
        problem={form.problem('seatsPerSlot')}
      >
        {(id) => (
          <InputNumber
            id={id}
            min={1}
            max={50}
            value={form.value.seatsPerSlot}
            onChange={(next) => form.set('seatsPerSlot', next ?? 1)}
          />
        )}
      </Field>
      {!fixed && (
        <Field label={t('schedule.since')} required>
          {(id) => (
            <DayField
              id={id}
              value={form.value.since}
              onChange={(day) => form.set('since', day ?? showDay(timeNow()))}
            />
          )}
        </Field>
      )}
      <Field label={t('schedule.until')} hint={t('schedule.until-hint')} problem={form.problem('until')}>
        {(id) => <DayField id={id} value={form.value.until} onChange={(day) => form.set('until', day)} />}
      </Field>
      <Checkbox
        checked={form.value.onHolidays}
        onChange={({ target }) => form.set('onHolidays', target.checked)}
      >
        {t('schedule.holidays')}
      </Checkbox>
    </Fields>
  )
}

function QuotaFields({ form }: PartProps) {
  const t = useWords(capacityWords)
  const { percent, releaseHours } = form.value
  return (
    <fieldset style={{ border: 0, margin: 0, padding: 0 }}>
      <legend>
        <b>{t('schedule.quotas')}</b>
      </legend>
      <p className="tm-quiet">{t('schedule.quotas-hint')}</p>
      {quotaSources.map((source) => (
        <div key={source} className="tm-row" style={{ marginBottom: 8 }}>
          <span style={{ width: 90 }}>{t(`source.${source}`)}</span>
          <InputNumber
            aria-label={`${t(`source.${source}`)} ${t('schedule.percent')}`}
            min={0}
            max={100}
            suffix="%"
            value={percent[source]}
            onChange={(next) => form.set('percent', { ...percent, [source]: next ?? 0 })}
          />
          <span className="tm-quiet">{t('schedule.release')}</span>
          <InputNumber
            aria-label={`${t(`source.${source}`)} ${t('schedule.release')}`}
            min={0}
            max={720}
            value={releaseHours[source]}
            onChange={(next) => form.set('releaseHours', { ...releaseHours, [source]: next ?? 0 })}
          />
        </div>
      ))}
      <p>{t('schedule.public-rest', { percent: publicRest(form.value) })}</p>
    </fieldset>
  )
}
