import { contractApi } from '@tongmai/api/contract'
import { type AdviceLine, type AdviceStatus, adviceStatuses } from '@tongmai/api/contract/advice'
import * as z from 'zod/mini'
import { call } from '../../kernel/call.ts'
import { useSearch } from '../../kernel/route.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { Clock } from '../../ui/clock.tsx'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { OnlyButton } from '../../ui/only-button.tsx'
import { Page } from '../../ui/page.tsx'
import { usePersonColumn } from '../../ui/person-column.tsx'
import { StateTag, type Tone } from '../../ui/state-tag.tsx'
import { Tally } from '../../ui/tally.tsx'
import { contractWords } from './words.ts'

const LIMIT = 50
const search = z.object({
  status: z._default(z.enum(adviceStatuses), 'asked'),
  mine: z.optional(z.literal('true')),
  offset: z._default(z.coerce.number(), 0),
})
const tones: Readonly<Record<AdviceStatus, Tone>> = {
  asked: 'wait',
  answered: 'good',
  closed: 'idle',
  converted: 'note',
}

/** A conversation's state in words and colour. */
export function AdviceState({ status }: { status: AdviceStatus }) {
  const t = useWords(contractWords)
  return <StateTag tone={tones[status]}>{t(`advice.status.${status}`)}</StateTag>
}

/** What residents have asked, the soonest due on top. */
export function AdviceList() {
  const t = useWords(contractWords)
  const [{ status, mine, offset }, setSearch] = useSearch(search)
  const only = mine === 'true'
  const query = { status, ...(only ? { mine: true } : {}) }
  const read = useRead(
    contractApi.listAdvice,
    { query: { ...query, offset, limit: LIMIT } },
    { live: ['contract'], keepPrevious: true },
  )
  return (
    <Page title={t('advice.title')} hint={t('advice.hint')}>
      <Tally
        label={t('advice.title')}
        tabs={adviceStatuses.map((key) => ({
          ...{ key, label: t(`advice.status.${key}`), bad: key === 'asked' },
          count: read.data?.counts[key],
        }))}
        value={status}
        onChange={(next) => setSearch({ status: next, offset: 0 })}
      />
      <DataTable
        label={`${t('advice.title')} ${t(`advice.status.${status}`)}`}
        columns={useColumns()}
        read={read}
        keyOf={(row) => row.id}
        rowTo={(row) => `/contract-advices/${row.id}`}
        offset={offset}
        limit={LIMIT}
        onPage={(next) => setSearch({ offset: next })}
        filters={
          <OnlyButton on={only} onChange={(on) => setSearch({ mine: on ? 'true' : undefined, offset: 0 })}>
            {t('advice.mine')}
          </OnlyButton>
        }
        filtered={only}
        onClear={() => setSearch({ mine: undefined })}
        empty={<Nothing title={t('advice.none')} hint={t('advice.none-hint')} />}
        readPage={(at, limit) => call(contractApi.listAdvice, { query: { ...query, offset: at, limit } })}
      />
    </Page>
  )
}

function useColumns(): Column<AdviceLine>[] {
  const t = useWords(contractWords)
  const dates = useDates()
  const person = usePersonColumn<AdviceLine>({ title: t('person'), width: 140 })
  return [
    {
      key: 'due',
      title: t('advice.due'),
      width: 150,
      cell: ({ due, askedAt, since }) =>
        due ? <Clock due={due} since={askedAt} /> : <span className="tm-quiet">{dates.briefly(since)}</span>,
      text: ({ due, since }) => dates.moment(due ?? since),
    },
    person,
    {
      key: 'subject',
      title: t('advice.subject'),
      cell: (row) => (
        <>
          {row.subject}{' '}
          {row.outOfHours && row.status === 'asked' && (
            <StateTag tone="idle">{t('advice.out-of-hours')}</StateTag>
          )}
          {row.begunBy === 'team' && <StateTag tone="idle">{t('advice.begun.team')}</StateTag>}
        </>
      ),
      text: ({ subject }) => subject,
    },
    {
      key: 'owner',
      title: t('advice.owner'),
      cell: ({ owner }) => owner?.name ?? '—',
      text: ({ owner }) => owner?.name ?? '',
    },
    {
      key: 'status',
      title: t('status'),
      short: true,
      cell: ({ status }) => <AdviceState status={status} />,
      text: ({ status }) => t(`advice.status.${status}`),
    },
  ]
}
