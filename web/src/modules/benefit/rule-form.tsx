import { benefitApi } from '@tongmai/api/benefit'
import {
  benefitLevel,
  careKind,
  contractCondition,
  type InsuranceRule,
  insuranceScheme,
  insuredCategory,
  referralCondition,
} from '@tongmai/api/benefit/rule'
import { Modal, Select } from 'antd'
import { timeNow } from '../../kernel/clock.ts'
import { showDay } from '../../kernel/dates.ts'
import { useForm } from '../../kernel/use-form.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { DayField } from '../../ui/date-field.tsx'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { useRuleText } from './rule-columns.tsx'
import { RuleTrial } from './rule-trial.tsx'
import { emptyValues, RuleValueFields, type RuleValues, sentValues, valuesOf } from './rule-values.tsx'
import { benefitWords } from './words.ts'

const keyEmpty = {
  area: null as string | null,
  scheme: 'resident' as InsuranceRule['scheme'],
  category: 'any' as InsuranceRule['category'],
  level: 'primary' as InsuranceRule['level'],
  kind: 'inpatient' as InsuranceRule['kind'],
  contracted: 'any' as InsuranceRule['contracted'],
  referral: 'any' as InsuranceRule['referral'],
}
type KeyForm = typeof keyEmpty & RuleValues & { until: string | null }

const choices = {
  scheme: insuranceScheme.options,
  category: insuredCategory.options,
  level: benefitLevel.options,
  kind: careKind.options,
  contracted: contractCondition.options,
  referral: referralCondition.options,
} as const

/** Adds a rule with everything by which it is chosen. */
export function AddRule({ onClose }: { onClose: () => void }) {
  const t = useWords(benefitWords)
  const tell = useTell()
  const areas = useRead(benefitApi.listAreas, { query: { limit: 200 } }, { live: ['benefit'] })
  const add = useWrite(benefitApi.addRule, {
    touches: ['benefit'],
    onDone: ({ since }) => {
      tell(t('rules.added', { since: since ?? '' }))
      form.discard()
      onClose()
    },
  })
  const empty: KeyForm = { ...keyEmpty, ...emptyValues(showDay(timeNow())), until: null }
  const form = useForm<KeyForm>('benefit.rule', empty, add.error)
  const { value, set, problem } = form
  const send = () => {
    const { area, scheme, category, level, kind, contracted, referral, until } = value
    if (!area) return
    const key = { area, scheme, category, level, kind, contracted, referral, until }
    add.mutate({ body: { ...key, ...sentValues(value) } })
  }
  const select = <K extends keyof typeof choices>(name: K, label: string) => (
    <Field label={label} required problem={problem(name)}>
      {(id) => (
        <Select
          id={id}
          value={value[name]}
          onChange={(next) => set(name, next)}
          options={choices[name].map((one) => ({ value: one, label: t(`${name}.${one}` as 'scheme.any') }))}
        />
      )}
    </Field>
  )
  return (
    <Modal
      open
      width={720}
      title={t('rules.add')}
      okText={t('rules.add')}
      onOk={send}
      onCancel={onClose}
      confirmLoading={add.isPending}
      okButtonProps={{ disabled: !value.area || !value.source.trim() }}
    >
      <RefusalNote refused={add.error} />
      <DraftNote form={form} />
      <Fields columns={3}>
        <Field label={t('area')} required problem={problem('area')}>
          {(id) => (
            <Select
              id={id}
              showSearch={{ optionFilterProp: 'label' }}
              value={value.area}
              onChange={(next) => set('area', next)}
              options={(areas.data?.items ?? [])
                .filter(({ standing }) => standing !== 'example')
                .map(({ area }) => ({ value: area, label: area }))}
            />
          )}
        </Field>
        {select('scheme', t('scheme'))}
        {select('category', t('category'))}
        {select('kind', t('kind'))}
        {select('level', t('tariff.tier'))}
        {select('contracted', t('contracted'))}
        {select('referral', t('referred'))}
        <Field label={t('rules.until')} problem={problem('until')}>
          {(id) => <DayField id={id} value={value.until} onChange={(next) => set('until', next)} />}
        </Field>
      </Fields>
      <RuleValueFields value={value} onChange={form.change} problem={problem} />
    </Modal>
  )
}

/** Another version from a day on. */
export function ReplaceRule({ of, onClose }: { of: InsuranceRule; onClose: () => void }) {
  const t = useWords(benefitWords)
  const say = useRuleText()
  const tell = useTell()
  const replace = useWrite(benefitApi.replaceRule, {
    touches: ['benefit'],
    onDone: ({ since }) => {
      tell(t('rules.added', { since: since ?? '' }))
      form.discard()
      onClose()
    },
  })
  const form = useForm<RuleValues>(
    `benefit.replace:${of.id}`,
    valuesOf(of, showDay(timeNow())),
    replace.error,
  )
  return (
    <Modal
      open
      width={640}
      title={t('rules.replace-title', { rule: `${of.area} ${say.place(of)}` })}
      okText={t('rules.replace')}
      onOk={() => replace.mutate({ params: { id: of.id }, body: sentValues(form.value) })}
      onCancel={onClose}
      confirmLoading={replace.isPending}
      okButtonProps={{ disabled: !form.value.source.trim() }}
    >
      <p className="tm-quiet">{t('rules.replace-hint')}</p>
      <RefusalNote refused={replace.error} />
      <RuleValueFields value={form.value} onChange={form.change} problem={form.problem} />
      <RuleTrial of={of} typed={form.value} />
    </Modal>
  )
}

/** The rule's last day. */
export function EndRule({ of, onClose }: { of: InsuranceRule; onClose: () => void }) {
  const t = useWords(benefitWords)
  const say = useRuleText()
  const tell = useTell()
  const end = useWrite(benefitApi.endRule, {
    touches: ['benefit'],
    onDone: ({ until }) => {
      tell(t('rules.ended', { until: until ?? '' }))
      form.discard()
      onClose()
    },
  })
  const form = useForm(`benefit.end:${of.id}`, { until: showDay(timeNow()) }, end.error)
  return (
    <Modal
      open
      title={t('rules.end-title', { rule: `${of.area} ${say.place(of)}` })}
      okText={t('rules.end')}
      okButtonProps={{ danger: true }}
      onOk={() => end.mutate({ params: { id: of.id }, body: form.value })}
      onCancel={onClose}
      confirmLoading={end.isPending}
    >
      <RefusalNote refused={end.error} />
      <Fields columns={1}>
        <Field label={t('rules.until')} required problem={form.problem('until')}>
          {(id) => (
            <DayField id={id} value={form.value.until} onChange={(next) => next && form.set('until', next)} />
          )}
        </Field>
      </Fields>
    </Modal>
  )
}
