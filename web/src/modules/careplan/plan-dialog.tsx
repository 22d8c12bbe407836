import { careplanApi } from '@tongmai/api/careplan'
import {
  type Enrolment,
  type Goal,
  type ProgrammeCode,
  programmeCode,
  type Risk,
  risk,
} from '@tongmai/api/careplan/programme'
import { Button, Input, Modal, Segmented, Select } from 'antd'
import { timeNow } from '../../kernel/clock.ts'
import { showDay } from '../../kernel/dates.ts'
import { useForm } from '../../kernel/use-form.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { DayField } from '../../ui/date-field.tsx'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { careplanWords } from './words.ts'

interface Typed {
  readonly programme: ProgrammeCode
  readonly risk: Risk
  readonly diagnosedOn: string | null
  readonly firstOn: string | null
  readonly plan: string
  readonly plain: string
  readonly goals: readonly Goal[]
}

interface PlanDialogProps {
  readonly residentId: string
  /** The enrolment whose plan is changed; none: a new one. */
  readonly enrolment?: Enrolment
  readonly onClose: () => void
}

/** Takes a resident into a programme, or writes the plan anew. */
export function PlanDialog({ residentId, enrolment, onClose }: PlanDialogProps) {
  const t = useWords(careplanWords)
  const tell = useTell()
  const finish = (said: string) => {
    tell(said)
    form.discard()
    onClose()
  }
  const enrol = useWrite(careplanApi.enrol, {
    touches: ['careplan'],
    onDone: ({ nextOn }) => finish(t('enrol.done', { nextOn: nextOn ?? '' })),
  })
  const change = useWrite(careplanApi.changePlan, {
    touches: ['careplan'],
    onDone: () => finish(t('plan.changed')),
  })
  const write = enrolment ? change : enrol
  const blank: Typed = {
    ...{ programme: enrolment?.programme ?? 'hypertension', risk: enrolment?.risk ?? 'low' },
    ...{ diagnosedOn: null, firstOn: showDay(timeNow()), goals: enrolment?.goals ?? [] },
    ...{ plan: enrolment?.plan ?? '', plain: enrolment?.plain ?? '' },
  }
  const key = enrolment ? `${enrolment.id} ${enrolment.version}` : residentId
  const form = useForm<Typed>(`careplan.plan:${key}`, blank, write.error)
  const { value, set, problem } = form
  const send = () => {
    const { programme, diagnosedOn, firstOn, goals: all, ...rest } = value
    const body = { ...rest, goals: all.filter((one) => one.text && one.target) }
    if (enrolment) change.mutate({ params: { id: enrolment.id }, body })
    else if (firstOn) enrol.mutate({ body: { ...body, residentId, programme, diagnosedOn, firstOn } })
  }
  return (
    <Modal
      open
      width={680}
      title={t(enrolment ? 'plan.change' : 'enrol')}
      okText={t(enrolment ? 'plan.change' : 'enrol')}
      okButtonProps={{ disabled: !value.plan.trim() || !value.plain.trim() || !value.firstOn }}
      confirmLoading={write.isPending}
      onOk={send}
      onCancel={onClose}
    >
      <RefusalNote refused={write.error} />
      <DraftNote form={form} />
      <Fields columns={2}>
        {!enrolment && (
          <Field label={t('disease')} required>
            {(id) => (
              <Select
                id={id}
                style={{ width: '100%' }}
                value={value.programme}
                options={programmeCode.options.map((one) => ({ value: one, label: t(`programme.${one}`) }))}
                onChange={(next) => set('programme', next)}
              />
            )}
          </Field>
        )}
        <Field label={t('risk')} required>
          {(id) => (
            <Segmented<Risk>
              id={id}
              value={value.risk}
              options={risk.options.map((one) => ({ value: one, label: t(`risk.${one}`) }))}
              onChange={(next) => set('risk', next)}
            />
          )}
        </Field>
        {!enrolment && (
          <>
            <Field label={t('diagnosed')} problem={problem('diagnosedOn')}>
              {(id) => (
                <DayField id={id} value={value.diagnosedOn} onChange={(on) => set('diagnosedOn', on)} />
              )}
            </Field>
            <Field label={t('first-on')} required problem={problem('firstOn')}>
              {(id) => <DayField id={id} value={value.firstOn} onChange={(on) => set('firstOn', on)} />}
            </Field>
          </>
        )}
        {(['plan', 'plain'] as const).map((name) => (
          <Field
            key={name}
            label={t(name)}
            required
            wide
            problem={problem(name)}
            hint={name === 'plain' ? t('plain-hint') : undefined}
          >
            {(id) => (
              <Input.TextArea
                id={id}
                rows={3}
                value={value[name]}
                onChange={({ target }) => set(name, target.value)}
              />
            )}
          </Field>
        ))}
        <Field label={t('goals')} wide>
          {() => <Goals value={value.goals} onChange={(goals) => set('goals', goals)} />}
        </Field>
      </Fields>
    </Modal>
  )
}

interface GoalsProps {
  readonly value: readonly Goal[]
  readonly onChange: (value: readonly Goal[]) => void
}

function Goals({ value, onChange }: GoalsProps) {
  const t = useWords(careplanWords)
  const change = (at: number, next: Partial<Goal>) =>
    onChange(value.map((one, i) => (i === at ? { ...one, ...next } : one)))
  return (
    <>
      {value.map((one, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place
        <div key={i} className="tm-row" style={{ marginBottom: 4 }}>
          <Input
            aria-label={t('goal.text')}
            placeholder={t('goal.text')}
            value={one.text}
            onChange={({ target }) => change(i, { text: target.value })}
          />
          <Input
            aria-label={t('goal.target')}
            placeholder={t('goal.target')}
            value={one.target}
            onChange={({ target }) => change(i, { target: target.value })}
          />
        </div>
      ))}
      <Button size="small" type="dashed" onClick={() => onChange([...value, { text: '', target: '' }])}>
        {t('goal.add')}
      </Button>
    </>
  )
}
