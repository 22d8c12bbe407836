import { contractApi } from '@tongmai/api/contract'
import type { IndicatorDefinition, IndicatorValue } from '@tongmai/api/contract/indicator'
import { Button, Segmented, Select } from 'antd'
import { useState } from 'react'
import * as z from 'zod/mini'
import { useSearch } from '../../kernel/route.tsx'
import { useMay } from '../../kernel/session.tsx'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import type { Column } from '../../ui/column.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Card, Page } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { IndicatorCompare } from './indicator-compare.tsx'
import { type Period, PeriodFields, periodSearch, usePeriod } from './indicator-period.tsx'
import { Count, rateOf } from './indicator-value.tsx'
import { PopulationDialog } from './population-dialog.tsx'
import { SaveCsv } from './save-csv.tsx'
import { contractWords } from './words.ts'

const views = ['one', 'by-team', 'by-doctor'] as const
const search = z.object({
  ...periodSearch,
  view: z._default(z.enum(views), 'one'),
  teamId: z.optional(z.string()),
  doctorId: z.optional(z.string()),
})

/** The indicators of contracts: of the community, a team, a doctor; or side by side. */
export function IndicatorPage() {
  const t = useWords(contractWords)
  const [{ view, teamId, doctorId, ...asked }, setSearch] = useSearch(search)
  const period = usePeriod(asked)
  return (
    <Page title={t('indicator.title')} hint={t('indicator.hint')}>
      <div className="tm-row tm-no-print" style={{ flexWrap: 'wrap', marginBottom: 12 }}>
        <Segmented
          value={view}
          options={views.map((one) => ({ value: one, label: t(`indicator.${one}`) }))}
          onChange={(next) => setSearch({ view: next })}
        />
        {view === 'one' && (
          <Scopes teamId={teamId} doctorId={doctorId} onChange={(next) => setSearch(next)} />
        )}
        <PeriodFields value={period} onChange={(next) => setSearch(next)} />
      </div>
      {view === 'one' ? (
        <One period={period} scope={{ teamId, doctorId }} />
      ) : (
        <IndicatorCompare period={period} by={view === 'by-team' ? 'team' : 'doctor'} />
      )}
    </Page>
  )
}

interface Scope {
  readonly teamId: string | undefined
  readonly doctorId: string | undefined
}

function Scopes({ teamId, doctorId, onChange }: Scope & { onChange: (next: Scope) => void }) {
  const t = useWords(contractWords)
  const panels = useRead(contractApi.listPanels, {}).data ?? []
  const teams = new Map(panels.map((one) => [one.teamId, one.team]))
  const doctors = new Map(panels.map((one) => [one.doctorId, one.doctor]))
  const grouped = [
    { label: t('team'), options: [...teams].map(([id, label]) => ({ value: `team ${id}`, label })) },
    { label: t('doctor'), options: [...doctors].map(([id, label]) => ({ value: `doctor ${id}`, label })) },
  ]
  const value = teamId ? `team ${teamId}` : doctorId ? `doctor ${doctorId}` : 'whole'
  return (
    <Select
      aria-label={t('indicator.scope')}
      style={{ width: 170 }}
      value={value}
      options={[{ value: 'whole', label: t('indicator.whole') }, ...grouped]}
      onChange={(next) => {
        const [kind, id] = next.split(' ')
        onChange({ teamId: kind === 'team' ? id : undefined, doctorId: kind === 'doctor' ? id : undefined })
      }}
    />
  )
}

function One({ period, scope }: { period: Period; scope: Scope }) {
  const t = useWords(contractWords)
  const may = useMay()
  const [asks, setAsks] = useState(false)
  const query = { ...period, ...scope }
  const read = useRead(contractApi.readIndicators, { query }, { live: ['contract'], keepPrevious: true })
  const address = new URLSearchParams(
    Object.entries(query).flatMap(([key, one]) => (one ? [[key, one]] : [])),
  ).toString()
  const columns = useColumns(address)
  const fileColumns = useFileColumns(columns)
  return (
    <Loaded read={read} rows={12}>
      {({ values, definitions, population }) => {
        const rows = values.map((value) => ({
          ...{ value, definition: definitions.find((one) => one.code === value.code) },
        }))
        return (
          <>
            <Card
              flush
              title={`${period.from} – ${period.to}`}
              extra={<SaveCsv name={t('indicator.title')} columns={fileColumns} rows={rows} />}
            >
              <Table
                label={t('indicator.title')}
                columns={columns}
                rows={rows}
                keyOf={(row) => row.value.code}
              />
            </Card>
            <Card
              title={t('population.title')}
              extra={
                may('contract.manage') && (
                  <Button size="small" onClick={() => setAsks(true)}>
                    {t('population.set')}
                  </Button>
                )
              }
            >
              {population
                ? t('population.now', {
                    people: population.people,
                    asOf: population.asOf,
                    source: population.source,
                  })
                : t('population.none')}
            </Card>
            {asks && <PopulationDialog onClose={() => setAsks(false)} />}
          </>
        )
      }}
    </Loaded>
  )
}

interface Row {
  readonly value: IndicatorValue
  readonly definition: IndicatorDefinition | undefined
}

const definedAs = ({ definition: one }: Row): string =>
  one ? [`${one.have} ÷ ${one.should}`, one.note].filter(Boolean).join('。') : ''

/** The table's columns, and for the file the definition as one more. */
function useFileColumns(columns: readonly Column<Row>[]): Column<Row>[] {
  const t = useWords(contractWords)
  return [
    ...columns,
    {
      ...{ key: 'definition', title: t('indicator.definition'), cell: definedAs },
      text: (row) => `${definedAs(row)}（${row.definition?.source ?? ''}）`,
    },
  ]
}

function useColumns(address: string): Column<Row>[] {
  const t = useWords(contractWords)
  const open = ({ value }: Row, half: string) => `/contract-indicators/${value.code}?${address}&half=${half}`
  const result = ({ value }: Row) =>
    value.unknown
      ? `${t('indicator.unknown')}：${t(`indicator.why.${value.unknown}`)}`
      : (rateOf(value) ?? '—')
  const missing = ({ value: { have, should } }: Row) =>
    have === null || should === null ? null : should - have
  return [
    {
      key: 'code',
      title: t('indicator.code'),
      cell: (row) => (
        <>
          <b>{t(`indicator.name.${row.value.code}`)}</b>
          <div className="tm-quiet">{definedAs(row)}</div>
          {row.definition && (
            <div className="tm-quiet">{t('indicator.source', { source: row.definition.source })}</div>
          )}
        </>
      ),
      text: ({ value }) => t(`indicator.name.${value.code}`),
    },
    {
      key: 'rate',
      title: t('indicator.rate'),
      width: 150,
      cell: (row) =>
        row.value.unknown ? <span className="tm-quiet">{result(row)}</span> : <b>{result(row)}</b>,
      text: result,
    },
    {
      key: 'have',
      title: t('indicator.counts'),
      short: true,
      cell: (row) => (
        <>
          <Count count={row.value.have} opens={row.value.opens.have} to={open(row, 'have')} /> /{' '}
          <Count count={row.value.should} opens={row.value.opens.should} to={open(row, 'should')} />
        </>
      ),
      text: ({ value }) => (value.unknown ? '' : `${value.have} / ${value.should}`),
    },
    {
      key: 'missing',
      title: t('indicator.missing'),
      short: true,
      cell: (row) => <Count count={missing(row)} opens={row.value.opens.should} to={open(row, 'missing')} />,
      text: (row) => String(missing(row) ?? ''),
    },
  ]
}
