import type { Page as PageOf } from '@tongmai/api/kernel'
import { type Fact, kinds, recordApi } from '@tongmai/api/record'
import { Button, Pagination, Select } from 'antd'
import { useState } from 'react'
import * as z from 'zod/mini'
import { To, useParam, useSearch } from '../../kernel/route.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { DayField } from '../../ui/date-field.tsx'
import { FilterSelect } from '../../ui/filter-select.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Card, Page } from '../../ui/page.tsx'
import { SearchBox } from '../../ui/search-box.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { ResidentBanner } from '../resident/index.ts'
import { FactLine } from './fact-list.tsx'
import { useOpenedFact } from './use-opened-fact.tsx'
import { recordWords } from './words.ts'

const limit = 50
const filters = z.object({
  kinds: z.optional(z.string()),
  institutionId: z.optional(z.string()),
  q: z.optional(z.string()),
  from: z.optional(z.iso.date()),
  to: z.optional(z.iso.date()),
})

/** Everything that happened to one resident, the latest first, day by day. */
export function TimelinePage() {
  const id = useParam('id')
  const t = useWords(recordWords)
  const [filter, setFilter] = useSearch(filters)
  const [offset, setOffset] = useState(0)
  const query = { ...filter, offset, limit }
  const read = useRead(recordApi.listTimeline, { params: { id }, query }, { keepPrevious: true })
  const change = (next: Partial<z.output<typeof filters>>) => {
    setOffset(0)
    setFilter(next)
  }
  const isFiltered = Object.values(filter).some(Boolean)
  return (
    <Page title={t('timeline')} actions={<To to={`/residents/${id}/record`}>{t('open-record')}</To>}>
      <ResidentBanner residentId={id} />
      <div className="tm-row tm-no-print">
        <SearchBox label={t('filter.words')} value={filter.q} onSearch={(q) => change({ q })} />
        <Select
          mode="multiple"
          allowClear
          style={{ minWidth: 260 }}
          placeholder={t('filter.kind')}
          aria-label={t('filter.kind')}
          value={filter.kinds?.split(',') ?? []}
          onChange={(chosen: string[]) => change({ kinds: chosen.join(',') || undefined })}
          options={kinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
        />
        <Institutions page={read.data} value={filter.institutionId} onChange={change} />
        {(['from', 'to'] as const).map((end) => (
          // biome-ignore lint/a11y/noLabelWithoutControl: the field is inside
          <label key={end} className="tm-row" style={{ flexWrap: 'nowrap' }}>
            <span className="tm-line">{t(`filter.${end}`)}</span>
            <DayField value={filter[end] ?? null} onChange={(day) => change({ [end]: day ?? undefined })} />
          </label>
        ))}
        {isFiltered && (
          <Button
            type="text"
            onClick={() =>
              change({
                q: undefined,
                kinds: undefined,
                institutionId: undefined,
                from: undefined,
                to: undefined,
              })
            }
          >
            {t('filter.clear')}
          </Button>
        )}
      </div>
      <Loaded read={read} rows={10}>
        {({ items, total }) =>
          total === 0 ? (
            <Nothing
              title={t(isFiltered ? 'none-fits' : 'none')}
              hint={isFiltered ? undefined : t('none-hint')}
            />
          ) : (
            <>
              <Days residentId={id} facts={items} />
              <Pagination
                current={offset / limit + 1}
                pageSize={limit}
                total={total}
                showSizeChanger={false}
                onChange={(page) => setOffset((page - 1) * limit)}
              />
            </>
          )
        }
      </Loaded>
    </Page>
  )
}

interface InstitutionsProps {
  readonly page: PageOf<Fact> | undefined
  readonly value: string | undefined
  readonly onChange: (next: { institutionId: string | undefined }) => void
}

/** Only who recorded something on this page can be chosen. */
function Institutions({ page, value, onChange }: InstitutionsProps) {
  const t = useWords(recordWords)
  const found = new Map(
    page?.items.flatMap(({ institution }) => (institution ? [[institution.id, institution.name]] : [])),
  )
  return (
    <FilterSelect
      label={t('filter.institution')}
      width={220}
      value={value}
      keys={[...found.keys()].flatMap((id) => id ?? [])}
      word={(id) => found.get(id) ?? ''}
      onChange={(institutionId) => onChange({ institutionId })}
    />
  )
}

/** The facts of a page under their days. */
function Days({ residentId, facts }: { residentId: string; facts: readonly Fact[] }) {
  const t = useWords(recordWords)
  const { day } = useDates()
  const [drawer, open] = useOpenedFact(residentId)
  const days = Map.groupBy(facts, ({ at }) => (at ? day(at) : t('unknown-date')))
  return (
    <>
      {[...days].map(([name, all]) => (
        <Card key={name} title={name}>
          <Day facts={all} onOpen={open} />
        </Card>
      ))}
      {drawer}
    </>
  )
}

/** What happened on one day: each thing a line, the measurements close together below. */
function Day({ facts, onOpen }: { facts: readonly Fact[]; onOpen: (fact: Fact) => void }) {
  const t = useWords(recordWords)
  const measured = facts.filter(({ kind }) => kind === 'observation')
  const others = facts.filter(({ kind }) => kind !== 'observation')
  return (
    <>
      <ul style={list}>
        {others.map((fact) => (
          <li key={`${fact.type}/${fact.id}`} style={{ display: 'flex', gap: 12, alignItems: 'baseline' }}>
            <span style={{ minWidth: 76, flex: 'none' }}>
              <StateTag tone={fact.kind === 'encounter' ? 'accent' : 'idle'}>
                {t(`kind.${fact.kind}`)}
              </StateTag>
            </span>
            <FactLine fact={fact} onOpen={onOpen} withDay={false} />
          </li>
        ))}
      </ul>
      {measured.length > 0 && (
        <ul style={{ ...list, ...grid }} aria-label={t('kind.observation')}>
          {measured.map((fact) => (
            <li key={`${fact.type}/${fact.id}`}>
              <FactLine fact={fact} onOpen={onOpen} narrow withDay={false} />
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

const list = { listStyle: 'none', margin: 0, padding: 0 } as const
const grid = {
  display: 'grid',
  gridTemplateColumns: 'repeat(auto-fill, minmax(260px, 1fr))',
  gap: '0 24px',
  paddingLeft: 88,
} as const
