import { pharmacyApi } from '@tongmai/api/pharmacy'
import { type MedicineLine, stockState } from '@tongmai/api/pharmacy/medicine'
import { Button, Select } from 'antd'
import { useState } from 'react'
import * as z from 'zod/mini'
import { call } from '../../kernel/call.ts'
import { useSearch } from '../../kernel/route.tsx'
import { useMay, useSession } from '../../kernel/session.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { FilterSelect } from '../../ui/filter-select.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Page } from '../../ui/page.tsx'
import { SearchBox } from '../../ui/search-box.tsx'
import { useTell, useTellRefused } from '../../ui/tell.tsx'
import { ImportMedicines } from './import-medicines.tsx'
import { MedicineForm } from './medicine-form.tsx'
import { PharmacyTabs } from './pharmacy-tabs.tsx'
import { ReportShortage } from './report-shortage.tsx'
import { pharmacyWords } from './words.ts'

const LIMIT = 50
const filterShape = z.object({
  q: z.optional(z.coerce.string()),
  state: z.optional(stockState),
  retired: z._default(z.boolean(), false),
  offset: z._default(z.coerce.number(), 0),
})

/** The formulary with our own state; the pharmacist confirms it on the line. */
export function FormularyPage() {
  const t = useWords(pharmacyWords)
  const institutionId = useSession().institution?.id ?? ''
  const [{ offset, ...asked }, setFilter] = useSearch(filterShape)
  const query = { ...asked, institutionId }
  const [doing, setDoing] = useState<Doing>()
  const done = () => setDoing(undefined)
  const read = useRead(
    pharmacyApi.listMedicines,
    { query: { ...query, offset, limit: LIMIT } },
    { live: ['pharmacy'], keepPrevious: true },
  )
  return (
    <Page title={t('title')} hint={t('hint')} actions={<Acts onDo={setDoing} />}>
      <PharmacyTabs at="/formulary" />
      <DataTable
        label={t('title')}
        columns={useColumns(setDoing)}
        read={read}
        keyOf={({ id }) => id}
        offset={offset}
        limit={LIMIT}
        onPage={(next) => setFilter({ offset: next })}
        filters={
          <>
            <SearchBox label={t('search')} value={asked.q} onSearch={(q) => setFilter({ q, offset: 0 })} />
            <FilterSelect
              label={t('state')}
              all={t('all-states')}
              width={120}
              value={asked.state}
              keys={stockState.options}
              word={(one) => t(`state.${one}`)}
              onChange={(state) => setFilter({ state, offset: 0 })}
            />
            <Select
              aria-label={t('retired')}
              value={asked.retired}
              onChange={(retired) => setFilter({ retired, offset: 0 })}
              options={[
                { value: false, label: t('show-current') },
                { value: true, label: t('show-retired') },
              ]}
              style={{ width: 130 }}
            />
          </>
        }
        filtered={Boolean(asked.q || asked.state)}
        onClear={() => setFilter({ q: undefined, state: undefined, offset: 0 })}
        empty={<Nothing title={t('none')} />}
        readPage={(from, limit) =>
          call(pharmacyApi.listMedicines, { query: { ...query, offset: from, limit } })
        }
      />
      {doing === 'add' && <MedicineForm onClose={done} />}
      {(doing === 'formulary' || doing === 'stock') && <ImportMedicines what={doing} onClose={done} />}
      {typeof doing === 'object' && doing.what === 'change' && (
        <MedicineForm medicine={doing.of} onClose={done} />
      )}
      {typeof doing === 'object' && doing.what === 'report' && (
        <ReportShortage medicine={doing.of} onClose={done} />
      )}
    </Page>
  )
}

type Doing = 'add' | 'formulary' | 'stock' | { what: 'change' | 'report'; of: MedicineLine }

/** The alliance keeps the formulary, the pharmacy its own stock. */
function Acts({ onDo }: { onDo: (doing: Doing) => void }) {
  const t = useWords(pharmacyWords)
  const may = useMay()
  return (
    <>
      {may('pharmacy.stock') && <Button onClick={() => onDo('stock')}>{t('import.stock')}</Button>}
      {may('pharmacy.formulary') && (
        <>
          <Button onClick={() => onDo('formulary')}>{t('import.formulary')}</Button>
          <Button type="primary" onClick={() => onDo('add')}>
            {t('medicine.add')}
          </Button>
        </>
      )}
    </>
  )
}

function useColumns(onDo: (doing: Doing) => void): Column<MedicineLine>[] {
  const t = useWords(pharmacyWords)
  const { day } = useDates()
  const may = useMay()
  const plain = (key: 'name' | 'form' | 'strength' | 'category'): Column<MedicineLine> => ({
    ...{ key, title: t(key), cell: (one) => one[key], text: (one) => one[key] },
    wide: key === 'category',
  })
  const confirmed = ({ confirmedAt }: MedicineLine) => (confirmedAt ? day(confirmedAt) : '—')
  return [
    plain('name'),
    plain('form'),
    plain('strength'),
    plain('category'),
    {
      key: 'state',
      title: t('state'),
      cell: (one) => <State of={one} />,
      text: (one) => (one.state ? t(`state.${one.state}`) : t('unknown')),
    },
    { key: 'confirmed', title: t('confirmed'), wide: true, short: true, cell: confirmed, text: confirmed },
    {
      key: 'act',
      title: '',
      align: 'right',
      cell: (of) => (
        <span className="tm-row" style={{ flexWrap: 'nowrap' }}>
          {may('pharmacy.report') && of.state !== 'inStock' && !of.retired && (
            <Button type="text" size="small" onClick={() => onDo({ what: 'report', of })}>
              {t('shortage.report')}
            </Button>
          )}
          {may('pharmacy.formulary') && (
            <Button type="text" size="small" onClick={() => onDo({ what: 'change', of })}>
              {t('medicine.change')}
            </Button>
          )}
        </span>
      ),
    },
  ]
}

function State({ of }: { of: MedicineLine }) {
  const t = useWords(pharmacyWords)
  const may = useMay()
  const tell = useTell()
  const onError = useTellRefused()
  const confirm = useWrite(pharmacyApi.confirmStock, {
    touches: ['pharmacy'],
    onDone: ({ state }) => tell(`${of.name}：${t(`state.${state}`)}，${t('saved')}`),
  })
  if (!may('pharmacy.stock')) return of.state ? t(`state.${of.state}`) : t('unknown')
  return (
    <Select
      aria-label={`${of.name} ${t('state')}`}
      placeholder={t('unknown')}
      value={of.state}
      loading={confirm.isPending}
      onChange={(state) => state && confirm.mutate({ body: { medicineId: of.id, state } }, { onError })}
      options={stockState.options.map((value) => ({ value, label: t(`state.${value}`) }))}
      style={{ width: 110 }}
    />
  )
}
