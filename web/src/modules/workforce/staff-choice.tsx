import { workforceApi } from '@tongmai/api/workforce'
import type { Act } from '@tongmai/api/workforce/practitioner'
import { Select, Spin } from 'antd'
import { useState } from 'react'
import { useRead } from '../../kernel/use-read.ts'
import { webWords } from '../../kernel/web-words.ts'
import { useWords } from '../../kernel/words.ts'
import { useSettled } from '../../ui/settled.ts'
import { workforceWords } from './words.ts'

const MOST = 50

/**
 * What to spread on a `Select` that chooses of my institution's staff, or of those who may do an act: the server looks
 * them up as one types (name, pinyin, initials), and who is chosen is named even when not among those found.
 */
export function useStaffSearch(only: { act?: Act } = {}) {
  const t = useWords(workforceWords)
  const say = useWords(webWords)
  const [text, setText] = useState('')
  const name = useSettled(text.trim(), 200)
  const query = { ...only, ...(name ? { name } : {}), offset: 0, limit: MOST }
  const read = useRead(workforceApi.listStaff, { query }, { live: ['workforce'], keepPrevious: true })
  const options = (read.data?.items ?? []).map((one) => ({
    value: one.id,
    name: one.name,
    label: `${one.name}（${[t(`kind.${one.kind}`), one.department].filter(Boolean).join(' · ')}）`,
  }))
  return {
    options,
    showSearch: { filterOption: false, onSearch: setText },
    onOpenChange: (open: boolean) => !open && setText(''),
    labelRender: ({ value }: { value?: string | number }) => <StaffName id={String(value)} among={options} />,
    notFoundContent: read.isFetching ? <Spin size="small" /> : say('picker.none', { text }),
  }
}

interface NameProps {
  readonly id: string
  readonly among: readonly { readonly value: string; readonly name: string }[]
}

/** The name of somebody, who may be none of those found. */
function StaffName({ id, among }: NameProps) {
  const known = among.find((one) => one.value === id)
  const read = useRead(workforceApi.read, { params: { id } }, { live: ['workforce'], when: !known })
  return known?.name ?? read.data?.name ?? '…'
}

interface Props {
  readonly id?: string
  readonly value: string | null
  readonly onChange: (practitionerId: string | null, name: string) => void
  readonly label?: string
  readonly placeholder?: string
}

/** Chooses one of my institution's staff. */
export function StaffChoice({ id, value, onChange, label, placeholder }: Props) {
  const staff = useStaffSearch()
  return (
    <Select
      {...staff}
      {...(id ? { id } : {})}
      {...(label ? { 'aria-label': label } : {})}
      {...(placeholder ? { placeholder } : {})}
      allowClear
      style={{ width: '100%' }}
      value={value}
      onChange={(next) => onChange(next ?? null, staff.options.find((one) => one.value === next)?.name ?? '')}
    />
  )
}
