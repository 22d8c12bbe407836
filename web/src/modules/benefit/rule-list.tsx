import { benefitApi } from '@tongmai/api/benefit'
import { benefitLevel, careKind, type InsuranceRule } from '@tongmai/api/benefit/rule'
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
import { DataTable } from '../../ui/data-table.tsx'
import { FilterSelect } from '../../ui/filter-select.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Page } from '../../ui/page.tsx'
import { AreaForm } from './area-form.tsx'
import { CompareRules, useRuleColumns } from './rule-columns.tsx'
import { AddRule, EndRule, ReplaceRule } from './rule-form.tsx'
import { RuleTabs } from './rule-tabs.tsx'
import { benefitWords } from './words.ts'

const LIMIT = 50
const filterShape = z.object({
  area: z.optional(z.string()),
  level: z.optional(benefitLevel),
  kind: z.optional(careKind),
  all: z._default(z.boolean(), false),
  offset: z._default(z.coerce.number(), 0),
})
type Filter = z.output<typeof filterShape>
type Doing = { what: 'add' | 'area' } | { what: 'replace' | 'end' | 'compare'; rule: InsuranceRule }

/** The insurance rules: what holds today, every version, their sources; who may, changes them. */
export function RuleList() {
  const t = useWords(benefitWords)
  const may = useMay()
  const [{ offset, all, ...asked }, setFilter] = useSearch(filterShape)
  const [doing, setDoing] = useState<Doing>()
  const query = { ...asked, ...(all ? {} : { on: showDay(timeNow()) }) }
  const read = useRead(
    benefitApi.listRules,
    { query: { ...query, offset, limit: LIMIT } },
    { live: ['benefit'], keepPrevious: true },
  )
  const manages = may('benefit.manage')
  const columns = useRuleColumns((what, rule) => setDoing({ what, rule }), manages)
  return (
    <Page
      title={t('rules.title')}
      hint={t('rules.hint')}
      actions={
        manages && (
          <>
            <Button onClick={() => setDoing({ what: 'area' })}>{t('area.add')}</Button>
            <Button type="primary" onClick={() => setDoing({ what: 'add' })}>
              {t('rules.add')}
            </Button>
          </>
        )
      }
    >
      <RuleTabs at="/insurance-rules" />
      <DataTable
        label={t('rules.title')}
        columns={columns}
        read={read}
        keyOf={({ id }) => id}
        offset={offset}
        limit={LIMIT}
        onPage={(next) => setFilter({ offset: next })}
        filters={
          <Filters filter={{ ...asked, all }} onChange={(change) => setFilter({ ...change, offset: 0 })} />
        }
        filtered={Boolean(asked.area || asked.level || asked.kind)}
        onClear={() => setFilter({ area: undefined, level: undefined, kind: undefined, offset: 0 })}
        empty={<Nothing title={t('rules.none')} hint={t('rules.none-hint')} />}
        readPage={(from, limit) => call(benefitApi.listRules, { query: { ...query, offset: from, limit } })}
      />
      <Dialogs doing={doing} onClose={() => setDoing(undefined)} />
    </Page>
  )
}

function Dialogs({ doing, onClose }: { doing: Doing | undefined; onClose: () => void }) {
  if (doing?.what === 'add') return <AddRule onClose={onClose} />
  if (doing?.what === 'area') return <AreaForm onClose={onClose} />
  if (doing?.what === 'replace') return <ReplaceRule of={doing.rule} onClose={onClose} />
  if (doing?.what === 'end') return <EndRule of={doing.rule} onClose={onClose} />
  if (doing?.what === 'compare') return <CompareRules of={doing.rule} onClose={onClose} />
  return null
}

function Filters({
  filter,
  onChange,
}: {
  filter: Omit<Filter, 'offset'>
  onChange: (change: Partial<Filter>) => void
}) {
  const t = useWords(benefitWords)
  const areas = useRead(benefitApi.listAreas, { query: { limit: 200 } }, { live: ['benefit'] })
  return (
    <>
      <FilterSelect
        label={t('area')}
        all={t('rules.all-areas')}
        width={170}
        value={filter.area}
        keys={(areas.data?.items ?? []).map(({ area }) => area)}
        word={(area) => area}
        onChange={(area) => onChange({ area })}
      />
      <FilterSelect
        label={t('kind')}
        width={110}
        value={filter.kind}
        keys={careKind.options}
        word={(one) => t(`kind.${one}`)}
        onChange={(kind) => onChange({ kind })}
      />
      <FilterSelect
        label={t('tariff.tier')}
        all={t('tariff.all-tiers')}
        width={130}
        value={filter.level}
        keys={benefitLevel.options}
        word={(one) => t(`level.${one}`)}
        onChange={(level) => onChange({ level })}
      />
      <Select
        aria-label={t('rules.period')}
        value={filter.all}
        onChange={(all) => onChange({ all })}
        options={[
          { value: false, label: t('rules.now') },
          { value: true, label: t('rules.versions') },
        ]}
        style={{ width: 120 }}
      />
    </>
  )
}
