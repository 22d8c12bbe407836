import { DeleteOutlined } from '@ant-design/icons'
import { Button, Input } from 'antd'
import type { FormState } from '../../kernel/use-form.ts'
import { useWords } from '../../kernel/words.ts'
import { DayField } from '../../ui/date-field.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { Medicines } from './medicine-fields.tsx'
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
                <DayField
                  label={t('back.due-on')}
                  value={one.dueOn}
                  onChange={(dueOn) => put(i, { dueOn })}
                />
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
