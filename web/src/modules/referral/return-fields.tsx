import { DeleteOutlined } from '@ant-design/icons'
import { Button, Input, InputNumber } from 'antd'
import type { FormState } from '../../kernel/use-form.ts'
import { useWords } from '../../kernel/words.ts'
import { DayField } from '../../ui/date-field.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import type { Typed } from './typed.ts'
import { referralWords } from './words.ts'

const texts = [
  ['diagnosisResult', 'back.diagnosis', true],
  ['mainResults', 'back.results', false],
  ['treatment', 'back.treatment', true],
  ['nextPlan', 'back.next-plan', true],
  ['rehabPlan', 'back.rehab', false],
] as const

/** The return note of a down-referral: what was found and done, and how it goes on. */
export function ReturnFields({ form }: { form: FormState<Typed> }) {
  const t = useWords(referralWords)
  return (
    <Fields>
      <Field label={t('back.inpatient-number')}>
        {(id) => (
          <Input
            id={id}
            value={form.value.inpatientNumber}
            onChange={({ target }) => form.set('inpatientNumber', target.value)}
          />
        )}
      </Field>
      <Field label={t('back.follow-up-on')} problem={form.problem('returnNote.followUpOn')} required>
        {(id) => (
          <DayField id={id} value={form.value.followUpOn} onChange={(day) => form.set('followUpOn', day)} />
        )}
      </Field>
      {texts.map(([name, word, required]) => (
        <Field
          key={name}
          label={t(word)}
          problem={form.problem(`returnNote.${name}`)}
          required={required}
          wide
        >
          {(id) => (
            <Input.TextArea
              id={id}
              autoSize={{ minRows: 2, maxRows: 10 }}
              value={form.value[name]}
              onChange={({ target }) => form.set(name, target.value)}
            />
          )}
        </Field>
      ))}
      <Medicines form={form} />
      <FollowUps form={form} />
    </Fields>
  )
}

const blank = { name: '', dose: '', route: '口服', frequency: '', days: 30, note: '' }

/** When the family doctor looks again, and what for. */
function FollowUps({ form }: { form: FormState<Typed> }) {
  const t = useWords(referralWords)
  const { followUps } = form.value
  const put = (at: number, change: Partial<(typeof followUps)[number]>) =>
    form.set(
      'followUps',
      followUps.map((one, i) => (i === at ? { ...one, ...change } : one)),
    )
  return (
    <Field label={t('back.follow-ups')} wide problem={form.problem('returnNote.followUps')}>
      {(id) => (
        <div id={id} style={{ display: 'grid', gap: 8 }}>
          {followUps.map((one, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines are typed in place and have no other identity
            <div key={i} className="tm-row">
              <div style={{ width: 150 }}>
                <DayField value={one.dueOn} onChange={(dueOn) => put(i, { dueOn })} />
              </div>
              <Input
                aria-label={t('back.purpose')}
                placeholder={t('back.purpose')}
                style={{ width: 320 }}
                value={one.purpose}
                onChange={({ target }) => put(i, { purpose: target.value })}
              />
              <Button
                type="text"
                icon={<DeleteOutlined />}
                aria-label={t('back.remove')}
                onClick={() =>
                  form.set(
                    'followUps',
                    followUps.filter((_, at) => at !== i),
                  )
                }
              />
            </div>
          ))}
          <div>
            <Button onClick={() => form.set('followUps', [...followUps, { dueOn: null, purpose: '' }])}>
              {t('back.add-follow-up')}
            </Button>
          </div>
        </div>
      )}
    </Field>
  )
}

/** The medicines to be continued, one line each. */
function Medicines({ form }: { form: FormState<Typed> }) {
  const t = useWords(referralWords)
  const { medicines } = form.value
  const put = (at: number, change: Partial<(typeof medicines)[number]>) =>
    form.set(
      'medicines',
      medicines.map((one, i) => (i === at ? { ...one, ...change } : one)),
    )
  return (
    <Field label={t('back.medicines')} wide>
      {(id) => (
        <div id={id} style={{ display: 'grid', gap: 8 }}>
          {medicines.map((one, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines are typed in place and have no other identity
            <div key={i} className="tm-row">
              <Input
                aria-label={t('back.medicine')}
                placeholder={t('back.medicine')}
                style={{ width: 220 }}
                value={one.name}
                onChange={({ target }) => put(i, { name: target.value })}
              />
              <Input
                aria-label={t('back.dose')}
                placeholder={t('back.dose')}
                style={{ width: 120 }}
                value={one.dose}
                onChange={({ target }) => put(i, { dose: target.value })}
              />
              <Input
                aria-label={t('back.frequency')}
                placeholder={t('back.frequency')}
                style={{ width: 140 }}
                value={one.frequency}
                onChange={({ target }) => put(i, { frequency: target.value })}
              />
              <InputNumber
                aria-label={t('back.days')}
                placeholder={t('back.days')}
                min={1}
                max={366}
                value={one.days}
                onChange={(days) => put(i, { days })}
              />
              <Button
                type="text"
                icon={<DeleteOutlined />}
                aria-label={t('back.remove')}
                onClick={() =>
                  form.set(
                    'medicines',
                    medicines.filter((_, at) => at !== i),
                  )
                }
              />
            </div>
          ))}
          <Button onClick={() => form.set('medicines', [...medicines, blank])}>
            {t('back.add-medicine')}
          </Button>
        </div>
      )}
    </Field>
  )
}
