import { residentApi } from '@tongmai/api/resident'
import { Select } from 'antd'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { RefusalNote } from '../../ui/tell.tsx'
import { WhoFields } from './who-fields.tsx'
import { residentWords } from './words.ts'

interface Props {
  readonly value: string | null
  readonly onChange: (residentId: string | null) => void
}

const LIMIT = 20

/** The patient whom an app is opened for, found as everywhere: by number, name, telephone or code. */
export function PatientChoice({ value, onChange }: Props) {
  const t = useWords(residentWords)
  const search = useWrite(residentApi.search, {
    onDone: ({ items }) => onChange(items.length === 1 && items[0]?.basis ? items[0].id : null),
  })
  const found = search.data?.items ?? []
  return (
    <>
      <WhoFields
        busy={search.isPending}
        onSearch={(by) => search.mutate({ body: { ...by, offset: 0, limit: LIMIT } })}
      />
      <p style={{ marginTop: 12 }}>
        <Select
          aria-label={t('search.title')}
          style={{ minWidth: 260, maxWidth: '100%' }}
          value={value}
          disabled={found.length === 0}
          notFoundContent={null}
          options={found.map((one) => ({
            value: one.id,
            disabled: one.basis === null,
            label: [
              one.name ?? one.nameMasked,
              one.birthDate,
              one.idMasked,
              one.basis === null && t('search.no-basis'),
            ]
              .filter(Boolean)
              .join(' · '),
          }))}
          onChange={onChange}
        />
      </p>
      <RefusalNote refused={search.error} />
    </>
  )
}
