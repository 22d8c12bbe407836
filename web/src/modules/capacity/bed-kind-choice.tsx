import { type BedKind, bedKind } from '@tongmai/api/capacity/flow'
import { Select } from 'antd'
import { useWords } from '../../kernel/words.ts'
import { capacityWords } from './words.ts'

interface Props {
  readonly value: BedKind | null
  readonly onChange: (kind: BedKind | null) => void
}

/** Which kind of bed; any, where none is chosen. */
export function BedKindChoice({ value, onChange }: Props) {
  const t = useWords(capacityWords)
  return (
    <Select<BedKind>
      aria-label={t('bed.kind')}
      placeholder={t('bed.kind-any')}
      allowClear
      value={value}
      options={bedKind.options.map((one) => ({ value: one, label: t(`bedKind.${one}`) }))}
      onChange={(next: BedKind | undefined) => onChange(next ?? null)}
    />
  )
}
