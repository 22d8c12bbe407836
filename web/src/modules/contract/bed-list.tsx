import { contractApi } from '@tongmai/api/contract'
import { type BedRow, type BedStatus, bedStatuses } from '@tongmai/api/contract/bed'
import { Button } from 'antd'
import { useState } from 'react'
import * as z from 'zod/mini'
import { call } from '../../kernel/call.ts'
import { useSearch } from '../../kernel/route.tsx'
import { useMay } from '../../kernel/session.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { OnlyButton } from '../../ui/only-button.tsx'
import { Page } from '../../ui/page.tsx'
import { usePersonColumn } from '../../ui/person-column.tsx'
import { Stat, Stats } from '../../ui/stat.tsx'
import { StateTag, type Tone } from '../../ui/state-tag.tsx'
import { Tally } from '../../ui/tally.tsx'
import { BedFeeDialog } from './bed-fees.tsx'
import { BedIndications } from './bed-indications.tsx'
import { PeriodFields, periodSearch, usePeriod } from './indicator-period.tsx'
import { contractWords } from './words.ts'

const LIMIT = 50
const search = z.object({
  status: z._default(z.enum(bedStatuses), 'open'),
  overdue: z.optional(z.literal('true')),
  offset: z._default(z.coerce.number(), 0),
  ...periodSearch,
})

const tones: Readonly<Record<BedStatus, Tone>> = {
  proposed: 'wait',
  open: 'good',
  closed: 'idle',
  declined: 'idle',
}

/** A bed's state in words and colour. */
export function BedState({ status }: { status: BedStatus }) {
  const t = useWords(contractWords)
  return <StateTag tone={tones[status]}>{t(`bed.status.${status}`)}</StateTag>
}

/** The beds at home of my community: who is cared for, what is to be reviewed, and the census. */
export function BedList() {
  const t = useWords(contractWords)
  const may = useMay()
  const { now, day } = useDates()
  const [filter, setSearch] = useSearch(search)
  const [priced, setPriced] = useState(false)
  const [indicated, setIndicated] = useState(false)
  const { status, offset } = filter
  const overdue = filter.overdue === 'true'
  const query = { status, ...(overdue ? { overdue: true } : {}) }
  const read = useRead(
    contractApi.listBeds,
    { query: { ...query, offset, limit: LIMIT } },
    { live: ['contract'], keepPrevious: true },
  )
  const today = day(now)
  return (
    <Page
      title={t('bed.title')}
      hint={t('bed.hint')}
      actions={
        <>
          <Button onClick={() => setIndicated(true)}>{t('bed.indication.set')}</Button>
          {may('contract.manage') && <Button onClick={() => setPriced(true)}>{t('bed.fee.set')}</Button>}
        </>
      }
    >
      <Census asked={filter} onPeriod={setSearch} />
      <Tally
        label={t('bed.title')}
        tabs={bedStatuses.map((key) => ({ key, label: t(`bed.status.${key}`) }))}
        value={status}
        onChange={(next) => setSearch({ status: next, overdue: undefined, offset: 0 })}
      />
      <DataTable
        label={`${t('bed.title')} ${t(`bed.status.${status}`)}`}
        columns={useColumns()}
        read={read}
        keyOf={(row) => row.id}
        rowTo={(row) => `/home-beds/${row.id}`}
        rowTone={(row) => (row.reviewOn && row.reviewOn < today ? 'bad' : undefined)}
        offset={offset}
        limit={LIMIT}
        onPage={(next) => setSearch({ offset: next })}
        filters={
          status === 'open' && (
            <OnlyButton
              on={overdue}
              onChange={(on) => setSearch({ overdue: on ? 'true' : undefined, offset: 0 })}
            >
              {t('bed.overdue')}
            </OnlyButton>
          )
        }
        filtered={overdue}
        onClear={() => setSearch({ overdue: undefined })}
        empty={<Nothing title={t('bed.none')} hint={t('bed.none-hint')} />}
        readPage={(at, limit) => call(contractApi.listBeds, { query: { ...query, offset: at, limit } })}
      />
      {indicated && <BedIndications onClose={() => setIndicated(false)} />}
      {priced && <BedFeeDialog onClose={() => setPriced(false)} />}
    </Page>
  )
}

interface CensusProps {
  readonly asked: { from?: string | undefined; to?: string | undefined }
  readonly onPeriod: (next: { from: string; to: string }) => void
}

/** How many lie in bed at home now, and what came and went in a period. */
function Census({ asked, onPeriod }: CensusProps) {
  const t = useWords(contractWords)
  const period = usePeriod(asked)
  const read = useRead(contractApi.countBeds, { query: period }, { live: ['contract'], keepPrevious: true })
  const count = read.data
  const outcomes = count?.outcomes.map((one) => `${t(`bed.outcome.${one.outcome}`)} ${one.count}`).join('、')
  return (
    <>
      <div className="tm-row tm-no-print" style={{ flexWrap: 'wrap', marginBottom: 12 }}>
        <PeriodFields value={period} onChange={onPeriod} />
      </div>
      <Stats>
        <Stat label={t('bed.in-bed')} value={count?.inBed} to="/home-beds?status=open" />
        <Stat
          label={t('bed.overdue')}
          value={count?.reviewOverdue}
          to="/home-beds?status=open&overdue=true"
          {...(count && count.reviewOverdue > 0 ? { tone: 'bad' as const } : {})}
        />
        <Stat label={t('bed.status.proposed')} value={count?.proposed} to="/home-beds?status=proposed" />
        <Stat label={t('bed.opened')} value={count?.opened} />
        <Stat label={t('bed.closed')} value={count?.closed} hint={outcomes} to="/home-beds?status=closed" />
        <Stat label={t('bed.bed-days')} value={count?.bedDays} />
      </Stats>
    </>
  )
}

function useColumns(): Column<BedRow>[] {
  const t = useWords(contractWords)
  const dates = useDates()
  const person = usePersonColumn<BedRow>({ title: t('person'), width: 150 })
  return [
    person,
    {
      key: 'status',
      title: t('status'),
      short: true,
      cell: ({ status, outcome }) => (
        <>
          <BedState status={status} /> {outcome && t(`bed.outcome.${outcome}`)}
        </>
      ),
      text: ({ status }) => t(`bed.status.${status}`),
    },
    {
      key: 'why',
      title: t('bed.diagnosis'),
      cell: ({ diagnosis, indication }) => (
        <>
          {diagnosis}
          <div className="tm-quiet">{t(`bed.indication.${indication}`)}</div>
        </>
      ),
      text: ({ diagnosis }) => diagnosis,
    },
    {
      key: 'by',
      title: t('bed.doctor'),
      cell: ({ doctor, nurse }) => [doctor.name, nurse?.name].filter(Boolean).join('、'),
      text: ({ doctor, nurse }) => [doctor.name, nurse?.name].filter(Boolean).join('、'),
    },
    {
      key: 'opened',
      title: t('bed.since'),
      short: true,
      cell: ({ openedOn }) => openedOn ?? '—',
      text: ({ openedOn }) => openedOn ?? '',
    },
    {
      key: 'last',
      title: t('bed.last'),
      short: true,
      cell: ({ lastAt }) => (lastAt ? dates.briefly(lastAt) : t('bed.never')),
      text: ({ lastAt }) => (lastAt ? dates.moment(lastAt) : ''),
    },
    {
      key: 'review',
      title: t('bed.review-on'),
      short: true,
      cell: ({ reviewOn }) => reviewOn ?? '—',
      text: ({ reviewOn }) => reviewOn ?? '',
    },
  ]
}
