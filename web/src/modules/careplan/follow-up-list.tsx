import { careplanApi } from '@tongmai/api/careplan'
import type { FollowUp } from '@tongmai/api/careplan/follow-up'
import * as z from 'zod/mini'
import { call } from '../../kernel/call.ts'
import { useSearch } from '../../kernel/route.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { OnlyButton } from '../../ui/only-button.tsx'
import { Page } from '../../ui/page.tsx'
import { usePersonColumn } from '../../ui/person-column.tsx'
import { Tally } from '../../ui/tally.tsx'
import { FollowUpActs } from './follow-up-acts.tsx'
import { SelfAnswered } from './self-answered.tsx'
import { VerdictTag } from './verdict-tag.tsx'
import { careplanWords } from './words.ts'

const LIMIT = 50
const views = ['overdue', 'now', 'coming', 'answered', 'done', 'missed', 'refused'] as const
const search = z.object({
  view: z._default(z.enum(views), 'overdue'),
  mine: z.optional(z.literal('true')),
  offset: z._default(z.coerce.number(), 0),
})
type View = (typeof views)[number]

const asked = (view: View) => {
  if (view === 'answered') return { answered: true }
  return view === 'overdue' || view === 'now' || view === 'coming' ? { when: view } : { status: view }
}

const queryOf = (view: View, mine: boolean) => ({
  ...asked(view),
  ...(mine ? { mine } : {}),
})

/** What is due at my institution: late, soon, later; and what came of the rest. */
export function FollowUpList() {
  const t = useWords(careplanWords)
  const [{ view, mine, offset }, setSearch] = useSearch(search)
  const only = mine === 'true'
  const query = queryOf(view, only)
  const live = { live: ['careplan'] }
  const counts = useRead(careplanApi.countFollowUps, { query: only ? { mine: true } : {} }, live).data
  const read = useRead(
    careplanApi.listFollowUps,
    { query: { ...query, offset, limit: LIMIT } },
    { ...live, keepPrevious: true },
  )
  const columns = useColumns()
  return (
    <Page title={t('follow.title')} hint={t(view === 'answered' ? 'follow.answered-hint' : 'follow.hint')}>
      <Tally
        label={t('follow.title')}
        tabs={views.map((key) => ({
          ...{ key, label: t(`follow.${key}`), bad: key === 'overdue', count: counts?.[key] },
        }))}
        value={view}
        onChange={(next) => setSearch({ view: next, offset: 0 })}
      />
      <DataTable
        label={t('follow.title')}
        columns={columns}
        read={read}
        keyOf={(row) => row.id}
        rowTone={() => (view === 'overdue' ? 'bad' : undefined)}
        offset={offset}
        limit={LIMIT}
        onPage={(next) => setSearch({ offset: next })}
        filters={
          <OnlyButton on={only} onChange={(on) => setSearch({ mine: on ? 'true' : undefined, offset: 0 })}>
            {t('follow.mine')}
          </OnlyButton>
        }
        filtered={only}
        onClear={() => setSearch({ mine: undefined })}
        empty={<Nothing title={t('follow.empty')} hint={t('follow.empty-hint')} />}
        readPage={(at, limit) => call(careplanApi.listFollowUps, { query: { ...query, offset: at, limit } })}
      />
    </Page>
  )
}

function useColumns(): Column<FollowUp>[] {
  const t = useWords(careplanWords)
  const dates = useDates()
  const person = usePersonColumn<FollowUp>({
    title: t('person'),
    width: 160,
    to: ({ resident }) => `/careplans/${resident.id}`,
  })
  return [
    person,
    {
      key: 'reason',
      title: t('follow.reason'),
      cell: (row) => (
        <>
          {row.reason}
          {row.note && <div className="tm-quiet">{row.note}</div>}
          {row.status === 'due' && row.selfAnswer && <SelfAnswered answer={row.selfAnswer} />}
        </>
      ),
      text: ({ reason }) => reason,
    },
    {
      key: 'due',
      title: t('follow.due'),
      short: true,
      cell: ({ dueOn }) => dueOn,
      text: ({ dueOn }) => dueOn,
    },
    {
      key: 'by',
      title: t('follow.by'),
      cell: (row) =>
        row.doneAt
          ? `${row.doneBy ?? ''} ${dates.briefly(row.doneAt)}`
          : (row.practitioner?.name ?? <span className="tm-quiet">{t('follow.nobody')}</span>),
      text: (row) => row.doneBy ?? row.practitioner?.name ?? '',
    },
    {
      key: 'result',
      title: t('follow.result'),
      wide: true,
      cell: ({ verdict }) => verdict && <VerdictTag verdict={verdict} />,
      text: ({ verdict }) => (verdict ? t(`verdict.${verdict}`) : ''),
    },
    { key: 'act', title: '', width: 390, align: 'right', cell: (row) => <FollowUpActs followUp={row} /> },
  ]
}
