import { relation } from '@tongmai/api/resident/person'
import { Checkbox, Input, Select } from 'antd'
import type { FormState } from '../../kernel/use-form.ts'
import { useWords } from '../../kernel/words.ts'
import { MomentField } from '../../ui/date-field.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import type { Typed } from './typed.ts'
import { referralWords } from './words.ts'

/** The patient has been told and agrees: who signed, in which relation, when. */
export function ConsentFields({ form }: { form: FormState<Typed> }) {
  const t = useWords(referralWords)
  const { agreed, signer, signedAt } = form.value
  return (
    <Fields columns={3}>
      <Field label={t('form.consent')} problem={form.problem('form.consent')} wide>
        {(id) => (
          <Checkbox id={id} checked={agreed} onChange={({ target }) => form.set('agreed', target.checked)}>
            {t('form.agreed')}
          </Checkbox>
        )}
      </Field>
      {agreed && (
        <>
          <Field label={t('form.signer')} required problem={form.problem('form.consent.signer')}>
            {(id) => (
              <Input id={id} value={signer} onChange={({ target }) => form.set('signer', target.value)} />
            )}
          </Field>
          <Field label={t('form.relation')}>
            {(id) => (
              <Select
                id={id}
                value={form.value.relation}
                onChange={(one) => form.set('relation', one)}
                options={relation.options.map((value) => ({ value, label: t(`relation.${value}`) }))}
              />
            )}
          </Field>
          <Field label={t('form.signed-at')} problem={form.problem('form.consent.at')}>
            {(id) => <MomentField id={id} value={signedAt} onChange={(at) => form.set('signedAt', at)} />}
          </Field>
        </>
      )}
    </Fields>
  )
}
