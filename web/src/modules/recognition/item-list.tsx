import { recognitionApi } from '@tongmai/api/recognition'
import { type ItemLine, itemCategory, markScope } from '@tongmai/api/recognition/catalogue'
import { Button, Select } from 'antd'
import { useState } from 'react'
import * as z from 'zod/mini'
import { call } from '../../kernel/call.ts'
import { useSearch } from '../../kernel/route.tsx'
import { useMay } from '../../kernel/session.tsx'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { DayField } from '../../ui/date-field.tsx'
import { FilterSelect } from '../../ui/filter-select.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Page } from '../../ui/page.tsx'
import { SearchBox } from '../../ui/search-box.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { AddItem } from './item-form.tsx'
import { showYuan } from './show.ts'
import { recognitionWords } from './words.ts'

const LIMIT = 50
const filterShape = z.object({
  q: z.optional(z.coerce.string()),
  category: z.optional(itemCategory),
  scope: z.optional(markScope),
  on: z.optional(z.string()),
  retired: z._default(z.boolean(), false),
  offset: z._default(z.coerce.number(), 0),
})
type Filter = Omit<z.output<typeof filterShape>, 'offset'>

/** The catalogue as it stands on a day. */
export function ItemList() {
  const t = useWords(recognitionWords)
  const may = useMay()
  const [filter, setFilter] = useSearch(filterShape)
  const [adding, setAdding] = useState(false)
  const { offset, ...asked } = filter
  const read = useRead(
    recognitionApi.listItems,
    { query: { ...asked, offset, limit: LIMIT } },
    { live: ['recognition'], keepPrevious: true },
  )
  return (
    <Page
      title={t('items.title')}
      hint={t('items.hint')}
      actions={
        may('recognition.manage') && (
          <Button type="primary" onClick={() => setAdding(true)}>
            {t('items.add')}
          </Button>
        )
      }
    >
      <DataTable
        label={t('items.title')}
        columns={useColumns()}
        read={read}
        keyOf={({ id }) => id}
        rowTo={({ id }) => `/recognition-items/${id}`}
        offset={offset}
        limit={LIMIT}
        onPage={(next) => setFilter({ offset: next })}
        filters={<Filters filter={asked} onChange={(change) => setFilter({ ...change, offset: 0 })} />}
        filtered={Boolean(asked.q || asked.category || asked.scope || asked.on)}
        onClear={() =>
          setFilter({ q: undefined, category: undefined, scope: undefined, on: undefined, offset: 0 })
        }
        empty={<Nothing title={t('items.none')} hint={t('items.none-hint')} />}
        readPage={(from, limit) =>
          call(recognitionApi.listItems, { query: { ...asked, offset: from, limit } })
        }
      />
      {adding && <AddItem onClose={() => setAdding(false)} />}
    </Page>
  )
}

function Filters({ filter, onChange }: { filter: Filter; onChange: (change: Partial<Filter>) => void }) {
  const t = useWords(recognitionWords)
  return (
    <>
      <SearchBox label={t('items.search')} value={filter.q} onSearch={(q) => onChange({ q })} width={230} />
      <FilterSelect
        label={t('item.category')}
        all={t('items.all-categories')}
        width={130}
        value={filter.category}
        keys={itemCategory.options}
        word={(one) => t(`category.${one}`)}
        onChange={(category) => onChange({ category })}
      />
      <FilterSelect
        label={t('window.scope')}
        all={t('items.all-scopes')}
        width={120}
        value={filter.scope}
        keys={markScope.options}
        word={(one) => t(`mark.${one}`)}
        onChange={(scope) => onChange({ scope })}
      />
      <div style={{ width: 140 }} title={t('window.since')}>
        <DayField value={filter.on ?? null} onChange={(on) => onChange({ on: on ?? undefined })} />
      </div>
      <Select
        aria-label={t('gate.state')}
        value={filter.retired}
        onChange={(retired) => onChange({ retired })}
        options={[
          { value: false, label: t('items.current') },
          { value: true, label: t('items.retired') },
        ]}
        style={{ width: 100 }}
      />
    </>
  )
}

function useColumns(): Column<ItemLine>[] {
  const t = useWords(recognitionWords)
  const days = ({ window }: ItemLine) =>
    window ? t('window.days-count', { days: window.validDays }) : t('window.none')
  return [
    { key: 'name', title: t('item.name'), cell: (one) => <b>{one.name}</b>, text: (one) => one.name },
    {
      key: 'code',
      title: t('item.code'),
      short: true,
      wide: true,
      cell: (one) => one.code,
      text: (one) => one.code,
    },
    {
      key: 'category',
      title: t('item.category'),
      short: true,
      cell: (one) => t(`category.${one.category}`),
      text: (one) => t(`category.${one.category}`),
    },
    {
      key: 'scope',
      title: t('window.scope'),
      short: true,
      cell: (one) => one.window && <StateTag tone="good">{t(`mark.${one.window.scope}`)}</StateTag>,
      text: (one) => (one.window ? t(`mark.${one.window.scope}`) : ''),
    },
    { key: 'days', title: t('window.days'), align: 'right', short: true, cell: days, text: days },
    {
      key: 'price',
      title: t('window.price'),
      align: 'right',
      short: true,
      wide: true,
      cell: (one) => showYuan(one.window?.priceFen ?? null),
      text: (one) => showYuan(one.window?.priceFen ?? null),
    },
    {
      key: 'passed',
      title: t('item.passed'),
      align: 'right',
      short: true,
      cell: (one) => t('item.passed-count', { count: one.passed }),
      text: (one) => String(one.passed),
    },
    {
      key: 'source',
      title: t('window.source'),
      wide: true,
      cell: (one) => <span className="tm-quiet">{one.window?.source}</span>,
      text: (one) => one.window?.source ?? '',
    },
  ]
}
