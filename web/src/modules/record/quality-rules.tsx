import { recordApi } from '@tongmai/api/record'
import { dimension, type QualityRule } from '@tongmai/api/record/quality'
import { Button } from 'antd'
import { useState } from 'react'
import * as z from 'zod/mini'
import { useSearch } from '../../kernel/route.tsx'
import { useMay } from '../../kernel/session.tsx'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import type { Column } from '../../ui/column.ts'
import { Nothing } from '../../ui/nothing.tsx'
import { Page } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { WholeTable } from '../../ui/whole-table.tsx'
import { RuleForm } from './quality-rule-form.tsx'
import { typeWords } from './quality-show.ts'
import { RuleFilters } from './rule-filters.tsx'
import { recordWords } from './words.ts'

const filterShape = z.object({ type: z.optional(z.string()), dimension: z.optional(dimension) })

/** The rules by which what comes in is judged, as they stand today. */
export function QualityRules() {
  const t = useWords(recordWords)
  const may = useMay()
  const [filter, setFilter] = useSearch(filterShape)
  const [open, setOpen] = useState<QualityRule | 'new' | null>(null)
  const read = useRead(recordApi.listQualityRules, { query: filter }, { keepPrevious: true })
  const manages = may('quality.manage')
  return (
    <Page
      title={t('rules')}
      hint={t('rule.hint')}
      actions={
        manages && (
          <Button type="primary" onClick={() => setOpen('new')}>
            {t('rule.add')}
          </Button>
        )
      }
    >
      <WholeTable
        label={t('rules')}
        columns={useColumns(manages ? setOpen : undefined)}
        read={read}
        rows={read.data ?? []}
        keyOf={({ code }) => code}
        filters={<RuleFilters filter={filter} onChange={setFilter} />}
        filtered={Boolean(filter.type || filter.dimension)}
        onClear={() => setFilter({ type: undefined, dimension: undefined })}
        empty={<Nothing title={t('rule.none')} />}
      />
      {open && <RuleForm of={open === 'new' ? undefined : open} onClose={() => setOpen(null)} />}
    </Page>
  )
}

function useColumns(onChange: ((rule: QualityRule) => void) | undefined): Column<QualityRule>[] {
  const t = useWords(recordWords)
  return [
    { key: 'title', title: t('rule.title'), cell: (one) => <b>{one.title}</b>, text: (one) => one.title },
    {
      ...{ key: 'type', title: t('by.type'), short: true, wide: true },
      cell: (one) => typeWords(t, one.type),
      text: (one) => typeWords(t, one.type),
    },
    {
      ...{ key: 'dimension', title: t('rule.dimension'), short: true },
      cell: (one) => t(`dimension.${one.dimension}`),
      text: (one) => t(`dimension.${one.dimension}`),
    },
    {
      ...{ key: 'weight', title: t('rule.weight'), align: 'right', short: true },
      cell: (one) => (one.weight > 0 ? one.weight : <StateTag tone="idle">{t('rule.off')}</StateTag>),
      text: (one) => String(one.weight),
    },
    { key: 'since', title: t('rule.since'), short: true, cell: (one) => one.since, text: (one) => one.since },
    {
      ...{ key: 'source', title: t('rule.source'), wide: true },
      cell: (one) => <span className="tm-quiet">{one.source}</span>,
      text: (one) => one.source,
    },
    ...(onChange
      ? [
          {
            ...{ key: 'change', title: '', short: true },
            cell: (one: QualityRule) => (
              <Button
                size="small"
                onClick={() => onChange(one)}
                aria-label={`${t('rule.change')} ${one.title}`}
              >
                {t('rule.change')}
              </Button>
            ),
            text: () => '',
          },
        ]
      : []),
  ]
}
