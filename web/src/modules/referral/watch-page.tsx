import { referralApi } from '@tongmai/api/referral'
import { type FlowBy, type FlowQuery, type FlowRow, flowBy } from '@tongmai/api/referral/watch'
import { Button, Segmented } from 'antd'
import { useMemo } from 'react'
import * as z from 'zod/mini'
import { timeNow } from '../../kernel/clock.ts'
import { showDay } from '../../kernel/dates.ts'
import { To, useGo, useSearch } from '../../kernel/route.tsx'
import { useMay } from '../../kernel/session.tsx'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { Chart } from '../../ui/chart.tsx'
import type { Column } from '../../ui/column.ts'
import { DayField } from '../../ui/date-field.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Card, Page } from '../../ui/page.tsx'
import { WholeTable } from '../../ui/whole-table.tsx'
import { FirstContacts } from './first-contacts.tsx'
import { drawn, streamOf, useFlowNames } from './flow-names.ts'
import { ReviewRates } from './review-rates.tsx'
import { referralWords } from './words.ts'

const DAY = 86_400_000
const search = z.object({
  by: z._default(flowBy, 'level'),
  from: z.optional(z.string()),
  to: z.optional(z.string()),
})

/** Where patients go: the streams as a picture and as numbers, where they turn first; every figure opens its cases. */
export function WatchPage() {
  const t = useWords(referralWords)
  const may = useMay()
  const go = useGo()
  const [filter, setFilter] = useSearch(search)
  const { by } = filter
  const from = filter.from ?? showDay(new Date(timeNow().getTime() - 90 * DAY))
  const to = filter.to ?? showDay(timeNow())
  const read = useRead(referralApi.flows, { query: { by, from, to } }, { keepPrevious: true })
  const rows = useMemo(() => read.data ?? [], [read.data])
  const sum = (direction: FlowRow['direction']) =>
    rows.filter((row) => row.direction === direction).reduce((all, row) => all + row.count, 0)
  return (
    <Page
      title={t('watch.title')}
      hint={t('watch.hint')}
      actions={
        <>
          <div style={{ width: 140 }}>
            <DayField value={from} onChange={(day) => setFilter({ from: day ?? undefined })} />
          </div>
          <div style={{ width: 140 }}>
            <DayField value={to} onChange={(day) => setFilter({ to: day ?? undefined })} />
          </div>
          {may('referral.read') && (
            <Button onClick={() => go('/referral-reviews')}>{t('review.title')}</Button>
          )}
        </>
      }
    >
      <div className="tm-row">
        <Segmented<FlowBy>
          aria-label={t('watch.by')}
          value={by}
          onChange={(next) => setFilter({ by: next })}
          options={flowBy.options.map((value) => ({ value, label: t(`watch.by.${value}`) }))}
        />
        <span className="tm-quiet">
          {t('watch.up-down', { up: sum('up'), down: sum('down'), sideways: sum('sideways') })}
        </span>
      </div>
      <Picture rows={rows} by={by} days={{ from, to }} />
      <Numbers read={read} by={by} days={{ from, to }} />
      <FirstContacts from={from} to={to} />
      <ReviewRates />
    </Page>
  )
}

interface Days {
  readonly from: string
  readonly to: string
}

/** The address of the cases behind a stream. */
const behind = (filter: FlowQuery): string => {
  const known = Object.entries(filter).filter(([, value]) => value !== undefined && value !== null)
  return `/referral-flows?${new URLSearchParams(known as [string, string][])}`
}

const PICTURE_MAX = 40

/** From the left to the right; what comes back has its own nodes, so that nothing goes round in circles. */
function Picture({ rows, by, days }: { rows: readonly FlowRow[]; by: FlowBy; days: Days }) {
  const t = useWords(referralWords)
  const go = useGo()
  const names = useFlowNames()
  const shown = useMemo(() => drawn(rows, by, names).slice(0, PICTURE_MAX), [rows, by, names])
  const option = useMemo(() => {
    const links = shown.map(({ source, target, value }) => ({ source, target, value }))
    const nodes = [...new Set(links.flatMap(({ source, target }) => [source, target]))]
    return {
      animation: false,
      tooltip: { trigger: 'item' },
      series: [
        {
          type: 'sankey',
          left: 8,
          right: 140,
          // The line height of a label: streams of a few cases lie close together.
          nodeGap: 16,
          data: nodes.map((name) => ({ name })),
          links,
          lineStyle: { color: 'source', opacity: 0.35 },
        },
      ],
    }
  }, [shown])
  if (rows.length === 0) return null
  const open = (name: string) => {
    const line = shown.find(({ source, target }) => `${source} > ${target}` === name)
    if (line) go(behind({ ...days, ...line.of }))
  }
  return (
    <Card>
      <Chart
        title={`${t('watch.flows')} · ${t(`watch.by.${by}`)}`}
        option={option}
        height={Math.max(280, Math.min(700, shown.length * 22))}
        onOpen={open}
        table={{
          head: [t('watch.from'), t('watch.to'), t('watch.count')],
          rows: shown.map(({ source, target, value }) => [source, target, value]),
        }}
      />
    </Card>
  )
}

function Numbers({
  read,
  by,
  days,
}: {
  read: ReturnType<typeof useRead<typeof referralApi.flows>>
  by: FlowBy
  days: Days
}) {
  const t = useWords(referralWords)
  const names = useFlowNames()
  const columns: Column<FlowRow>[] = [
    {
      key: 'direction',
      title: t('direction'),
      width: 80,
      cell: (row) => t(`direction.${row.direction}`),
      text: (row) => t(`direction.${row.direction}`),
    },
    { key: 'left', title: t('watch.from'), cell: names.from, text: names.from },
    { key: 'right', title: t('watch.to'), cell: names.to, text: names.to },
    ...(by === 'disease'
      ? ([{ key: 'disease', title: t('watch.category'), cell: names.disease, text: names.disease }] as const)
      : []),
    ...(by === 'month'
      ? ([
          {
            key: 'month',
            title: t('watch.month'),
            width: 110,
            cell: (row: FlowRow) => row.month,
            text: (row: FlowRow) => row.month ?? '',
          },
        ] as const)
      : []),
    {
      key: 'count',
      title: t('watch.count'),
      width: 100,
      align: 'right',
      cell: (row) => row.count.toLocaleString('zh-CN'),
      text: (row) => String(row.count),
    },
    {
      key: 'rejected',
      title: t('watch.rejected'),
      width: 120,
      align: 'right',
      cell: (row) =>
        row.rejected > 0 ? (
          <To to={behind({ ...days, ...streamOf(row, by), status: 'rejected' })}>{row.rejected}</To>
        ) : (
          row.rejected
        ),
      text: (row) => String(row.rejected),
    },
  ]
  return (
    <WholeTable
      label={t('watch.flows')}
      columns={columns}
      read={read}
      rows={read.data ?? []}
      keyOf={(row) => `${row.direction} ${names.from(row)} ${names.to(row)} ${row.category} ${row.month}`}
      rowTo={(row) => behind({ ...days, ...streamOf(row, by) })}
      empty={<Nothing title={t('watch.none')} hint={t('watch.none-hint')} />}
    />
  )
}
