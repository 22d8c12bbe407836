import { institutionApi } from '@tongmai/api/network/institution'
import { Select } from 'antd'
import { useState } from 'react'
import { useRead } from '../../kernel/use-read.ts'

const MOST = 10

interface Props {
  readonly id: string
  /** Ids joined by commas, as they stand in the address. */
  readonly value: string | undefined
  readonly onChange: (value: string | undefined) => void
}

/** Chooses up to ten institutions by name, pinyin, initials or code. */
export function DestinationChoice({ id, value, onChange }: Props) {
  const [text, setText] = useState('')
  const chosen = value ? value.split(',') : []
  const all = useRead(institutionApi.listInstitutions, { query: { limit: 200 } })
  const found = useRead(
    institutionApi.listInstitutions,
    { query: { q: text, limit: 20 } },
    { keepPrevious: true },
  )
  const known = new Map(
    [...(all.data?.items ?? []), ...(found.data?.items ?? [])].map((one) => [one.id, one.shortName]),
  )
  const ids = new Set([...(found.data?.items ?? []).map((one) => one.id), ...chosen])
  return (
    <Select
      id={id}
      mode="multiple"
      maxCount={MOST}
      showSearch={{ filterOption: false, onSearch: setText, searchValue: text }}
      style={{ width: '100%' }}
      value={chosen}
      onChange={(next) => {
        setText('')
        onChange(next.length > 0 ? next.join(',') : undefined)
      }}
      options={[...ids].map((one) => ({ value: one, label: known.get(one) ?? '…' }))}
    />
  )
}
