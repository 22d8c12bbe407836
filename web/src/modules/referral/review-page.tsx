import { referralApi } from '@tongmai/api/referral'
import { type Review, type Verdict, verdict } from '@tongmai/api/referral/watch'
import { Button, InputNumber, Modal } from 'antd'
import { useState } from 'react'
import * as z from 'zod/mini'
import { call } from '../../kernel/call.ts'
import { timeNow } from '../../kernel/clock.ts'
import { showDay } from '../../kernel/dates.ts'
import { useSearch } from '../../kernel/route.tsx'
import { useMay } from '../../kernel/session.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useForm } from '../../kernel/use-form.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { webWords } from '../../kernel/web-words.ts'
import { useWords } from '../../kernel/words.ts'
import { Clock } from '../../ui/clock.tsx'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { DayField } from '../../ui/date-field.tsx'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Page } from '../../ui/page.tsx'
import { type Choice, Picker } from '../../ui/picker.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { Tally } from '../../ui/tally.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { findInstitutionChoices } from '../network/index.ts'
import { findDoctors } from './choice.ts'
import { referralWords } from './words.ts'

const LIMIT = 50
const search = z.object({
  list: z._default(z.enum(['open', ...verdict.options]), 'open'),
  offset: z._default(z.coerce.number(), 0),
})

/** Samples to be judged, and how the judged ones came out. */
export function ReviewList() {
  const t = useWords(referralWords)
  const may = useMay()
  const [{ list, offset }, setFilter] = useSearch(search)
  const [drawing, setDrawing] = useState(false)
  const watches = may('referral.watch')
  const rates = useRead(referralApi.reviewRates, {}, { live: ['case'], when: watches })
  const countOf = (of: Verdict) =>
    rates.data?.filter((one) => one.verdict === of).reduce((all, one) => all + one.count, 0)
  const query = list === 'open' ? { open: true } : { verdict: list }
  const read = useRead(
    referralApi.listReviews,
    { query: { ...query, offset, limit: LIMIT } },
    { live: ['case'], keepPrevious: true },
  )
  return (
    <Page
      title={t('review.title')}
      hint={t('review.hint')}
      actions={
        may('alliance.office') && (
          <Button type="primary" onClick={() => setDrawing(true)}>
            {t('review.draw')}
          </Button>
        )
      }
    >
      <Tally
        label={t('review.rates')}
        value={list}
        onChange={(next) => setFilter({ list: next, offset: 0 })}
        tabs={[
          { key: 'open', label: t('review.open-only') },
          ...verdict.options.map((key) => ({ key, label: t(`verdict.${key}`), count: countOf(key) })),
        ]}
      />
      <DataTable
        label={t('review.title')}
        columns={useColumns()}
        read={read}
        keyOf={(row) => row.id}
        rowTo={(row) => `/referral-reviews/${row.id}`}
        offset={offset}
        limit={LIMIT}
        onPage={(next) => setFilter({ offset: next })}
        empty={<Nothing title={t('review.empty')} hint={t('review.empty-hint')} />}
        readPage={(at, limit) => call(referralApi.listReviews, { query: { ...query, offset: at, limit } })}
      />
      {drawing && <Draw onClose={() => setDrawing(false)} />}
    </Page>
  )
}

function useColumns(): Column<Review>[] {
  const t = useWords(referralWords)
  const dates = useDates()
  return [
    {
      key: 'due',
      title: t('due'),
      width: 150,
      cell: ({ due, drawnAt }) => due && <Clock due={due} since={drawnAt} />,
      text: ({ due }) => (due ? dates.moment(due) : ''),
    },
    {
      key: 'direction',
      title: t('direction'),
      width: 80,
      cell: (row) => t(`direction.${row.direction}`),
      text: (row) => t(`direction.${row.direction}`),
    },
    { key: 'from', title: t('from'), cell: (row) => row.from, text: (row) => row.from },
    { key: 'to', title: t('to'), cell: (row) => row.to, text: (row) => row.to },
    {
      key: 'category',
      title: t('watch.category'),
      width: 90,
      cell: (row) => row.category,
      text: (row) => row.category ?? '',
    },
    {
      key: 'reviewer',
      title: t('review.reviewer'),
      width: 110,
      cell: (row) => row.reviewer,
      text: (row) => row.reviewer,
    },
    {
      key: 'verdict',
      title: t('review.verdict'),
      width: 120,
      cell: (row) =>
        row.verdict && (
          <StateTag tone={row.verdict === 'appropriate' ? 'good' : 'wait'}>
            {t(`verdict.${row.verdict}`)}
          </StateTag>
        ),
      text: (row) => (row.verdict ? t(`verdict.${row.verdict}`) : ''),
    },
    {
      key: 'note',
      title: t('review.note'),
      wide: true,
      cell: (row) => <span className="tm-quiet">{row.note}</span>,
      text: (row) => row.note ?? '',
    },
  ]
}

interface Typed {
  readonly from: string | null
  readonly to: string | null
  readonly size: number
  readonly at: Choice | null
  readonly reviewer: Choice | null
}

/** Draws a sample and gives it to a physician. */
function Draw({ onClose }: { onClose: () => void }) {
  const t = useWords(referralWords)
  const w = useWords(webWords)
  const tell = useTell()
  const draw = useWrite(referralApi.drawReviews, {
    touches: ['case'],
    onDone: ({ drawn }) => {
      tell(t('review.drawn', { drawn }))
      form.discard()
      onClose()
    },
  })
  const now = timeNow()
  const begun: Typed = {
    ...{ from: showDay(new Date(now.getTime() - 30 * 86_400_000)), to: showDay(now), size: 10 },
    ...{ at: null, reviewer: null },
  }
  const form = useForm<Typed>('referral.draw', begun, draw.error)
  const { from, to, size, at, reviewer } = form.value
  const run = () =>
    draw.mutate({
      body: {
        ...{ from: from ?? '', to: to ?? '', size },
        ...{ reviewerId: reviewer?.value ?? '', reviewerInstitutionId: at?.value ?? '' },
      },
    })
  return (
    <Modal
      open
      title={t('review.draw')}
      okText={t('review.draw')}
      cancelText={w('act.cancel')}
      okButtonProps={{ disabled: !from || !to || !reviewer, loading: draw.isPending }}
      onOk={run}
      onCancel={onClose}
    >
      <DraftNote form={form} />
      <Fields>
        <Field label={t('from-day')} required>
          {(id) => <DayField id={id} value={from} onChange={(day) => form.set('from', day)} />}
        </Field>
        <Field label={t('to-day')} required>
          {(id) => <DayField id={id} value={to} onChange={(day) => form.set('to', day)} />}
        </Field>
        <Field label={t('watch.institution')} required>
          {(id) => (
            <Picker
              id={id}
              name="review.at"
              find={findInstitutionChoices}
              value={at}
              onChange={(next) => form.change({ at: next, reviewer: null })}
            />
          )}
        </Field>
        <Field label={t('review.reviewer')} required>
          {(id) => (
            <Picker
              id={id}
              name={`review.reviewer.${at?.value}`}
              find={findDoctors(at?.value)}
              value={reviewer}
              disabled={!at}
              onChange={(next) => form.set('reviewer', next)}
            />
          )}
        </Field>
        <Field label={t('review.size')} required>
          {(id) => (
            <InputNumber
              id={id}
              min={1}
              max={50}
              value={size}
              onChange={(next) => form.set('size', next ?? 1)}
            />
          )}
        </Field>
      </Fields>
      <RefusalNote refused={draw.error} />
    </Modal>
  )
}
