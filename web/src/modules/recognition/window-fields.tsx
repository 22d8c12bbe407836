import { markScope, type Window } from '@tongmai/api/recognition/catalogue'
import { Checkbox, Input, InputNumber, Select } from 'antd'
import { useWords } from '../../kernel/words.ts'
import { DayField } from '../../ui/date-field.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { recognitionWords } from './words.ts'

export type Terms = Omit<Window, 'until'>

export const emptyTerms = (since: string): Terms => ({
  ...{ since, validDays: 30, scope: 'city', method: null, priceFen: null, doseUsv: null },
  ...{ waitDays: null, source: '', demonstration: false },
})

/** Whole units of a number typed with decimals; null where nothing is typed. */
const times = (value: number | null, factor: number): number | null =>
  value === null ? null : Math.round(value * factor)

interface Props {
  readonly value: Terms
  readonly onChange: (terms: Terms) => void
  readonly problem: (name: string) => string | undefined
}

/** How long and how far results count, from a day on. */
export function WindowFields({ value, onChange, problem }: Props) {
  const t = useWords(recognitionWords)
  const set = <K extends keyof Terms>(name: K, next: Terms[K]) => onChange({ ...value, [name]: next })
  const full = { width: '100%' }
  return (
    <Fields>
      <Field label={t('window.since')} required problem={problem('since')}>
        {(id) => <DayField id={id} value={value.since} onChange={(day) => day && set('since', day)} />}
      </Field>
      <Field label={t('window.days')} required problem={problem('validDays')}>
        {(id) => (
          <InputNumber
            id={id}
            min={1}
            max={3650}
            style={full}
            value={value.validDays}
            onChange={(days) => set('validDays', days ?? 1)}
          />
        )}
      </Field>
      <Field label={t('window.scope')} required problem={problem('scope')}>
        {(id) => (
          <Select
            id={id}
            value={value.scope}
            onChange={(scope) => set('scope', scope)}
            options={markScope.options.map((one) => ({ value: one, label: t(`mark.${one}`) }))}
          />
        )}
      </Field>
      <Field label={t('window.method')} hint={t('window.method-hint')} problem={problem('method')}>
        {(id) => (
          <Input
            id={id}
            value={value.method ?? ''}
            onChange={({ target }) => set('method', target.value || null)}
          />
        )}
      </Field>
      <Field label={t('window.price')} problem={problem('priceFen')}>
        {(id) => (
          <InputNumber
            id={id}
            min={0}
            precision={2}
            style={full}
            value={value.priceFen === null ? null : value.priceFen / 100}
            onChange={(yuan) => set('priceFen', times(yuan, 100))}
          />
        )}
      </Field>
      <Field label={t('window.dose')} problem={problem('doseUsv')}>
        {(id) => (
          <InputNumber
            id={id}
            min={0}
            precision={3}
            style={full}
            value={value.doseUsv === null ? null : value.doseUsv / 1000}
            onChange={(msv) => set('doseUsv', times(msv, 1000))}
          />
        )}
      </Field>
      <Field label={t('window.wait')} problem={problem('waitDays')}>
        {(id) => (
          <InputNumber
            id={id}
            min={0}
            max={90}
            precision={0}
            style={full}
            value={value.waitDays}
            onChange={(days) => set('waitDays', days)}
          />
        )}
      </Field>
      <Field label={t('window.source')} required wide problem={problem('source')}>
        {(id) => (
          <Input id={id} value={value.source} onChange={({ target }) => set('source', target.value)} />
        )}
      </Field>
      <Checkbox checked={value.demonstration} onChange={({ target }) => set('demonstration', target.checked)}>
        {t('window.demonstration-check')}
      </Checkbox>
    </Fields>
  )
}
