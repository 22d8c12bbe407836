import { allianceApi } from '@tongmai/api/network/alliance'
import { Select } from 'antd'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { networkWords } from './words.ts'

interface AllianceSelectProps {
  readonly value: string | undefined
  readonly onChange: (allianceId: string | undefined) => void
  readonly id?: string
}

/** Chooses one of the alliances. */
export function AllianceSelect({ value, onChange, id }: AllianceSelectProps) {
  const t = useWords(networkWords)
  const read = useRead(allianceApi.listAlliances, { query: { limit: 200 } }, { live: ['network.alliance'] })
  return (
    <Select
      {...(id ? { id } : {})}
      allowClear
      aria-label={t('alliance.name')}
      placeholder={t('map.all-alliances')}
      value={value ?? null}
      onChange={(next) => onChange(next ?? undefined)}
      options={(read.data?.items ?? []).map((one) => ({ value: one.id, label: one.shortName }))}
      style={{ minWidth: 180 }}
    />
  )
}
