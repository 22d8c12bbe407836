import { careplanApi } from '@tongmai/api/careplan'
import { type Alert, measures } from '@tongmai/api/careplan/reading'
import { Button } from 'antd'
import { useState } from 'react'
import * as z from 'zod/mini'
import { call } from '../../kernel/call.ts'
import { To, useSearch } from '../../kernel/route.tsx'
import { useMay } from '../../kernel/session.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { OnlyButton } from '../../ui/only-button.tsx'
import { Page } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { Tally } from '../../ui/tally.tsx'
import { AnswerDialog } from './answer-dialog.tsx'
import { careplanWords } from './words.ts'

const LIMIT = 50
const search = z.object({
  status: z._default(z.enum(['open', 'answered']), 'open'),
  mine: z.optional(z.literal('true')),
  offset: z._default(z.coerce.number(), 0),
})

/** The reading that raised it, with its unit. */
export const readingOf = ({ kind, value, value2 }: Alert): string =>
  value === null
    ? '—'
    : `${[value, value2].filter((one) => one !== null).join('/')} ${kind === 'ecg' ? '' : measures[kind].unit}`

/** What rules found in the readings of my residents, the critical first. */
export function AlertList() {
  const t = useWords(careplanWords)
  const [{ status, mine, offset }, setSearch] = useSearch(search)
  const [answering, setAnswering] = useState<Alert | null>(null)
  const query = { status, ...(mine === 'true' ? { mine: true } : {}) }
  const read = useRead(
    careplanApi.listAlerts,
    { query: { ...query, offset, limit: LIMIT } },
    { live: ['alert'], keepPrevious: true },
  )
  const columns = useColumns(setAnswering)
  return (
    <Page
      title={t('alert.title')}
      hint={t('alert.hint')}
      actions={<To to="/alert-rules">{t('alert-rule.title')}</To>}
    >
      <Tally
        label={t('alert.title')}
        tabs={(['open', 'answered'] as const).map((key) => ({ key, label: t(`alert.${key}`) }))}
        value={status}
        onChange={(next) => setSearch({ status: next, offset: 0 })}
      />
      <DataTable
        label={t('alert.title')}
        columns={columns}
        read={read}
        keyOf={(row) => row.id}
        rowTone={(row) => (row.level === 'critical' && row.status === 'open' ? 'bad' : undefined)}
        offset={offset}
        limit={LIMIT}
        onPage={(next) => setSearch({ offset: next })}
        filters={
          <OnlyButton
            on={Boolean(mine)}
            onChange={(on) => setSearch({ mine: on ? 'true' : undefined, offset: 0 })}
          >
            {t('follow.mine')}
          </OnlyButton>
        }
        filtered={mine !== undefined}
        onClear={() => setSearch({ mine: undefined })}
        empty={<Nothing title={t('alert.none')} hint={t('alert.none-hint')} />}
        readPage={(at, limit) => call(careplanApi.listAlerts, { query: { ...query, offset: at, limit } })}
      />
      {answering && <AnswerDialog alert={answering} onClose={() => setAnswering(null)} />}
    </Page>
  )
}

function useColumns(onAnswer: (alert: Alert) => void): Column<Alert>[] {
  const t = useWords(careplanWords)
  const may = useMay()
  const dates = useDates()
  return [
    {
      key: 'level',
      title: t('alert.level'),
      short: true,
      cell: ({ level }) => (
        <StateTag tone={level === 'critical' ? 'bad' : 'wait'}>{t(`alert.${level}`)}</StateTag>
      ),
      text: ({ level }) => t(`alert.${level}`),
    },
    {
      key: 'person',
      title: t('person'),
      cell: ({ resident }) => <To to={`/careplans/${resident.id}`}>{resident.nameMasked}</To>,
      text: ({ resident }) => resident.nameMasked,
    },
    {
      key: 'what',
      title: t('alert.what'),
      cell: (row) => (
        <>
          <To to={`/alerts/${row.id}`}>{row.name}</To>{' '}
          {row.times > 1 && <span className="tm-quiet">{t('alert.times', { times: row.times })}</span>}
        </>
      ),
      text: ({ name }) => name,
    },
    { key: 'value', title: t('alert.value'), short: true, cell: readingOf, text: readingOf },
    {
      key: 'raised',
      title: t('alert.raised'),
      short: true,
      cell: ({ raisedAt }) => dates.briefly(raisedAt),
      text: ({ raisedAt }) => dates.moment(raisedAt),
    },
    {
      key: 'doctor',
      title: t('alert.doctor'),
      wide: true,
      cell: ({ practitioner }) => practitioner ?? '—',
      text: ({ practitioner }) => practitioner ?? '',
    },
    {
      key: 'act',
      title: '',
      align: 'right',
      cell: (row) =>
        row.response
          ? `${t(`response.${row.response}`)} ${row.answeredBy ?? ''}`
          : row.mine &&
            may('careplan.follow') && (
              <Button size="small" type="primary" ghost onClick={() => onAnswer(row)}>
                {t('alert.answer')}
              </Button>
            ),
      text: (row) => (row.response ? t(`response.${row.response}`) : ''),
    },
  ]
}
