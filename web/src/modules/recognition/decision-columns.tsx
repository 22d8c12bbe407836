import type { Decision } from '@tongmai/api/recognition/ledger'
import { To } from '../../kernel/route.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useWords } from '../../kernel/words.ts'
import type { Column } from '../../ui/column.ts'
import { StateTag, type Tone } from '../../ui/state-tag.tsx'
import { showMsv, showYuan } from './show.ts'
import { recognitionWords } from './words.ts'

const tones: Readonly<Record<Decision['outcome'], Tone>> = {
  recognised: 'good',
  reordered: 'wait',
  ordered: 'idle',
}

/** What a decision says in a list and in its export. */
export function useDecisionColumns(): Column<Decision>[] {
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
      sort: true,
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
