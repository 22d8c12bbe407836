import { type ConsentSigner, consentPurpose, sensitiveCategory } from '@tongmai/api/resident/consent'
import { depth } from '@tongmai/api/resident/person'
import { Checkbox, Segmented, Select } from 'antd'
import { useWords } from '../../kernel/words.ts'
import { DayField } from '../../ui/date-field.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { Picker } from '../../ui/picker.tsx'
import { findInstitutionChoices } from '../network/index.ts'
import type { Permission } from './consent-blank.ts'
import { periods } from './consent-scope.ts'
import { residentWords } from './words.ts'

interface Props {
  readonly value: Permission
  readonly onChange: (change: Partial<Permission>) => void
  readonly signers: readonly ConsentSigner[]
}

/** To whom, what for, how deep, how long, and who signs. */
export function ConsentFields({ value, onChange, signers }: Props) {
  const t = useWords(residentWords)
  const named = ({ self, name }: ConsentSigner) => t(self ? 'consent.self' : 'consent.stands', { name })
  return (
    <Fields columns={2}>
      <Field label={t('consent.whom')} required>
        {(id) => (
          <Picker
            id={id}
            name="network.institution"
            find={findInstitutionChoices}
            value={value.institution}
            onChange={(institution) => onChange({ institution })}
          />
        )}
      </Field>
      <Field label={t('consent.signer')} required hint={t('consent.signer-hint')}>
        {(id) => (
          <Select
            id={id}
            style={{ width: '100%' }}
            value={value.signerId ?? signers[0]?.id ?? null}
            options={signers.map((one) => ({ value: one.id, label: named(one) }))}
            onChange={(signerId) => onChange({ signerId })}
          />
        )}
      </Field>
      <Field label={t('consent.purpose')}>
        {(id) => (
          <Select
            id={id}
            style={{ width: '100%' }}
            value={value.purpose}
            options={consentPurpose.options.map((one) => ({ value: one, label: t(`purpose.${one}`) }))}
            onChange={(purpose) => onChange({ purpose })}
          />
        )}
      </Field>
      <Field label={t('consent.depth')}>
        {(id) => (
          <Segmented
            id={id}
            value={value.depth}
            options={depth.options.map((one) => ({ value: one, label: t(`depth.${one}`) }))}
            onChange={(next) => onChange({ depth: next })}
          />
        )}
      </Field>
      <Field label={t('consent.period')}>
        {(id) => (
          <Segmented
            id={id}
            value={value.period}
            options={periods.map((one) => ({ value: one, label: t(`period.${one}`) }))}
            onChange={(period) => onChange({ period })}
          />
        )}
      </Field>
      {value.period === 'day' ? (
        <Field label={t('consent.last-day')} required>
          {(id) => <DayField id={id} value={value.lastDay} onChange={(lastDay) => onChange({ lastDay })} />}
        </Field>
      ) : (
        <span />
      )}
      <Field label={t('consent.also')} hint={t('consent.also-hint')} wide>
        {(id) => (
          <Checkbox.Group
            aria-labelledby={id}
            value={[...value.categories]}
            options={sensitiveCategory.options.map((one) => ({ value: one, label: t(`category.${one}`) }))}
            onChange={(categories) => onChange({ categories })}
          />
        )}
      </Field>
    </Fields>
  )
}
