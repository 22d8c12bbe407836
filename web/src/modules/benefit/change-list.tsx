import { benefitApi } from '@tongmai/api/benefit'
import type { BenefitChange } from '@tongmai/api/benefit/rule'
import * as z from 'zod/mini'
import { call } from '../../kernel/call.ts'
import { useSearch } from '../../kernel/route.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { find, useWords } from '../../kernel/words.ts'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Page } from '../../ui/page.tsx'
import { showPercent, showYuan } from './money.ts'
import { RuleTabs } from './rule-tabs.tsx'
import { benefitWords } from './words.ts'

const LIMIT = 50
const filterShape = z.object({ offset: z._default(z.coerce.number(), 0) })

/** Who changed which rule, when, and from what to what. */
export function ChangeList() {
  const t = useWords(benefitWords)
  const { moment } = useDates()
  const [{ offset }, setFilter] = useSearch(filterShape)
  const query = { offset, limit: LIMIT }
  const read = useRead(benefitApi.listBenefitChanges, { query }, { live: ['benefit'], keepPrevious: true })
  const differences = useDifferences()
  const subject = ({ what, subject: of }: BenefitChange) =>
    what === 'entitlementRule' ? (find(`benefit.entitlement.${of}`) ?? of) : of
  const columns: Column<BenefitChange>[] = [
    { key: 'at', title: t('changes.at'), cell: ({ at }) => moment(at), text: ({ at }) => moment(at) },
    {
      key: 'by',
      title: t('changes.by'),
      cell: ({ by, institution }) => [by, institution].filter(Boolean).join(' · '),
      text: ({ by }) => by,
    },
    {
      key: 'what',
      title: t('changes.what'),
      cell: (one) => (
        <>
          {t(`changes.${one.what}`)} <b>{subject(one)}</b>
        </>
      ),
      text: (one) => `${t(`changes.${one.what}`)} ${subject(one)}`,
    },
    {
      key: 'since',
      title: t('rules.since'),
      short: true,
      cell: ({ since }) => since,
      text: ({ since }) => since ?? '',
    },
    {
      key: 'how',
      title: t('changes.how'),
      cell: (one) => differences(one) || (one.before ? '' : t('changes.new')),
      text: differences,
    },
  ]
  return (
    <Page title={t('changes.title')} hint={t('changes.hint')}>
      <RuleTabs at="/benefit-changes" />
      <DataTable
        label={t('changes.title')}
        columns={columns}
        read={read}
        keyOf={({ id }) => id}
        offset={offset}
        limit={LIMIT}
        onPage={(next) => setFilter({ offset: next })}
        empty={<Nothing title={t('changes.none')} hint={t('changes.hint')} />}
        readPage={(from, limit) => call(benefitApi.listBenefitChanges, { query: { offset: from, limit } })}
      />
    </Page>
  )
}

const money = ['deductibleFen', 'capFen']
const ratios = ['ratioBp', 'ratioMinBp', 'ratioMaxBp']
const named = [
  ...money,
  ...ratios,
  'minAge',
  'critical',
  'contracted',
  'referred',
  'gapDays',
  'until',
  'source',
]

/** `起付线 500 → 600；来源 …`: the fields that have words and differ. */
function useDifferences(): (change: BenefitChange) => string {
  const t = useWords(benefitWords)
  const shown = (name: string, value: unknown): string => {
    if (value === null || value === undefined) return t('rules.unknown')
    if (money.includes(name)) return showYuan(Number(value))
    if (ratios.includes(name)) return showPercent(Number(value))
    if (typeof value === 'boolean') return t(value ? 'changes.yes' : 'changes.no')
    return String(value)
  }
  return ({ before, after }) => {
    if (!before || !after) return ''
    return named
      .filter((name) => (name in after || name in before) && before[name] !== after[name])
      .map((name) => {
        const word = find(`benefit.changes.field.${name}`) ?? name
        return `${word} ${shown(name, before[name])} → ${shown(name, after[name])}`
      })
      .join('；')
  }
}
