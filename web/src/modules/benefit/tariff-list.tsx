import { benefitApi } from '@tongmai/api/benefit'
import type { Tariff } from '@tongmai/api/benefit/tariff'
import { tier } from '@tongmai/api/network/institution'
import { Button, Select } from 'antd'
import { useState } from 'react'
import * as z from 'zod/mini'
import { call } from '../../kernel/call.ts'
import { timeNow } from '../../kernel/clock.ts'
import { showDay } from '../../kernel/dates.ts'
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
import { ImportTariffs } from './import-tariffs.tsx'
import { showPercent, showYuan } from './money.ts'
import { benefitWords } from './words.ts'

const LIMIT = 50
const filterShape = z.object({
  q: z.optional(z.coerce.string()),
  tier: z.optional(tier),
  all: z._default(z.boolean(), false),
  offset: z._default(z.coerce.number(), 0),
})

/** The price list by item and tier. */
export function TariffList() {
  const t = useWords(benefitWords)
  const may = useMay()
  const [{ offset, all, ...asked }, setFilter] = useSearch(filterShape)
  const [importing, setImporting] = useState(false)
  const query = { ...asked, ...(all ? {} : { on: showDay(timeNow()) }) }
  const read = useRead(
    benefitApi.listTariffs,
    { query: { ...query, offset, limit: LIMIT } },
    { live: ['benefit'], keepPrevious: true },
  )
  return (
    <Page
      title={t('tariff.title')}
      hint={t('tariff.hint')}
      actions={
        may('benefit.manage') && (
          <Button type="primary" onClick={() => setImporting(true)}>
            {t('tariff.import')}
          </Button>
        )
      }
    >
      <DataTable
        label={t('tariff.title')}
        columns={useColumns()}
        read={read}
        keyOf={({ id }) => id}
        offset={offset}
        limit={LIMIT}
        onPage={(next) => setFilter({ offset: next })}
        filters={
          <>
            <SearchBox
              label={t('tariff.search')}
              value={asked.q}
              onSearch={(q) => setFilter({ q, offset: 0 })}
              width={230}
            />
            <FilterSelect
              label={t('tariff.tier')}
              all={t('tariff.all-tiers')}
              width={120}
              value={asked.tier}
              keys={tier.options}
              word={(one) => t(`tier.${one}`)}
              onChange={(next) => setFilter({ tier: next, offset: 0 })}
            />
            <Select
              aria-label={t('rules.period')}
              value={all}
              onChange={(next) => setFilter({ all: next, offset: 0 })}
              options={[
                { value: false, label: t('rules.now') },
                { value: true, label: t('rules.versions') },
              ]}
              style={{ width: 120 }}
            />
          </>
        }
        filtered={Boolean(asked.q || asked.tier)}
        onClear={() => setFilter({ q: undefined, tier: undefined, offset: 0 })}
        empty={<Nothing title={t('tariff.none')} hint={t('tariff.none-hint')} />}
        readPage={(from, limit) => call(benefitApi.listTariffs, { query: { ...query, offset: from, limit } })}
      />
      {importing && <ImportTariffs onClose={() => setImporting(false)} />}
    </Page>
  )
}

function useColumns(): Column<Tariff>[] {
  const t = useWords(benefitWords)
  const plain = (key: 'code' | 'name' | 'unit' | 'source', title: string): Column<Tariff> => ({
    ...{ key, title, cell: (one) => one[key], text: (one) => one[key] },
    wide: key !== 'name',
  })
  const period = ({ since, until }: Tariff) =>
    until ? t('rules.from-to', { since, until }) : t('rules.from', { since })
  return [
    plain('code', t('tariff.code')),
    plain('name', t('tariff.name')),
    plain('unit', t('tariff.unit')),
    {
      key: 'tier',
      title: t('tariff.tier'),
      short: true,
      cell: (one) => t(`tier.${one.tier}`),
      text: (one) => t(`tier.${one.tier}`),
    },
    {
      key: 'price',
      title: t('tariff.price'),
      align: 'right',
      short: true,
      cell: (one) => showYuan(one.priceFen),
      text: (one) => (one.priceFen / 100).toFixed(2),
    },
    {
      key: 'selfPay',
      title: t('tariff.self-pay'),
      align: 'right',
      short: true,
      cell: (one) => (one.selfPayBp === null ? t('rules.unknown') : showPercent(one.selfPayBp)),
      text: (one) => (one.selfPayBp === null ? '' : showPercent(one.selfPayBp)),
    },
    { key: 'period', title: t('rules.period'), cell: period, text: period },
    plain('source', t('rules.source')),
  ]
}
