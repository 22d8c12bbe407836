import { residentApi } from '@tongmai/api/resident'
import { Button, Input, Select } from 'antd'
import { type FormEvent, useState } from 'react'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { DayField } from '../../ui/date-field.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { RefusalNote } from '../../ui/tell.tsx'
import { residentWords } from './words.ts'

interface Props {
  readonly value: string | null
  readonly onChange: (residentId: string | null) => void
}

const LIMIT = 20

/** The patient whom an app is opened for, found as everywhere: by number, or by name and birth date. */
export function PatientChoice({ value, onChange }: Props) {
  const t = useWords(residentWords)
  const [number, setNumber] = useState('')
  const [name, setName] = useState('')
  const [birthDate, setBirthDate] = useState<string | null>(null)
  const search = useWrite(residentApi.search, {
    onDone: ({ items }) => onChange(items.length === 1 ? (items[0]?.id ?? null) : null),
  })
  const send = (event: FormEvent) => {
    event.preventDefault()
    const by = number.trim() ? { number } : { name: name.trim(), ...(birthDate ? { birthDate } : {}) }
    search.mutate({ body: { ...by, offset: 0, limit: LIMIT } })
  }
  const found = search.data?.items ?? []
  return (
    <form onSubmit={send}>
      <Fields columns={3}>
        <Field label={t('search.number')}>
          {(id) => <Input id={id} value={number} onChange={(event) => setNumber(event.target.value)} />}
        </Field>
        <Field label={t('search.name')}>
          {(id) => <Input id={id} value={name} onChange={(event) => setName(event.target.value)} />}
        </Field>
        <Field label={t('search.birth')}>
          {(id) => <DayField id={id} value={birthDate} onChange={setBirthDate} />}
        </Field>
      </Fields>
      <p className="tm-row" style={{ marginTop: 12 }}>
        <Button htmlType="submit" loading={search.isPending} disabled={!number.trim() && !name.trim()}>
          {t('search.act')}
        </Button>
        <Select
          aria-label={t('search.title')}
          style={{ minWidth: 260 }}
          value={value}
          disabled={found.length === 0}
          notFoundContent={null}
          options={found.map((one) => ({
            value: one.id,
            label: [one.nameMasked, one.birthDate, one.idMasked].filter(Boolean).join(' · '),
          }))}
          onChange={onChange}
        />
      </p>
      <RefusalNote refused={search.error} />
    </form>
  )
}
