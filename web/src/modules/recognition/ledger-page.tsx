import { recognitionApi } from '@tongmai/api/recognition'
import { type Ledger, type LedgerBy, type LedgerRow, ledgerBy } from '@tongmai/api/recognition/ledger'
import { Segmented } from 'antd'
import * as z from 'zod/mini'
import { timeNow } from '../../kernel/clock.ts'
import { showDay } from '../../kernel/dates.ts'
import { useSearch } from '../../kernel/route.tsx'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import type { Column } from '../../ui/column.ts'
import { DayField } from '../../ui/date-field.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Page } from '../../ui/page.tsx'
import { Printed } from '../../ui/printed.tsx'
import { Stat, Stats } from '../../ui/stat.tsx'
import { WholeTable } from '../../ui/whole-table.tsx'
import { showMsv, showShare, showYuan } from './show.ts'
import { recognitionWords } from './words.ts'

const DAY = 86_400_000
const search = z.object({
  by: z._default(ledgerBy, 'institution'),
  from: z.optional(z.string()),
  to: z.optional(z.string()),
})

/** Where a row leads: the cases it counts. */
const filterOf: Readonly<Record<LedgerBy, string>> = {
  institution: 'institutionId',
  source: 'sourceId',
  practitioner: 'practitionerId',
  item: 'itemId',
  reason: 'reason',
  month: 'month',
}

/** What recognition saved and what was done again; every figure opens its cases. */
export function LedgerPage() {
  const t = useWords(recognitionWords)
  const [filter, setFilter] = useSearch(search)
  const { by } = filter
  const from = filter.from ?? showDay(new Date(timeNow().getTime() - 90 * DAY))
  const to = filter.to ?? showDay(timeNow())
  const read = useRead(
    recognitionApi.readLedger,
    { query: { by, from, to } },
    { live: ['recognition'], keepPrevious: true },
  )
  return (
    <Page
      title={t('ledger.title')}
      hint={t('ledger.hint')}
      actions={
        <>
          <div style={{ width: 140 }}>
            <DayField
              label={t('decisions.from')}
              value={from}
              onChange={(day) => setFilter({ from: day ?? undefined })}
            />
          </div>
          <div style={{ width: 140 }}>
            <DayField
              label={t('decisions.to')}
              value={to}
              onChange={(day) => setFilter({ to: day ?? undefined })}
            />
          </div>
        </>
      }
    >
      <Totals total={read.data?.total} days={`from=${from}&to=${to}`} />
      <Segmented<LedgerBy>
        aria-label={t('ledger.by')}
        value={by}
        onChange={(next) => setFilter({ by: next })}
        options={ledgerBy.options.map((value) => ({ value, label: t(`by.${value}`) }))}
      />
      <WholeTable
        label={t('ledger.title')}
        columns={useColumns(by)}
        read={read}
        rows={read.data?.rows ?? []}
        keyOf={({ key }) => key}
        rowTo={({ key }) => `/recognition-decisions?from=${from}&to=${to}&${filterOf[by]}=${key}`}
        empty={<Nothing title={t('ledger.none')} hint={t('ledger.none-hint')} />}
      />
      <Printed note={t('ledger.span', { from, to })} />
    </Page>
  )
}

function Totals({ total, days }: { total: Ledger['total'] | undefined; days: string }) {
  const t = useWords(recognitionWords)
  const to = (outcome: string) => `/recognition-decisions?${days}&outcome=${outcome}`
  return (
    <Stats>
      <Stat
        label={t('ledger.rate')}
        value={showShare(total?.recognisedBp ?? null)}
        hint={`${t('ledger.prompts')} ${total?.prompts ?? 0}`}
      />
      <Stat label={t('ledger.recognised')} value={total?.recognised} to={to('recognised')} tone="good" />
      <Stat label={t('ledger.reordered')} value={total?.reordered} to={to('reordered')} tone="wait" />
      <Stat label={t('ledger.repeated')} value={showShare(total?.repeatedBp ?? null)} />
      <Stat
        label={t('ledger.saved')}
        value={total && showYuan(total.savedFen)}
        unit={t('unit.yuan')}
        hint={total?.priceUnknown ? t('ledger.price-unknown', { count: total.priceUnknown }) : undefined}
      />
      <Stat
        label={t('ledger.dose')}
        value={total && showMsv(total.savedDoseUsv)}
        unit="mSv"
        hint={total && `${t('ledger.days')} ${t('days', { count: total.savedDays })}`}
      />
    </Stats>
  )
}

function useColumns(by: LedgerBy): Column<LedgerRow>[] {
  const t = useWords(recognitionWords)
  const label = (row: LedgerRow) =>
    by === 'reason' ? t(`reason.${row.key as 'other'}`) : row.label || t('window.unknown')
  const number = (
    key: 'orders' | 'prompts' | 'recognised' | 'reordered',
    wide = false,
  ): Column<LedgerRow> => ({
    ...{ key, title: t(`ledger.${key}`), align: 'right', short: true, wide },
    cell: (row) => row[key].toLocaleString('zh-CN'),
    text: (row) => String(row[key]),
  })
  const shown = (
    key: 'rate' | 'repeated' | 'saved' | 'dose' | 'days',
    of: (row: LedgerRow) => string,
    wide = true,
  ): Column<LedgerRow> => ({
    ...{ key, title: t(`ledger.${key}`), align: 'right', short: true, wide, cell: of, text: of },
  })
  return [
    { key: 'label', title: t(`by.${by}`), cell: (row) => <b>{label(row)}</b>, text: label },
    number('orders', true),
    number('prompts'),
    number('recognised'),
    number('reordered'),
    shown('rate', (row) => showShare(row.recognisedBp), false),
    shown('repeated', (row) => showShare(row.repeatedBp)),
    shown('saved', (row) => t('yuan', { amount: showYuan(row.savedFen) }), false),
    shown('dose', (row) => t('msv', { amount: showMsv(row.savedDoseUsv) })),
    shown('days', (row) => t('days', { count: row.savedDays })),
  ]
}
