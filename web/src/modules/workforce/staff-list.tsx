import { workforceApi } from '@tongmai/api/workforce'
import { licenceState, practitionerKind, type StaffLine, title } from '@tongmai/api/workforce/practitioner'
import { Button } from 'antd'
import { useState } from 'react'
import * as z from 'zod/mini'
import { call } from '../../kernel/call.ts'
import { useSearch } from '../../kernel/route.tsx'
import { useMay } from '../../kernel/session.tsx'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { FilterSelect } from '../../ui/filter-select.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Page } from '../../ui/page.tsx'
import { SearchBox } from '../../ui/search-box.tsx'
import { AddPractitioner } from './add-practitioner.tsx'
import { LicenceStateTag } from './licence-state.tsx'
import { workforceWords } from './words.ts'

const LIMIT = 20
const filterShape = z.object({
  name: z.optional(z.string()),
  kind: z.optional(practitionerKind),
  title: z.optional(title),
  licence: z.optional(licenceState),
  offset: z._default(z.coerce.number(), 0),
})
type Filter = Omit<z.output<typeof filterShape>, 'offset'>
const nothing = { name: undefined, kind: undefined, title: undefined, licence: undefined, offset: 0 }

/** Everyone who practises at my institution. */
export function StaffList() {
  const t = useWords(workforceWords)
  const may = useMay()
  const [adding, setAdding] = useState(false)
  const [filter, setFilter] = useSearch(filterShape)
  const { offset, ...asked } = filter
  const query = { ...asked, offset, limit: LIMIT }
  const live = { live: ['workforce'], keepPrevious: true }
  const read = useRead(workforceApi.listStaff, { query }, live)
  const add = may('workforce.manage') && (
    <Button type="primary" onClick={() => setAdding(true)}>
      {t('staff.add')}
    </Button>
  )
  return (
    <Page title={t('staff.title')} hint={t('staff.hint')} actions={add}>
      <DataTable
        label={t('staff.title')}
        columns={useColumns()}
        read={read}
        keyOf={({ id }) => id}
        rowTo={({ id }) => `/practitioners/${id}`}
        rowTone={(one) => (one.licence === 'expired' ? 'bad' : undefined)}
        offset={offset}
        limit={LIMIT}
        onPage={(next) => setFilter({ offset: next })}
        filters={<Filters filter={asked} onChange={(change) => setFilter({ ...change, offset: 0 })} />}
        filtered={Object.values(asked).some(Boolean)}
        onClear={() => setFilter(nothing)}
        empty={<Nothing title={t('staff.none')} hint={t('staff.none-hint')} />}
        readPage={(from, limit) => call(workforceApi.listStaff, { query: { ...asked, offset: from, limit } })}
      />
      <AddPractitioner open={adding} onClose={() => setAdding(false)} />
    </Page>
  )
}

function Filters({ filter, onChange }: { filter: Filter; onChange: (change: Partial<Filter>) => void }) {
  const t = useWords(workforceWords)
  return (
    <>
      <SearchBox
        label={t('staff.search')}
        value={filter.name}
        onSearch={(name) => onChange({ name })}
        width={180}
      />
      <FilterSelect
        label={t('staff.kind')}
        width={120}
        value={filter.kind}
        keys={practitionerKind.options}
        word={(one) => t(`kind.${one}`)}
        onChange={(kind) => onChange({ kind })}
      />
      <FilterSelect
        label={t('staff.title-of')}
        width={140}
        value={filter.title}
        keys={title.options}
        word={(one) => t(`title.${one}`)}
        onChange={(next) => onChange({ title: next })}
      />
      <FilterSelect
        label={t('staff.licence')}
        width={130}
        value={filter.licence}
        keys={licenceState.options}
        word={(one) => t(`status.${one}`)}
        onChange={(licence) => onChange({ licence })}
      />
    </>
  )
}

function useColumns(): Column<StaffLine>[] {
  const t = useWords(workforceWords)
  const place = (one: StaffLine) => t(one.primary ? 'site.primary' : 'site.filed')
  return [
    { key: 'name', title: t('staff.name'), cell: (one) => <b>{one.name}</b>, text: (one) => one.name },
    {
      key: 'sex',
      title: t('staff.sex'),
      cell: (one) => t(`sex.${one.sex}`),
      text: (one) => t(`sex.${one.sex}`),
    },
    {
      key: 'kind',
      title: t('staff.kind'),
      cell: (one) => t(`kind.${one.kind}`),
      text: (one) => t(`kind.${one.kind}`),
    },
    {
      key: 'title',
      title: t('staff.title-of'),
      cell: (one) => t(`title.${one.title}`),
      text: (one) => t(`title.${one.title}`),
    },
    {
      key: 'department',
      title: t('staff.department'),
      cell: (one) => one.department ?? '—',
      text: (one) => one.department ?? '',
    },
    { key: 'site', title: t('staff.site'), cell: place, text: place },
    {
      key: 'licence',
      title: t('staff.licence'),
      cell: (one) => <LicenceStateTag state={one.licence} />,
      text: (one) => t(`status.${one.licence}`),
    },
    {
      key: 'until',
      title: t('staff.until'),
      cell: (one) => one.licensedUntil ?? '—',
      text: (one) => one.licensedUntil ?? '',
    },
  ]
}
