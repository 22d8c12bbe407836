import { referralApi } from '@tongmai/api/referral'
import type { AdviceLine } from '@tongmai/api/referral/advice'
import * as z from 'zod/mini'
import { call } from '../../kernel/call.ts'
import { useSearch } from '../../kernel/route.tsx'
import { useMay } from '../../kernel/session.tsx'
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
import { StateTag } from '../../ui/state-tag.tsx'
import { Tally } from '../../ui/tally.tsx'
import { adviceTone } from './advice-tone.ts'
import { referralWords } from './words.ts'

const LIMIT = 50
const search = z.object({
  side: z.optional(z.enum(['received', 'asked'])),
  all: z.optional(z.literal('true')),
  offset: z._default(z.coerce.number(), 0),
})

/** Questions that wait for an answer, and those we asked. */
export function AdviceList() {
  const t = useWords(referralWords)
  const may = useMay()
  // Who treats is asked; whoever only refers has asked.
  const [{ side = may('referral.treat') ? 'received' : 'asked', all, offset }, setFilter] = useSearch(search)
  const { now } = useDates()
  const query = { side, offset, ...(all ? {} : { open: true }) }
  const read = useRead(
    referralApi.listAdvice,
    { query: { ...query, limit: LIMIT } },
    { live: ['referral'], keepPrevious: true },
  )
  return (
    <Page title={t('advice.title')} hint={t('advice.hint')}>
      <Tally
        label={t('advice.title')}
        value={side}
        onChange={(next) => setFilter({ side: next, offset: 0 })}
        tabs={[
          { key: 'received', label: t('advice.received') },
          { key: 'asked', label: t('advice.asked-by-us') },
        ]}
      />
      <DataTable
        label={t('advice.title')}
        columns={useColumns()}
        read={read}
        keyOf={(row) => row.id}
        rowTo={(row) => `/advices/${row.id}`}
        rowTone={(row) => (row.due && row.due < now ? 'bad' : undefined)}
        offset={offset}
        limit={LIMIT}
        onPage={(next) => setFilter({ offset: next })}
        filters={
          <OnlyButton on={!all} onChange={(on) => setFilter({ all: on ? undefined : 'true', offset: 0 })}>
            {t('advice.open-only')}
          </OnlyButton>
        }
        empty={<Nothing title={t('advice.empty')} hint={t('advice.empty-hint')} />}
        readPage={(at, limit) => call(referralApi.listAdvice, { query: { ...query, offset: at, limit } })}
      />
    </Page>
  )
}

function useColumns(): Column<AdviceLine>[] {
  const t = useWords(referralWords)
  const dates = useDates()
  const person = usePersonColumn<AdviceLine>({ title: t('person'), width: 110 })
  return [
    {
      key: 'due',
      title: t('due'),
      width: 150,
      cell: ({ due, since }) => due && <Clock due={due} since={since} />,
      text: ({ due }) => (due ? dates.moment(due) : ''),
    },
    person,
    {
      key: 'status',
      title: t('status'),
      width: 110,
      cell: ({ status }) => <StateTag tone={adviceTone[status]}>{t(`advice.status.${status}`)}</StateTag>,
      text: ({ status }) => t(`advice.status.${status}`),
    },
    {
      key: 'question',
      title: t('advice.question'),
      cell: ({ question, kind }) => (
        <>
          {question.slice(0, 80)} <span className="tm-quiet">{t(`advice.kind.${kind}`)}</span>
        </>
      ),
      text: ({ question }) => question,
    },
    {
      key: 'from',
      title: t('from'),
      width: 120,
      wide: true,
      cell: ({ from }) => from.shortName,
      text: ({ from }) => from.shortName,
    },
    {
      key: 'to',
      title: t('advice.to'),
      width: 190,
      cell: ({ to, department, practitioner }) =>
        [to.shortName, department, practitioner].filter(Boolean).join(' · '),
      text: ({ to, department, practitioner }) =>
        [to.shortName, department, practitioner].filter(Boolean).join(' '),
    },
  ]
}
