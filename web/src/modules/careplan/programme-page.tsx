import { careplanApi } from '@tongmai/api/careplan'
import { type Enrolment, type ProgrammeCount, programmeCode, risk } from '@tongmai/api/careplan/programme'
import * as z from 'zod/mini'
import { call } from '../../kernel/call.ts'
import { To, useSearch } from '../../kernel/route.tsx'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { FilterSelect } from '../../ui/filter-select.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { OnlyButton } from '../../ui/only-button.tsx'
import { Page } from '../../ui/page.tsx'
import { usePersonColumn } from '../../ui/person-column.tsx'
import { Stat, Stats } from '../../ui/stat.tsx'
import { Tally } from '../../ui/tally.tsx'
import { referralPath } from './record-dialog.tsx'
import { VerdictTag } from './verdict-tag.tsx'
import { careplanWords } from './words.ts'

const LIMIT = 50
const views = ['all', 'controlled', 'uncontrolled', 'overdue', 'dropOut', 'toRefer'] as const
const search = z.object({
  view: z._default(z.enum(views), 'all'),
  programme: z.optional(programmeCode),
  risk: z.optional(risk),
  mine: z.optional(z.literal('true')),
  offset: z._default(z.coerce.number(), 0),
})

const asked: Readonly<Record<(typeof views)[number], object>> = {
  all: {},
  controlled: { controlled: true },
  uncontrolled: { controlled: false },
  overdue: { overdue: true },
  dropOut: { dropOut: true },
  toRefer: { toRefer: true },
}

/** The register of chronic disease: control rates whose both halves open their people, the overdue, the lost. */
export function ProgrammePage() {
  const t = useWords(careplanWords)
  const [{ view, offset, mine, ...only }, setSearch] = useSearch(search)
  const own = mine === 'true' ? { mine: true } : {}
  const query = { status: 'active' as const, ...asked[view], ...only, ...own }
  const live = { live: ['careplan'] }
  const counts = useRead(careplanApi.countProgrammes, { query: own }, live).data ?? []
  const read = useRead(
    careplanApi.listEnrolments,
    { query: { ...query, offset, limit: LIMIT } },
    { ...live, keepPrevious: true },
  )
  const columns = useColumns()
  const shown = counts.filter((one) => !only.programme || one.code === only.programme)
  const sum = (of: (one: ProgrammeCount) => number) => shown.reduce((all, one) => all + of(one), 0)
  const tallies = {
    all: sum((one) => one.enrolled),
    controlled: sum((one) => one.controlled),
    uncontrolled: sum((one) => one.enrolled - one.controlled),
    overdue: sum((one) => one.overdue),
    dropOut: sum((one) => one.dropOuts),
    toRefer: sum((one) => one.toRefer),
  }
  return (
    <Page title={t('programme.title')} hint={t('programme.hint')}>
      <Stats>
        {counts.map((one) => (
          <Stat
            key={one.code}
            label={t('programme.rate', { name: one.name })}
            value={one.enrolled > 0 ? `${((one.controlled / one.enrolled) * 100).toFixed(1)}%` : undefined}
            hint={t('programme.rate-hint', { enrolled: one.enrolled, controlled: one.controlled })}
            to={`/programmes?programme=${one.code}&view=controlled`}
          />
        ))}
      </Stats>
      <Definitions counts={counts} />
      <Tally
        label={t('programme.title')}
        tabs={views.map((key) => ({
          ...{ key, label: t(`view.${key}`), bad: key === 'overdue' || key === 'toRefer' },
          count: counts.length > 0 ? tallies[key] : undefined,
        }))}
        value={view}
        onChange={(next) => setSearch({ view: next, offset: 0 })}
      />
      <DataTable
        label={t('programme.title')}
        columns={columns}
        read={read}
        keyOf={(row) => row.id}
        rowTo={(row) => `/careplans/${row.resident.id}`}
        rowTone={(row) => (row.refer ? 'bad' : undefined)}
        offset={offset}
        limit={LIMIT}
        onPage={(next) => setSearch({ offset: next })}
        filters={
          <>
            <FilterSelect
              label={t('disease')}
              all={t('programme.all')}
              width={150}
              value={only.programme}
              keys={programmeCode.options}
              word={(one) => t(`programme.${one}`)}
              onChange={(next) => setSearch({ programme: next, offset: 0 })}
            />
            <FilterSelect
              label={t('risk')}
              width={120}
              value={only.risk}
              keys={risk.options}
              word={(one) => t(`risk.${one}`)}
              onChange={(next) => setSearch({ risk: next, offset: 0 })}
            />
            <OnlyButton
              on={Boolean(mine)}
              onChange={(on) => setSearch({ mine: on ? 'true' : undefined, offset: 0 })}
            >
              {t('follow.mine')}
            </OnlyButton>
          </>
        }
        filtered={Boolean(only.programme || only.risk || mine)}
        onClear={() => setSearch({ programme: undefined, risk: undefined, mine: undefined })}
        empty={<Nothing title={t('programme.empty')} hint={t('programme.empty-hint')} />}
        readPage={(at, limit) => call(careplanApi.listEnrolments, { query: { ...query, offset: at, limit } })}
      />
    </Page>
  )
}

function Definitions({ counts }: { counts: readonly ProgrammeCount[] }) {
  const t = useWords(careplanWords)
  return (
    <details className="tm-quiet">
      <summary>{t('programme.definition')}</summary>
      {counts.map((one) => (
        <p key={one.code}>
          {one.definition} {t('programme.source', { source: one.source })}
        </p>
      ))}
    </details>
  )
}

function useColumns(): Column<Enrolment>[] {
  const t = useWords(careplanWords)
  const person = usePersonColumn<Enrolment>({ title: t('person'), width: 160 })
  return [
    person,
    {
      key: 'disease',
      title: t('disease'),
      short: true,
      cell: (row) => row.programmeName,
      text: (row) => row.programmeName,
    },
    {
      key: 'risk',
      title: t('risk'),
      short: true,
      cell: (row) => t(`risk.${row.risk}`),
      text: (row) => t(`risk.${row.risk}`),
    },
    {
      key: 'last',
      title: t('last'),
      cell: (row) =>
        row.lastOn ? (
          <>
            {row.lastOn} {row.lastVerdict && <VerdictTag verdict={row.lastVerdict} />}
          </>
        ) : (
          <span className="tm-quiet">{t('never')}</span>
        ),
      text: (row) =>
        [row.lastOn, row.lastVerdict && t(`verdict.${row.lastVerdict}`)].filter(Boolean).join(' '),
    },
    {
      key: 'next',
      title: t('next'),
      short: true,
      cell: (row) => row.nextOn ?? '—',
      text: (row) => row.nextOn ?? '',
    },
    {
      key: 'doctor',
      title: t('doctor'),
      wide: true,
      cell: (row) => row.doctor?.name ?? '—',
      text: (row) => row.doctor?.name ?? '',
    },
    {
      key: 'act',
      title: '',
      align: 'right',
      cell: (row) =>
        row.refer && <To to={referralPath(row.resident.id, row.refer, row.id)}>{t('follow.refer-now')}</To>,
      text: (row) => row.refer ?? '',
    },
  ]
}
