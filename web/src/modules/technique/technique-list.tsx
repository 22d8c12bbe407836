import { specialty } from '@tongmai/api/network/institution'
import { type TechniqueLine, techniqueApi, techniqueKind, techniqueLevel } from '@tongmai/api/technique'
import { Button, Select } from 'antd'
import { useState } from 'react'
import * as z from 'zod/mini'
import { call } from '../../kernel/call.ts'
import { useSearch } from '../../kernel/route.tsx'
import { useMay } from '../../kernel/session.tsx'
import { useRead } from '../../kernel/use-read.ts'
import { useSay, useWords } from '../../kernel/words.ts'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { FilterSelect } from '../../ui/filter-select.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Page } from '../../ui/page.tsx'
import { SearchBox } from '../../ui/search-box.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { AddTechnique } from './technique-form.tsx'
import { techniqueWords } from './words.ts'

const LIMIT = 20
const filterShape = z.object({
  q: z.optional(z.coerce.string()),
  kind: z.optional(techniqueKind),
  level: z.optional(techniqueLevel),
  specialty: z.optional(specialty),
  retired: z._default(z.boolean(), false),
  offset: z._default(z.coerce.number(), 0),
})
type Filter = Omit<z.output<typeof filterShape>, 'offset'>

/** The catalogue: every technique and examination, and in how many places it is done. */
export function TechniqueList() {
  const t = useWords(techniqueWords)
  const may = useMay()
  const [filter, setFilter] = useSearch(filterShape)
  const [adding, setAdding] = useState(false)
  const { offset, ...asked } = filter
  const read = useRead(
    techniqueApi.listTechniques,
    { query: { ...asked, offset, limit: LIMIT } },
    { live: ['technique'], keepPrevious: true },
  )
  return (
    <Page
      title={t('title')}
      hint={t('hint')}
      actions={
        may('technique.manage') && (
          <Button type="primary" onClick={() => setAdding(true)}>
            {t('add')}
          </Button>
        )
      }
    >
      <DataTable
        label={t('title')}
        columns={useColumns()}
        read={read}
        keyOf={({ id }) => id}
        rowTo={({ id }) => `/techniques/${id}`}
        offset={offset}
        limit={LIMIT}
        onPage={(next) => setFilter({ offset: next })}
        filters={<Filters filter={asked} onChange={(change) => setFilter({ ...change, offset: 0 })} />}
        filtered={Boolean(asked.q || asked.kind || asked.level || asked.specialty)}
        onClear={() =>
          setFilter({ q: undefined, kind: undefined, level: undefined, specialty: undefined, offset: 0 })
        }
        empty={<Nothing title={t('none')} hint={t('none-hint')} />}
        readPage={(from, limit) =>
          call(techniqueApi.listTechniques, { query: { ...asked, offset: from, limit } })
        }
      />
      {adding && <AddTechnique onClose={() => setAdding(false)} />}
    </Page>
  )
}

function Filters({ filter, onChange }: { filter: Filter; onChange: (change: Partial<Filter>) => void }) {
  const t = useWords(techniqueWords)
  const say = useSay()
  return (
    <>
      <SearchBox label={t('search')} value={filter.q} onSearch={(q) => onChange({ q })} width={230} />
      <FilterSelect
        label={t('kind-title')}
        all={t('all-kinds')}
        width={130}
        value={filter.kind}
        keys={techniqueKind.options}
        word={(one) => t(`kind.${one}`)}
        onChange={(kind) => onChange({ kind })}
      />
      <FilterSelect
        label={t('level-title')}
        all={t('all-levels')}
        width={130}
        value={filter.level}
        keys={techniqueLevel.options}
        word={(one) => t(`level.${one}`)}
        onChange={(level) => onChange({ level })}
      />
      <FilterSelect
        label={t('specialty')}
        width={140}
        value={filter.specialty}
        keys={specialty.options}
        word={(one) => say(`network.specialty.${one}`)}
        onChange={(next) => onChange({ specialty: next })}
      />
      <Select
        aria-label={t('state-title')}
        value={filter.retired}
        onChange={(retired) => onChange({ retired })}
        options={[
          { value: false, label: t('current') },
          { value: true, label: t('retired') },
        ]}
        style={{ width: 100 }}
      />
    </>
  )
}

function useColumns(): Column<TechniqueLine>[] {
  const t = useWords(techniqueWords)
  const say = useSay()
  const specialtyOf = (one: TechniqueLine) => say(`network.specialty.${one.specialty}`)
  return [
    { key: 'name', title: t('name'), cell: (one) => <b>{one.name}</b>, text: (one) => one.name },
    {
      key: 'code',
      title: t('code'),
      short: true,
      wide: true,
      cell: (one) => one.code,
      text: (one) => one.code,
    },
    { key: 'specialty', title: t('specialty'), short: true, cell: specialtyOf, text: specialtyOf },
    {
      key: 'kind',
      title: t('kind-title'),
      short: true,
      cell: (one) => t(`kind.${one.kind}`),
      text: (one) => t(`kind.${one.kind}`),
    },
    {
      key: 'level',
      title: t('level-title'),
      short: true,
      cell: (one) => (
        <StateTag tone={one.level === 'restricted' ? 'wait' : 'idle'}>{t(`level.${one.level}`)}</StateTag>
      ),
      text: (one) => t(`level.${one.level}`),
    },
    {
      key: 'aliases',
      title: t('aliases'),
      wide: true,
      cell: (one) => <span className="tm-quiet">{one.aliases.join('、') || '—'}</span>,
      text: (one) => one.aliases.join('、'),
    },
    {
      key: 'institutions',
      title: t('institutions'),
      align: 'right',
      short: true,
      cell: (one) => t('institutions-count', { count: one.institutions }),
      text: (one) => String(one.institutions),
    },
  ]
}
