import { readChineseId } from '@tongmai/api/resident/chinese-id'
import { type DocumentKind, documentKind, type Registration } from '@tongmai/api/resident/person'
import { type Sex, sex } from '@tongmai/api/workforce/practitioner'
import { Input, Select } from 'antd'
import { timeNow } from '../../kernel/clock.ts'
import { showDay } from '../../kernel/dates.ts'
import type { FormState } from '../../kernel/use-form.ts'
import { useWords } from '../../kernel/words.ts'
import { DayField } from '../../ui/date-field.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { residentWords } from './words.ts'

/** What the desk fills in. */
export interface PersonForm {
  kind: DocumentKind
  number: string
  country: string
  name: string
  sex: Sex | null
  birthDate: string | null
  phone: string
  address: string
}

export const emptyPerson: PersonForm = {
  ...{ kind: '01', number: '', country: '', name: '', sex: null, birthDate: null, phone: '', address: '' },
}

/** The form as the contract wants it. */
export const registrationOf = (form: PersonForm): Registration => ({
  name: form.name.trim(),
  sex: form.sex,
  birthDate: form.birthDate,
  phone: form.phone.trim() || null,
  address: form.address.trim() || null,
  divisionCode: null,
  documents: [
    { kind: form.kind, number: form.number.trim(), country: form.country.trim().toUpperCase() || null },
  ],
})

/** What is wrong with the number as it stands, before anything is sent; undefined while it is short or right. */
function problemWith({ kind, number }: PersonForm): 'shape' | 'date' | 'check' | undefined {
  if (kind !== '01' || number.trim().length < 15) return undefined
  const read = readChineseId(number, showDay(timeNow()))
  return read.ok || (read.problem === 'shape' && number.trim().length < 18) ? undefined : read.problem
}

interface Props {
  readonly form: FormState<PersonForm>
  /** A complete number has been typed. */
  readonly onNumber?: (number: string) => void
}

/** Document, name, sex, birth date, telephone, address; sex and birth date follow the number. */
export function PersonFields({ form, onNumber }: Props) {
  const t = useWords(residentWords)
  const { value, set, change, problem } = form
  const wrong = problemWith(value)
  const type = (number: string) => {
    const read = value.kind === '01' ? readChineseId(number, showDay(timeNow())) : null
    change(read?.ok ? { number, sex: read.sex, birthDate: read.birthDate } : { number })
    if (read?.ok) onNumber?.(read.number)
  }
  const leave = () => {
    if (value.kind !== '01' && value.number.trim().length > 3) onNumber?.(value.number)
  }
  return (
    <Fields>
      <Field label={t('field.document')} required>
        {(id) => (
          <Select
            id={id}
            value={value.kind}
            options={documentKind.options.map((one) => ({ value: one, label: t(`document.${one}`) }))}
            onChange={(kind) => set('kind', kind)}
          />
        )}
      </Field>
      <Field label={t('field.number')} required problem={wrong ? t(`number.${wrong}`) : problem('documents')}>
        {(id, invalid) => (
          <Input
            id={id}
            autoFocus
            autoComplete="off"
            status={invalid ? 'error' : ''}
            value={value.number}
            onChange={(event) => type(event.target.value)}
            onBlur={leave}
          />
        )}
      </Field>
      {value.kind !== '01' && (
        <Field label={t('field.country')} required={value.kind === '03'}>
          {(id) => (
            <Input
              id={id}
              maxLength={3}
              value={value.country}
              onChange={(event) => set('country', event.target.value.toUpperCase())}
            />
          )}
        </Field>
      )}
      <Field label={t('field.name')} required problem={problem('name')}>
        {(id) => <Input id={id} value={value.name} onChange={(event) => set('name', event.target.value)} />}
      </Field>
      <Field label={t('field.sex')} problem={problem('sex')}>
        {(id) => (
          <Select
            id={id}
            allowClear
            value={value.sex}
            options={sex.options.map((one) => ({ value: one, label: t(`sex.${one}`) }))}
            onChange={(next) => set('sex', next ?? null)}
          />
        )}
      </Field>
      <Field label={t('field.birth')} problem={problem('birthDate')}>
        {(id, invalid) => (
          <DayField
            id={id}
            invalid={invalid}
            until={showDay(timeNow())}
            value={value.birthDate}
            onChange={(next) => set('birthDate', next)}
          />
        )}
      </Field>
      <Field label={t('field.phone')} problem={problem('phone')}>
        {(id) => <Input id={id} value={value.phone} onChange={(event) => set('phone', event.target.value)} />}
      </Field>
      <Field label={t('field.address')} wide problem={problem('address')}>
        {(id) => (
          <Input id={id} value={value.address} onChange={(event) => set('address', event.target.value)} />
        )}
      </Field>
    </Fields>
  )
}
