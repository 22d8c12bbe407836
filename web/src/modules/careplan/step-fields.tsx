import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined } from '@ant-design/icons'
import { careplanApi } from '@tongmai/api/careplan'
import { type PathwayStep, phase, stepKind } from '@tongmai/api/careplan/pathway'
import { Button, Checkbox, Input, InputNumber, Select } from 'antd'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { Field, Fields } from '../../ui/field.tsx'
import { Card } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { CriterionFields } from './criterion-fields.tsx'
import { careplanWords } from './words.ts'

/** The forms that a step can be done with. */
const forms = ['general', 'bloodPressure', 'hypertension', 'type2Diabetes'] as const

interface StepFieldsProps {
  readonly step: PathwayStep
  readonly place: { readonly at: number; readonly last: boolean }
  readonly problem: (name: string) => string | undefined
  readonly onChange: (step: PathwayStep) => void
  readonly onMove: (by: 1 | -1) => void
  readonly onRemove: () => void
}

/** One step while it is written: what, when, by which form, and on which guideline it stands. */
export function StepFields({ step, place, problem, onChange, onMove, onRemove }: StepFieldsProps) {
  const t = useWords(careplanWords)
  const guidelines = useRead(careplanApi.listGuidelines, {}).data ?? []
  const set = (next: Partial<PathwayStep>) => onChange({ ...step, ...next })
  const choose = <Value extends string>(values: readonly Value[], say: (value: Value) => string) =>
    values.map((value) => ({ value, label: say(value) }))
  return (
    <Card
      title={
        <>
          {place.at + 1}. {step.title || t('step.name')}{' '}
          {step.guideline === null && <StateTag tone="wait">{t('step.off')}</StateTag>}
        </>
      }
      extra={
        <span className="tm-row">
          <Button
            size="small"
            type="text"
            aria-label={t('step.up')}
            icon={<ArrowUpOutlined />}
            disabled={place.at === 0}
            onClick={() => onMove(-1)}
          />
          <Button
            size="small"
            type="text"
            aria-label={t('step.down')}
            icon={<ArrowDownOutlined />}
            disabled={place.last}
            onClick={() => onMove(1)}
          />
          <Button
            size="small"
            type="text"
            aria-label={t('step.remove')}
            icon={<DeleteOutlined />}
            onClick={onRemove}
          />
        </span>
      }
    >
      <Fields columns={3}>
        <Field label={t('step.name')} required problem={problem('title') ?? problem('code')}>
          {(id) => (
            <Input id={id} value={step.title} onChange={({ target }) => set({ title: target.value })} />
          )}
        </Field>
        <Field label={t('step.phase')}>
          {(id) => (
            <Select
              id={id}
              value={step.phase}
              options={choose(phase.options, (one) => t(`phase.${one}`))}
              onChange={(next) => set({ phase: next })}
            />
          )}
        </Field>
        <Field label={t('step.guideline')} problem={problem('guideline')}>
          {(id) => (
            <Select<string>
              id={id}
              value={step.guideline ?? ''}
              options={[
                { value: '', label: t('step.no-guideline') },
                ...guidelines.map(({ code, name, mark }) => ({
                  value: code,
                  label: t('step.guideline-of', { name, mark }),
                })),
              ]}
              onChange={(next) => set({ guideline: next || null })}
            />
          )}
        </Field>
        <Field label={t('step.kind')}>
          {(id) => (
            <Select
              id={id}
              value={step.kind}
              options={choose(stepKind.options, (one) => t(`step-kind.${one}`))}
              onChange={(next) =>
                set({ kind: next, form: next === 'form' ? (step.form ?? 'general') : null })
              }
            />
          )}
        </Field>
        {step.kind === 'form' && (
          <Field label={t('step.form')} problem={problem('form')}>
            {(id) => (
              <Select<string>
                id={id}
                value={step.form ?? 'general'}
                options={choose(forms, (one) => t(`form.${one}`))}
                onChange={(next) => set({ form: next })}
              />
            )}
          </Field>
        )}
        <Field label={t('step.repeat')} problem={problem('repeatDays')}>
          {(id) => (
            <span className="tm-row">
              <InputNumber
                id={id}
                min={1}
                max={1100}
                precision={0}
                value={step.repeatDays}
                onChange={(next) => set({ repeatDays: next })}
              />
              <Checkbox checked={step.urgent} onChange={({ target }) => set({ urgent: target.checked })}>
                {t('step.urgent')}
              </Checkbox>
            </span>
          )}
        </Field>
        <Field label={t('step.text')} required wide problem={problem('text')}>
          {(id) => (
            <Input.TextArea
              id={id}
              rows={2}
              value={step.text}
              onChange={({ target }) => set({ text: target.value })}
            />
          )}
        </Field>
        <Field label={t('step.criteria')} wide problem={problem('criteria')}>
          {() => <CriterionFields step={step} onChange={set} />}
        </Field>
      </Fields>
    </Card>
  )
}
