import type { Client } from '@tongmai/api/identity/client'
import { Input, Select } from 'antd'
import { useWords } from '../../kernel/words.ts'
import { Field } from '../../ui/field.tsx'
import { identityWords } from './words.ts'

/** What an administrator writes of a client besides its id. */
export type Registration = Pick<
  Client,
  'name' | 'scopes' | 'kind' | 'persons' | 'launchUrl' | 'jwks' | 'jwksUrl' | Listed
>
type Listed = 'redirectUris' | 'notifyUrls' | 'fhirServers'

export const emptyRegistration: Registration = {
  ...{ name: '', scopes: [], kind: 'confidential', persons: 'staff', redirectUris: [] },
  ...{ launchUrl: null, jwks: null, jwksUrl: null, notifyUrls: [], fhirServers: [] },
}

const usual = [
  ...['system/*.cruds', 'system/*.rs', 'system/Patient.rs', 'system/Observation.cruds'],
  ...['openid', 'fhirUser', 'launch', 'launch/patient', 'patient/*.rs', 'user/*.rs', 'offline_access'],
]

interface ClientFieldsProps {
  readonly value: Registration
  readonly onChange: <K extends keyof Registration>(key: K, next: Registration[K]) => void
  readonly problem: (name: string) => string | undefined
}

/** The fields of a registration, after name and id. */
export function ClientFields({ value, onChange, problem }: ClientFieldsProps) {
  const t = useWords(identityWords)
  const tags = (id: string, key: 'scopes' | Listed, options: readonly string[]) => (
    <Select
      id={id}
      mode="tags"
      tokenSeparators={[' ', ',']}
      options={options.map((one) => ({ value: one, label: one }))}
      value={[...value[key]]}
      onChange={(next) => onChange(key, next)}
      style={{ width: '100%' }}
    />
  )
  const line = (id: string, key: 'launchUrl' | 'jwksUrl') => (
    <Input
      id={id}
      value={value[key] ?? ''}
      placeholder="https://"
      onChange={(event) => onChange(key, event.target.value.trim() || null)}
    />
  )
  return (
    <>
      <Field label={t('client.scopes')} required hint={t('client.scopes-hint')} problem={problem('scopes')}>
        {(id) => tags(id, 'scopes', usual)}
      </Field>
      <Field label={t('client.kind')}>
        {(id) => (
          <Select
            id={id}
            value={value.kind}
            options={(['confidential', 'public'] as const).map((one) => ({
              value: one,
              label: t(`client.kind.${one}`),
            }))}
            onChange={(next) => onChange('kind', next)}
            style={{ width: '100%' }}
          />
        )}
      </Field>
      <Field label={t('client.persons')}>
        {(id) => (
          <Select
            id={id}
            value={value.persons}
            options={(['staff', 'resident'] as const).map((one) => ({
              value: one,
              label: t(`client.persons.${one}`),
            }))}
            onChange={(next) => onChange('persons', next)}
            style={{ width: '100%' }}
          />
        )}
      </Field>
      <Field
        label={t('client.redirects')}
        hint={t('client.redirects-hint')}
        problem={problem('redirectUris')}
      >
        {(id) => tags(id, 'redirectUris', [])}
      </Field>
      <Field label={t('client.launch')} hint={t('client.launch-hint')} problem={problem('launchUrl')}>
        {(id) => line(id, 'launchUrl')}
      </Field>
      <Field label={t('client.notify')} hint={t('client.notify-hint')} problem={problem('notifyUrls')}>
        {(id) => tags(id, 'notifyUrls', [])}
      </Field>
      <Field label={t('client.fhir')} hint={t('client.fhir-hint')} problem={problem('fhirServers')}>
        {(id) => tags(id, 'fhirServers', [])}
      </Field>
      <Field label={t('client.jwks-url')} hint={t('client.jwks-hint')} problem={problem('jwksUrl')}>
        {(id) => line(id, 'jwksUrl')}
      </Field>
      <Field label={t('client.jwks')} problem={problem('jwks')}>
        {(id) => (
          <Input.TextArea
            id={id}
            rows={3}
            spellCheck={false}
            value={value.jwks ?? ''}
            onChange={(event) => onChange('jwks', event.target.value || null)}
          />
        )}
      </Field>
    </>
  )
}
