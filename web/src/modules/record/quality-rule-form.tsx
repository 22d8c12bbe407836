import { recordApi } from '@tongmai/api/record'
import { dimension, measure, type QualityRule, type QualityTerms } from '@tongmai/api/record/quality'
import { AutoComplete, Button, Input, InputNumber, Modal, Select } from 'antd'
import { timeNow } from '../../kernel/clock.ts'
import { showDay } from '../../kernel/dates.ts'
import { type FormState, useForm } from '../../kernel/use-form.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { DayField } from '../../ui/date-field.tsx'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { namedTypes } from './quality-show.ts'
import { recordWords } from './words.ts'

type Terms = QualityTerms & { readonly code: string }

const emptyTerms = (since: string): Terms => ({
  ...{ code: '', since, type: 'Observation', dimension: 'completeness', title: '', applies: null },
  ...{ expression: '', measure: 'holds', parameter: null, weight: 3, source: '' },
})

/** A rule from a day on: new, or the next edition of one that is there. It can be tried before it is kept. */
export function RuleForm({ of, onClose }: { of: QualityRule | undefined; onClose: () => void }) {
  const t = useWords(recordWords)
  const tell = useTell()
  const today = showDay(timeNow())
  const { until: _, ...known } = of ?? { ...emptyTerms(today), until: null }
  const write = useWrite(recordApi.setQualityRule, {
    touches: ['record'],
    onDone: ({ title, since }) => {
      tell(t('rule.saved', { title, since }))
      form.discard()
      onClose()
    },
  })
  const trial = useWrite(recordApi.tryQualityRule, { touches: [] })
  const refused = write.error ?? trial.error
  const form = useForm<Terms>(`record.quality-rule:${of?.code ?? ''}`, { ...known, since: today }, refused)
  const { code, ...body } = form.value
  const isWhole = Boolean(code && body.title.trim() && body.expression.trim() && body.source.trim())
  return (
    <Modal
      open
      width={720}
      title={t(of ? 'rule.change' : 'rule.add')}
      okText={t('save')}
      onOk={() => write.mutate({ params: { code }, body })}
      onCancel={onClose}
      confirmLoading={write.isPending}
      okButtonProps={{ disabled: !isWhole }}
    >
      <RefusalNote refused={refused} />
      <DraftNote form={form} />
      <Names form={form} isNew={!of} />
      <Check form={form} />
      <p aria-live="polite" style={{ marginTop: 12 }}>
        <Button
          disabled={!body.expression.trim()}
          loading={trial.isPending}
          onClick={() => trial.mutate({ body })}
        >
          {t('rule.try')}
        </Button>{' '}
        {trial.data && t('rule.tried', { ...trial.data })}
      </p>
    </Modal>
  )
}

function Names({ form, isNew }: { form: FormState<Terms>; isNew: boolean }) {
  const t = useWords(recordWords)
  const { value, set, problem } = form
  const line = (name: 'code' | 'title' | 'source', more: { hint?: string; fixed?: boolean } = {}) => (
    <Field label={t(`rule.${name}`)} required hint={more.hint} problem={problem(name)}>
      {(id) => (
        <Input
          id={id}
          value={value[name]}
          disabled={more.fixed === true}
          onChange={({ target }) => set(name, target.value)}
        />
      )}
    </Field>
  )
  return (
    <Fields>
      {line('title')}
      {line('code', { hint: t('rule.code-hint'), fixed: !isNew })}
      <Field label={t('rule.type')} required problem={problem('type')}>
        {(id) => (
          <AutoComplete
            id={id}
            disabled={!isNew}
            value={value.type}
            options={namedTypes.map((one) => ({ value: one, label: `${t(`type.${one}`)} ${one}` }))}
            onChange={(next) => set('type', next)}
          />
        )}
      </Field>
      <Field label={t('rule.dimension')} required problem={problem('dimension')}>
        {(id) => (
          <Select
            id={id}
            disabled={!isNew}
            value={value.dimension}
            onChange={(next) => set('dimension', next)}
            options={dimension.options.map((one) => ({ value: one, label: t(`dimension.${one}`) }))}
          />
        )}
      </Field>
      {line('source')}
      <Field label={t('rule.since')} required problem={problem('since')}>
        {(id) => <DayField id={id} value={value.since} onChange={(day) => day && set('since', day)} />}
      </Field>
    </Fields>
  )
}

function Check({ form }: { form: FormState<Terms> }) {
  const t = useWords(recordWords)
  const { value, set, problem } = form
  return (
    <Fields>
      <Field label={t('rule.applies')} wide problem={problem('applies')}>
        {(id) => (
          <Input.TextArea
            id={id}
            autoSize
            value={value.applies ?? ''}
            onChange={({ target }) => set('applies', target.value || null)}
          />
        )}
      </Field>
      <Field label={t('rule.expression')} required wide problem={problem('expression')}>
        {(id) => (
          <Input.TextArea
            id={id}
            autoSize
            value={value.expression}
            onChange={({ target }) => set('expression', target.value)}
          />
        )}
      </Field>
      <Field label={t('rule.measure')} required problem={problem('measure')}>
        {(id) => (
          <Select
            id={id}
            value={value.measure}
            onChange={(next) => set('measure', next)}
            options={measure.options.map((one) => ({ value: one, label: t(`measure.${one}`) }))}
          />
        )}
      </Field>
      <Field label={t('rule.parameter')} hint={t('rule.parameter-hint')} problem={problem('parameter')}>
        {(id) => (
          <Input
            id={id}
            disabled={value.measure === 'holds'}
            value={value.parameter ?? ''}
            onChange={({ target }) => set('parameter', target.value || null)}
          />
        )}
      </Field>
      <Field label={t('rule.weight')} hint={t('rule.weight-hint')} required problem={problem('weight')}>
        {(id) => (
          <InputNumber
            id={id}
            min={0}
            max={10}
            precision={0}
            value={value.weight}
            onChange={(next) => set('weight', next ?? 0)}
          />
        )}
      </Field>
    </Fields>
  )
}
