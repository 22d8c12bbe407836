import { recognitionApi } from '@tongmai/api/recognition'
import type { Decision } from '@tongmai/api/recognition/ledger'
import { outcome, refusalReason } from '@tongmai/api/recognition/order'
import { Select } from 'antd'
import * as z from 'zod/mini'
import { call } from '../../kernel/call.ts'
import { To, useSearch } from '../../kernel/route.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Page } from '../../ui/page.tsx'
import { StateTag, type Tone } from '../../ui/state-tag.tsx'
import { showMsv, showYuan } from './show.ts'
import { recognitionWords } from './words.ts'

const LIMIT = 50
const text = z.optional(z.string())
const filterShape = z.object({
  ...{ from: text, to: text, institutionId: text, sourceId: text, practitionerId: text, itemId: text },
  ...{ month: text, orderId: text },
  reason: z.optional(refusalReason),
  outcome: z.optional(outcome),
  offset: z._default(z.coerce.number(), 0),
})
const tones: Readonly<Record<Decision['outcome'], Tone>> = {
  recognised: 'good',
  reordered: 'wait',
  ordered: 'idle',
}

/** The cases behind a figure of the ledger. */
export function DecisionList() {
  const t = useWords(recognitionWords)
  const [{ offset, ...asked }, setFilter] = useSearch(filterShape)
  const read = useRead(
    recognitionApi.listDecisions,
    { query: { ...asked, offset, limit: LIMIT } },
    { live: ['recognition'], keepPrevious: true },
  )
  const days = [asked.from, asked.to].filter(Boolean).join(' – ')
  return (
    <Page
      title={t('decisions.title')}
      hint={asked.month ?? days}
      actions={<To to="/recognition-ledger">{t('ledger.title')}</To>}
    >
      <DataTable
        label={t('decisions.title')}
        columns={useColumns()}
        read={read}
        keyOf={({ id }) => id}
        offset={offset}
        limit={LIMIT}
        onPage={(next) => setFilter({ offset: next })}
        filters={
          <>
            <Select
              allowClear
              aria-label={t('decision.outcome')}
              placeholder={t('all-outcomes')}
              value={asked.outcome}
              onChange={(next) => setFilter({ outcome: next, offset: 0 })}
              options={outcome.options.map((value) => ({ value, label: t(`outcome.${value}`) }))}
              style={{ width: 120 }}
            />
            <Select
              allowClear
              aria-label={t('decision.reason')}
              placeholder={t('by.reason')}
              value={asked.reason}
              onChange={(next) => setFilter({ reason: next, offset: 0 })}
              options={refusalReason.options.map((value) => ({ value, label: t(`reason.${value}`) }))}
              style={{ width: 220 }}
            />
          </>
        }
        filtered={Boolean(asked.outcome || asked.reason)}
        onClear={() => setFilter({ outcome: undefined, reason: undefined, offset: 0 })}
        empty={<Nothing title={t('decisions.none')} />}
        readPage={(from, limit) =>
          call(recognitionApi.listDecisions, { query: { ...asked, offset: from, limit } })
        }
      />
    </Page>
  )
}

function useColumns(): Column<Decision>[] {
  const t = useWords(recognitionWords)
  const { moment, briefly } = useDates()
  const result = (one: Decision) =>
    [one.resultValue, one.resultInstitutionName, one.resultAt && briefly(one.resultAt)]
      .filter(Boolean)
      .join(' · ')
  const answerOf = (one: Decision) =>
    one.outcome === 'recognised'
      ? ''
      : one.answeredAt
        ? `${t('decision.answered')} ${briefly(one.answeredAt)}`
        : t('decision.waiting')
  const reason = (one: Decision) =>
    one.reason
      ? [
          t(`reason.${one.reason}`),
          one.text,
          one.told === null
            ? t('decision.told-unknown')
            : t(one.told ? 'decision.told' : 'decision.not-told'),
        ]
          .filter(Boolean)
          .join('；')
      : ''
  const saved = (one: Decision) =>
    one.outcome === 'recognised'
      ? [
          t('yuan', { amount: showYuan(one.savedFen) }),
          one.savedDoseUsv ? t('msv', { amount: showMsv(one.savedDoseUsv) }) : '',
          one.savedDays === null ? '' : t('days', { count: one.savedDays }),
        ]
          .filter(Boolean)
          .join(' · ')
      : ''
  return [
    {
      key: 'at',
      title: t('decision.at'),
      short: true,
      cell: (one) => moment(one.at),
      text: (one) => moment(one.at),
    },
    {
      key: 'resident',
      title: t('decision.resident'),
      short: true,
      cell: ({ resident }) =>
        resident ? (
          <To to={`/residents/${resident.id}`}>{resident.nameMasked}</To>
        ) : (
          <span className="tm-quiet">{t('decision.hidden')}</span>
        ),
      text: ({ resident }) => resident?.nameMasked ?? '',
    },
    { key: 'item', title: t('item.name'), cell: (one) => one.itemName, text: (one) => one.itemName },
    {
      key: 'outcome',
      title: t('decision.outcome'),
      short: true,
      cell: (one) => (
        <>
          <StateTag tone={tones[one.outcome]}>{t(`outcome.${one.outcome}`)}</StateTag>{' '}
          <span className="tm-quiet">{answerOf(one)}</span>
        </>
      ),
      text: (one) => [t(`outcome.${one.outcome}`), answerOf(one)].filter(Boolean).join('；'),
    },
    {
      key: 'doctor',
      title: t('decision.doctor'),
      wide: true,
      cell: (one) => `${one.institutionName} ${one.practitionerName}`,
      text: (one) => `${one.institutionName} ${one.practitionerName}`,
    },
    { key: 'result', title: t('decision.result'), wide: true, cell: result, text: result },
    { key: 'reason', title: t('decision.reason'), cell: reason, text: reason },
    { key: 'saved', title: t('decision.saved'), align: 'right', wide: true, cell: saved, text: saved },
  ]
}
