import { workforceApi } from '@tongmai/api/workforce'
import type { Act } from '@tongmai/api/workforce/practitioner'
import { Select } from 'antd'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { workforceWords } from './words.ts'

const MOST = 200

/** The staff of my institution as choices, or those who may do an act; an institution with more than 200 chooses by the first letters of the name. */
export function useStaffOptions(only: { act?: Act } = {}): { value: string; name: string; label: string }[] {
  const t = useWords(workforceWords)
  const query = { ...only, offset: 0, limit: MOST }
  const read = useRead(workforceApi.listStaff, { query }, { live: ['workforce'] })
  return (read.data?.items ?? []).map((one) => ({
    value: one.id,
    name: one.name,
    label: `${one.name}（${[t(`kind.${one.kind}`), one.department].filter(Boolean).join(' · ')}）`,
  }))
}

interface Props {
  readonly id?: string
  readonly value: string | null
  readonly onChange: (practitionerId: string | null) => void
  readonly label?: string
  readonly placeholder?: string
}

/** Chooses one of my institution's staff. */
export function StaffChoice({ id, value, onChange, label, placeholder }: Props) {
  const options = useStaffOptions()
  return (
    <Select
      {...(id ? { id } : {})}
      {...(label ? { 'aria-label': label } : {})}
      {...(placeholder ? { placeholder } : {})}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      style={{ width: '100%' }}
      value={value}
      options={options}
      onChange={(next) => onChange(next ?? null)}
    />
  )
}
