import { type MedicineLine, pharmacyApi, stockState } from '@tongmai/api/pharmacy'
import { Select } from 'antd'
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
import { Nothing } from '../../ui/nothing.tsx'
import { Page } from '../../ui/page.tsx'
import { SearchBox } from '../../ui/search-box.tsx'
import { useTell, useTellRefused } from '../../ui/tell.tsx'
import { pharmacyWords } from './words.ts'

const LIMIT = 50
const filterShape = z.object({
  q: z.optional(z.coerce.string()),
  state: z.optional(stockState),
  offset: z._default(z.coerce.number(), 0),
})

/** The formulary with our own state; the pharmacist confirms it on the line. */
export function FormularyPage() {
  const t = useWords(pharmacyWords)
  const institutionId = useSession().institution?.id ?? ''
  const [{ offset, ...asked }, setFilter] = useSearch(filterShape)
  const query = { ...asked, institutionId }
  const read = useRead(
    pharmacyApi.listMedicines,
    { query: { ...query, offset, limit: LIMIT } },
    { live: ['pharmacy'], keepPrevious: true },
  )
  return (
    <Page title={t('title')} hint={t('hint')}>
      <DataTable
        label={t('title')}
        columns={useColumns()}
        read={read}
        keyOf={({ id }) => id}
        offset={offset}
        limit={LIMIT}
        onPage={(next) => setFilter({ offset: next })}
        filters={
          <>
            <SearchBox label={t('search')} value={asked.q} onSearch={(q) => setFilter({ q, offset: 0 })} />
            <Select
              allowClear
              aria-label={t('state')}
              placeholder={t('all-states')}
              value={asked.state}
              onChange={(state) => setFilter({ state, offset: 0 })}
              options={stockState.options.map((value) => ({ value, label: t(`state.${value}`) }))}
              style={{ width: 120 }}
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
    </Page>
  )
}

function useColumns(): Column<MedicineLine>[] {
  const t = useWords(pharmacyWords)
  const { day } = useDates()
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
