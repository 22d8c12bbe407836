import type { InsuranceRule } from '@tongmai/api/benefit/rule'
import { Input, InputNumber } from 'antd'
import { useWords } from '../../kernel/words.ts'
import { DayField } from '../../ui/date-field.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { benefitWords } from './words.ts'

/** The values of a rule as people type them: yuan and percent; nothing typed is unknown. */
export interface RuleValues {
  deductible: number | null
  ratio: number | null
  cap: number | null
  source: string
  note: string
  since: string
}

export const emptyValues = (since: string): RuleValues => ({
  ...{ deductible: null, ratio: null, cap: null },
  ...{ source: '', note: '', since },
})

const shown = (hundredths: number | null): number | null => (hundredths === null ? null : hundredths / 100)
const sent = (value: number | null): number | null => (value === null ? null : Math.round(value * 100))

/** The values of a rule, to be changed from a day on. */
export const valuesOf = (rule: InsuranceRule, since: string): RuleValues => ({
  ...{ deductible: shown(rule.deductibleFen), ratio: shown(rule.ratioBp), cap: shown(rule.capFen) },
  ...{ source: '', note: rule.note ?? '', since },
})

/** As the server takes them. */
export const sentValues = ({ deductible, ratio, cap, source, note, since }: RuleValues) => ({
  ...{ deductibleFen: sent(deductible), ratioBp: sent(ratio), capFen: sent(cap) },
  ...{ ratioMinBp: null, ratioMaxBp: null },
  ...{ source: source.trim(), note: note.trim() || null, since },
})

interface Props {
  readonly value: RuleValues
  readonly onChange: (change: Partial<RuleValues>) => void
  readonly problem: (name: string) => string | undefined
}

/** Deductible, ratio and cap with their source and first day. */
export function RuleValueFields({ value, onChange, problem }: Props) {
  const t = useWords(benefitWords)
  const number = (name: 'deductible' | 'ratio' | 'cap', field: string, max: number) => (
    <Field label={t(`rules.${name}`)} hint={t('rules.unknown-hint')} problem={problem(field)}>
      {(id) => (
        <InputNumber
          id={id}
          min={0}
          max={max}
          precision={2}
          placeholder={t('rules.unknown')}
          style={{ width: '100%' }}
          value={value[name]}
          onChange={(next) => onChange({ [name]: next })}
        />
      )}
    </Field>
  )
  return (
    <Fields columns={3}>
      {number('deductible', 'deductibleFen', 1_000_000)}
      {number('ratio', 'ratioBp', 100)}
      {number('cap', 'capFen', 1_000_000)}
      <Field label={t('rules.since')} required problem={problem('since')}>
        {(id) => (
          <DayField id={id} value={value.since} onChange={(next) => next && onChange({ since: next })} />
        )}
      </Field>
      <Field label={t('rules.source')} required hint={t('rules.source-hint')} problem={problem('source')}>
        {(id) => (
          <Input id={id} value={value.source} onChange={({ target }) => onChange({ source: target.value })} />
        )}
      </Field>
      <Field label={t('rules.note')} problem={problem('note')}>
        {(id) => (
          <Input id={id} value={value.note} onChange={({ target }) => onChange({ note: target.value })} />
        )}
      </Field>
    </Fields>
  )
}
