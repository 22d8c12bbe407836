import { contractApi } from '@tongmai/api/contract'
import { type SurveyAnswer, type SurveyRow, surveyQuestions } from '@tongmai/api/contract/survey'
import { Button } from 'antd'
import * as z from 'zod/mini'
import { call } from '../../kernel/call.ts'
import { useSearch } from '../../kernel/route.tsx'
import { useMay } from '../../kernel/session.tsx'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Card, Page } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { type Period, PeriodFields, periodSearch, usePeriod } from './indicator-period.tsx'
import { contractWords } from './words.ts'

const LIMIT = 50
const search = z.object({
  ...periodSearch,
  of: z.optional(z.enum(['community', 'team', 'doctor'])),
  id: z.optional(z.string()),
  offset: z._default(z.coerce.number(), 0),
})

/** How content residents are: the community, its teams and doctors, and what was answered. */
export function SurveyPage() {
  const t = useWords(contractWords)
  const may = useMay()
  const [asked, setSearch] = useSearch(search)
  const period = usePeriod(asked)
  const read = useRead(contractApi.readSurveys, { query: period }, { keepPrevious: true })
  const chosen = read.data?.rows.find((row) => row.id === asked.id && row.of === asked.of)
  const opens = may('contract.manage')
  return (
    <Page title={t('survey.title')} hint={t('survey.hint')}>
      <div className="tm-row tm-no-print" style={{ flexWrap: 'wrap', marginBottom: 12 }}>
        <PeriodFields value={period} onChange={(next) => setSearch({ ...next, offset: 0 })} />
        {read.data && (
          <span className="tm-quiet">
            {t('survey.satisfied-from', { from: read.data.satisfiedFrom, least: read.data.least })}
          </span>
        )}
      </div>
      <Loaded read={read}>
        {({ rows }) =>
          rows[0]?.asked === 0 ? (
            <Nothing title={t('survey.none')} hint={t('survey.none-hint')} />
          ) : (
            <Scores
              rows={rows}
              onOpen={opens ? (row) => setSearch({ of: row.of, id: row.id, offset: 0 }) : undefined}
            />
          )
        }
      </Loaded>
      {opens && chosen && (
        <Answers
          row={chosen}
          period={period}
          offset={asked.offset}
          onPage={(offset) => setSearch({ offset })}
        />
      )}
    </Page>
  )
}

interface ScoresProps {
  readonly rows: readonly SurveyRow[]
  readonly onOpen: ((row: SurveyRow) => void) | undefined
}

function Scores({ rows, onOpen }: ScoresProps) {
  const t = useWords(contractWords)
  const few = <span className="tm-quiet">{t('survey.too-few')}</span>
  const columns: Column<SurveyRow>[] = [
    {
      key: 'name',
      title: t('doctor'),
      cell: (row) => (
        <>
          <b>{row.name}</b> <span className="tm-quiet">{t(`survey.of.${row.of}`)}</span>
        </>
      ),
    },
    { key: 'asked', title: t('survey.asked'), align: 'right', cell: (row) => row.asked },
    { key: 'answered', title: t('survey.answered'), align: 'right', cell: (row) => row.answered },
    {
      key: 'rate',
      title: t('survey.rate'),
      align: 'right',
      cell: ({ satisfied, counted }) =>
        satisfied === null
          ? few
          : `${((satisfied / counted) * 100).toFixed(1)}%（${satisfied} / ${counted}）`,
    },
    { key: 'mean', title: t('survey.mean'), align: 'right', cell: ({ meanScore }) => meanScore ?? '—' },
    {
      key: 'act',
      title: '',
      align: 'right',
      cell: (row) =>
        onOpen &&
        row.satisfied !== null && (
          <Button size="small" type="text" onClick={() => onOpen(row)}>
            {t('survey.answers')}
          </Button>
        ),
    },
  ]
  return (
    <Card flush>
      <Table label={t('survey.title')} rows={rows} columns={columns} keyOf={(row) => `${row.of} ${row.id}`} />
    </Card>
  )
}

interface AnswersProps {
  readonly row: SurveyRow
  readonly period: Period
  readonly offset: number
  readonly onPage: (offset: number) => void
}

function Answers({ row, period, offset, onPage }: AnswersProps) {
  const t = useWords(contractWords)
  const whose = row.of === 'team' ? { teamId: row.id } : row.of === 'doctor' ? { doctorId: row.id } : {}
  const query = { ...period, ...whose }
  const read = useRead(
    contractApi.listSurveyAnswers,
    { query: { ...query, offset, limit: LIMIT } },
    { keepPrevious: true },
  )
  const columns: Column<SurveyAnswer>[] = [
    {
      ...{ key: 'score', title: t('survey.score'), width: 80 },
      cell: ({ score }) => <b className={score < 60 ? 'tm-bad' : ''}>{score}</b>,
      text: ({ score }) => String(score),
    },
    {
      ...{ key: 'about', title: t('survey.about'), short: true },
      cell: ({ about }) => t(`survey.about.${about}`),
      text: ({ about }) => t(`survey.about.${about}`),
    },
    ...surveyQuestions.map(
      (name): Column<SurveyAnswer> => ({
        ...{ key: name, title: t(`survey.${name}`), align: 'right', short: true },
        cell: ({ answers }) => answers[name],
        text: ({ answers }) => String(answers[name]),
      }),
    ),
    {
      ...{ key: 'comment', title: t('survey.comment') },
      cell: ({ comment }) => comment ?? '',
      text: ({ comment }) => comment ?? '',
    },
  ]
  const label = t('survey.answers-of', { name: row.name })
  return (
    <section style={{ marginTop: 16 }}>
      <h2>{label}</h2>
      <DataTable
        label={label}
        columns={columns}
        read={read}
        keyOf={(one) => JSON.stringify(one)}
        offset={offset}
        limit={LIMIT}
        onPage={onPage}
        empty={<Nothing title={t('survey.answers.none')} />}
        readPage={(at, limit) =>
          call(contractApi.listSurveyAnswers, { query: { ...query, offset: at, limit } })
        }
      />
    </section>
  )
}
