import { DeleteOutlined } from '@ant-design/icons'
import { referralApi } from '@tongmai/api/referral'
import { urgency } from '@tongmai/api/referral/flow'
import {
  type Rule,
  type RuleCondition,
  type RuleConditions,
  ruleFact,
  ruleOperator,
} from '@tongmai/api/referral/rule'
import { Button, Input, Modal, Segmented, Select } from 'antd'
import { timeNow } from '../../kernel/clock.ts'
import { showDay } from '../../kernel/dates.ts'
import { type FormState, useForm } from '../../kernel/use-form.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { webWords } from '../../kernel/web-words.ts'
import { useWords } from '../../kernel/words.ts'
import { DayField } from '../../ui/date-field.tsx'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { referralWords } from './words.ts'

interface Typed {
  readonly code: string
  readonly direction: 'up' | 'down'
  readonly category: string
  readonly text: string
  readonly urgency: Rule['urgency']
  readonly source: string
  readonly since: string | null
  readonly conditions: RuleConditions
}
const first: RuleCondition = { fact: 'systolic', is: 'atLeast', value: 180 }

const begun = (rule: Rule | null): Typed => ({
  code: rule?.code ?? 'up.',
  direction: rule?.direction === 'down' ? 'down' : 'up',
  category: rule?.category ?? '',
  text: rule?.text ?? '',
  urgency: rule?.urgency ?? null,
  source: rule?.source ?? '',
  since: showDay(timeNow()),
  conditions: rule?.conditions ?? [],
})

/** A new version of an indication. */
export function RuleDialog({ rule, onClose }: { rule: Rule | null; onClose: () => void }) {
  const t = useWords(referralWords)
  const w = useWords(webWords)
  const tell = useTell()
  const write = useWrite(referralApi.writeRule, {
    touches: ['referral-rule'],
    onDone: () => {
      tell(t('rule.saved'))
      form.discard()
      onClose()
    },
  })
  const form = useForm<Typed>(`referral.rule:${rule?.code ?? 'new'}`, begun(rule), write.error)
  const { code, text, category, source, since, direction } = form.value
  const ready = code.length > 3 && text.trim() && category.trim() && source.trim() && since
  const save = () => write.mutate({ body: { ...form.value, since: since ?? '', sort: rule?.sort ?? 500 } })
  const line = (name: 'code' | 'category' | 'text' | 'source', wide = false) => (
    <Field label={t(`rule.${name}`)} required wide={wide} problem={form.problem(name)}>
      {(id) => (
        <Input
          id={id}
          value={form.value[name]}
          disabled={name === 'code' && rule !== null}
          onChange={({ target }) => form.set(name, target.value)}
        />
      )}
    </Field>
  )
  return (
    <Modal
      open
      width={760}
      title={t(rule ? 'rule.edit' : 'rule.new')}
      okText={t('rule.save')}
      cancelText={w('act.cancel')}
      okButtonProps={{ disabled: !ready, loading: write.isPending }}
      onOk={save}
      onCancel={onClose}
    >
      <DraftNote form={form} />
      <Fields>
        {line('code')}
        <Field label={t('direction')}>
          {(id) => (
            <Segmented
              id={id}
              value={direction}
              disabled={rule !== null}
              onChange={(next) => form.set('direction', next)}
              options={(['up', 'down'] as const).map((value) => ({ value, label: t(`direction.${value}`) }))}
            />
          )}
        </Field>
        {line('text', true)}
        {line('category')}
        {line('source')}
        <Field label={t('urgency')}>
          {(id) => (
            <Select
              id={id}
              allowClear
              value={form.value.urgency}
              options={urgency.options.map((value) => ({ value, label: t(`urgency.${value}`) }))}
              onChange={(next) => form.set('urgency', next ?? null)}
            />
          )}
        </Field>
        <Field label={t('rule.since')} required problem={form.problem('since')}>
          {(id) => <DayField id={id} value={since} onChange={(next) => form.set('since', next)} />}
        </Field>
        <Field label={t('rule.conditions')} wide problem={form.problem('conditions')}>
          {(id) => <Conditions id={id} form={form} />}
        </Field>
      </Fields>
      <RefusalNote refused={write.error} />
    </Modal>
  )
}

/** Groups of conditions: any group, all conditions of it. */
function Conditions({ id, form }: { id: string; form: FormState<Typed> }) {
  const t = useWords(referralWords)
  const { conditions } = form.value
  const put = (group: number, at: number, next: RuleCondition | null) =>
    form.set(
      'conditions',
      conditions
        .map((one, i) => (i === group ? one.flatMap((c, j) => (j === at ? (next ? [next] : []) : [c])) : one))
        .filter((one) => one.length > 0),
    )
  return (
    <div id={id} style={{ display: 'grid', gap: 8 }}>
      {conditions.map((group, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: groups are typed in place and have no other identity
        <div key={i} style={{ display: 'grid', gap: 4 }}>
          {i > 0 && <b>{t('rule.or')}</b>}
          {group.map((one, j) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: so are their conditions
            <OneCondition key={j} one={one} onChange={(next) => put(i, j, next)} />
          ))}
          <div>
            <Button
              size="small"
              onClick={() =>
                form.set(
                  'conditions',
                  conditions.map((same, at) => (at === i ? [...same, first] : same)),
                )
              }
            >
              {t('rule.add-condition')}
            </Button>
          </div>
        </div>
      ))}
      <div>
        <Button size="small" onClick={() => form.set('conditions', [...conditions, [first]])}>
          {t('rule.add-group')}
        </Button>
      </div>
    </div>
  )
}

function OneCondition({
  one,
  onChange,
}: {
  one: RuleCondition
  onChange: (next: RuleCondition | null) => void
}) {
  const t = useWords(referralWords)
  const typedAs = (text: string): number | string =>
    one.fact === 'diagnosis' || Number.isNaN(Number(text)) ? text : Number(text)
  return (
    <div className="tm-row">
      <Select
        aria-label={t('rule.fact')}
        style={{ width: 180 }}
        value={one.fact}
        options={ruleFact.options.map((value) => ({ value, label: t(`fact.${value}`) }))}
        onChange={(fact) =>
          onChange({ fact, is: fact === 'diagnosis' ? 'startsWith' : 'atLeast', value: one.value })
        }
      />
      <Select
        aria-label={t('rule.conditions')}
        style={{ width: 110 }}
        value={one.is}
        options={ruleOperator.options.map((value) => ({ value, label: t(`is.${value}`) }))}
        onChange={(is) => onChange({ ...one, is })}
      />
      <Input
        aria-label={t('rule.value')}
        style={{ width: 110 }}
        value={String(one.value)}
        onChange={({ target }) => onChange({ ...one, value: typedAs(target.value) })}
      />
      <Button
        type="text"
        icon={<DeleteOutlined />}
        aria-label={t('rule.remove')}
        onClick={() => onChange(null)}
      />
    </div>
  )
}
