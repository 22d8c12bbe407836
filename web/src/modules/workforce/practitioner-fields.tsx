import {
  type PractitionerKind,
  practitionerKind,
  type Sex,
  sex,
  type Title,
  title,
} from '@tongmai/api/workforce/practitioner'
import { Input, Select } from 'antd'
import type { FormState } from '../../kernel/use-form.ts'
import { useWords } from '../../kernel/words.ts'
import { Field, Fields } from '../../ui/field.tsx'
import { workforceWords } from './words.ts'

/** What is asked of every practitioner. */
export interface PersonForm {
  name: string
  sex: Sex
  kind: PractitionerKind
  title: Title
  phone: string
}

export const emptyPerson: PersonForm = {
  name: '',
  sex: 'unknown',
  kind: 'physician',
  title: 'none',
  phone: '',
}

/** Name, sex, kind, title and telephone. */
export function PersonFields<F extends PersonForm>({ form }: { form: FormState<F> }) {
  const t = useWords(workforceWords)
  const { value } = form
  const change = (next: Partial<PersonForm>) => form.change(next as Partial<F>)
  return (
    <Fields>
      <Field label={t('staff.name')} required problem={form.problem('name')}>
        {(id) => (
          <Input id={id} value={value.name} onChange={(event) => change({ name: event.target.value })} />
        )}
      </Field>
      <Field label={t('staff.sex')} required>
        {(id) => (
          <Select
            id={id}
            value={value.sex}
            options={sex.options.map((one) => ({ value: one, label: t(`sex.${one}`) }))}
            onChange={(next) => change({ sex: next })}
          />
        )}
      </Field>
      <Field label={t('staff.kind')} required>
        {(id) => (
          <Select
            id={id}
            value={value.kind}
            options={practitionerKind.options.map((one) => ({ value: one, label: t(`kind.${one}`) }))}
            onChange={(next) => change({ kind: next })}
          />
        )}
      </Field>
      <Field label={t('staff.title-of')} required>
        {(id) => (
          <Select
            id={id}
            value={value.title}
            options={title.options.map((one) => ({ value: one, label: t(`title.${one}`) }))}
            onChange={(next) => change({ title: next })}
          />
        )}
      </Field>
      <Field label={t('staff.phone')} problem={form.problem('phone')}>
        {(id) => (
          <Input id={id} value={value.phone} onChange={(event) => change({ phone: event.target.value })} />
        )}
      </Field>
    </Fields>
  )
}
