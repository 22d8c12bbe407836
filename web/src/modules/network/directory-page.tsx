import { type InstitutionLine, institutionApi, institutionKind, tier } from '@tongmai/api/network/institution'
import { Button, Select } from 'antd'
import { useState } from 'react'
import * as z from 'zod/mini'
import { call } from '../../kernel/call.ts'
import { To, useSearch } from '../../kernel/route.tsx'
import { useMay } from '../../kernel/session.tsx'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { FilterSelect } from '../../ui/filter-select.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Page } from '../../ui/page.tsx'
import { SearchBox } from '../../ui/search-box.tsx'
import { AllianceSelect } from './alliance-select.tsx'
import { AddInstitution } from './institution-form.tsx'
import { useTierWords } from './use-tier-words.ts'
import { networkWords } from './words.ts'

const LIMIT = 20
const filterShape = z.object({
  q: z.optional(z.coerce.string()),
  kind: z.optional(institutionKind),
  tier: z.optional(tier),
  allianceId: z.optional(z.string()),
  external: z._default(z.boolean(), false),
  offset: z._default(z.coerce.number(), 0),
})

/** The directory: every institution, found by name, initials, kind, tier and alliance. */
export function DirectoryPage() {
  const t = useWords(networkWords)
  const may = useMay()
  const [filter, setFilter] = useSearch(filterShape)
  const [adding, setAdding] = useState(false)
  const { offset, ...asked } = filter
  const query = { ...asked, offset, limit: LIMIT }
  const read = useRead(
    institutionApi.listInstitutions,
    { query },
    { live: ['network.institution-added'], keepPrevious: true },
  )
  const none = { q: undefined, kind: undefined, tier: undefined, allianceId: undefined, offset: 0 }
  return (
    <Page
      title={t('directory.title')}
      hint={t('directory.hint')}
      actions={
        may('network.manage') && (
          <Button type="primary" onClick={() => setAdding(true)}>
            {t('directory.add')}
          </Button>
        )
      }
    >
      <DataTable
        label={t('directory.title')}
        columns={useColumns()}
        read={read}
        keyOf={({ id }) => id}
        rowTo={({ id }) => `/institutions/${id}`}
        offset={offset}
        limit={LIMIT}
        onPage={(next) => setFilter({ offset: next })}
        filters={<Filters filter={asked} onChange={(change) => setFilter({ ...change, offset: 0 })} />}
        filtered={Boolean(asked.q || asked.kind || asked.tier || asked.allianceId)}
        onClear={() => setFilter(none)}
        empty={<Nothing title={t('directory.none')} hint={t('directory.none-hint')} />}
        readPage={(from, limit) =>
          call(institutionApi.listInstitutions, { query: { ...asked, offset: from, limit } })
        }
      />
      <AddInstitution open={adding} onClose={() => setAdding(false)} />
    </Page>
  )
}

type Filter = Omit<z.output<typeof filterShape>, 'offset'>

function Filters({ filter, onChange }: { filter: Filter; onChange: (change: Partial<Filter>) => void }) {
  const t = useWords(networkWords)
  return (
    <>
      <SearchBox
        label={t('directory.search')}
        value={filter.q}
        onSearch={(q) => onChange({ q })}
        width={230}
      />
      <FilterSelect
        label={t('institution.kind')}
        all={t('all-kinds')}
        width={160}
        value={filter.kind}
        keys={institutionKind.options.filter((kind) => kind !== 'external')}
        word={(one) => t(`kind.${one}`)}
        onChange={(kind) => onChange({ kind })}
      />
      <FilterSelect
        label={t('institution.tier')}
        all={t('all-tiers')}
        width={120}
        value={filter.tier}
        keys={tier.options}
        word={(one) => t(`tier.${one}`)}
        onChange={(next) => onChange({ tier: next })}
      />
      <AllianceSelect value={filter.allianceId} onChange={(allianceId) => onChange({ allianceId })} />
      <Select
        aria-label={t('directory.external')}
        value={filter.external}
        onChange={(external) => onChange({ external })}
        options={[
          { value: false, label: t('directory.own') },
          { value: true, label: t('directory.external') },
        ]}
        style={{ width: 120 }}
      />
    </>
  )
}

function useColumns(): Column<InstitutionLine>[] {
  const t = useWords(networkWords)
  const tierWords = useTierWords()
  return [
    {
      key: 'code',
      title: t('institution.code'),
      cell: (one) => one.code,
      text: (one) => one.code,
      width: 90,
    },
    { key: 'name', title: t('institution.name'), cell: (one) => <b>{one.name}</b>, text: (one) => one.name },
    {
      key: 'kind',
      title: t('institution.kind'),
      short: true,
      cell: (one) => t(`kind.${one.kind}`),
      text: (one) => t(`kind.${one.kind}`),
    },
    { key: 'tier', title: t('institution.tier'), short: true, cell: tierWords, text: tierWords },
    {
      key: 'division',
      short: true,
      title: t('institution.division'),
      cell: (one) => one.divisionName ?? '—',
      text: (one) => one.divisionName ?? '',
    },
    {
      key: 'alliances',
      title: t('institution.alliances'),
      cell: (one) => (
        <span className="tm-row">
          {one.alliances.map(({ allianceId, name }) => (
            <To key={allianceId} to={`/alliances/${allianceId}`}>
              {name}
            </To>
          ))}
        </span>
      ),
      text: (one) => one.alliances.map(({ name }) => name).join('、'),
    },
    {
      key: 'phone',
      short: true,
      title: t('institution.phone'),
      width: 130,
      cell: (one) => one.phone ?? '—',
      text: (one) => one.phone ?? '',
    },
    {
      key: 'creditCode',
      wide: true,
      short: true,
      title: t('institution.credit-code'),
      cell: (one) => one.creditCode ?? '—',
      text: (one) => one.creditCode ?? '',
    },
  ]
}
