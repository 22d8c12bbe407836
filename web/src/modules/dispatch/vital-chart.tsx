import type { Vital } from '@tongmai/api/dispatch/mission'
import { useMemo } from 'react'
import { useDates } from '../../kernel/use-dates.ts'
import { useWords } from '../../kernel/words.ts'
import { Chart } from '../../ui/chart.tsx'
import { dispatchWords } from './words.ts'

export const measures = [
  'heartRate',
  'systolic',
  'diastolic',
  'spo2',
  'breaths',
  'temperature',
  'glucose',
] as const
const drawn = ['heartRate', 'systolic', 'diastolic', 'spo2', 'breaths'] as const

/** What was measured on the way, as a chart and a table. */
export function VitalChart({ vitals }: { vitals: readonly Vital[] }) {
  const t = useWords(dispatchWords)
  const { moment } = useDates()
  const option = useMemo(
    () => ({
      tooltip: { trigger: 'axis' },
      legend: { type: 'scroll' },
      grid: { left: 40, right: 16, top: 56, bottom: 28 },
      xAxis: { type: 'time' },
      yAxis: { type: 'value', scale: true },
      series: drawn.map((key) => ({
        type: 'line',
        name: t(`vital.${key}`),
        symbolSize: 7,
        data: vitals.flatMap((vital) => (vital[key] === null ? [] : [[vital.at.getTime(), vital[key]]])),
      })),
    }),
    [vitals, t],
  )
  const awake = (vital: Vital) => (vital.consciousness ? t(`consciousness.${vital.consciousness}`) : '—')
  return (
    <Chart
      title={t('vitals')}
      option={option}
      table={{
        head: [
          t('vitals.at'),
          ...measures.map((key) => t(`vital.${key}`)),
          t('vital.consciousness'),
          t('note'),
        ],
        rows: vitals.map((vital) => [
          moment(vital.at),
          ...measures.map((key) => vital[key] ?? '—'),
          awake(vital),
          vital.note,
        ]),
      }}
    />
  )
}

/** The last measurement in one line, for a wall that is read from afar. */
export function LatestVitals({ vitals }: { vitals: readonly Vital[] }) {
  const t = useWords(dispatchWords)
  const { briefly } = useDates()
  const last = vitals.at(-1)
  if (!last) return <span className="tm-quiet">{t('vitals.none')}</span>
  const { heartRate, systolic, diastolic, spo2, breaths, consciousness } = last
  const pressure = systolic === null ? null : `${systolic}/${diastolic ?? '—'}`
  const shown = [
    heartRate === null ? null : t('latest.heart-rate', { value: heartRate }),
    pressure && t('latest.pressure', { value: pressure }),
    spo2 === null ? null : t('latest.spo2', { value: spo2 }),
    breaths === null ? null : t('latest.breaths', { value: breaths }),
    consciousness && t(`consciousness.${consciousness}`),
  ]
  return (
    <span className="tm-row">
      <b>{shown.filter(Boolean).join('　')}</b>
      <span className="tm-quiet">{briefly(last.at)}</span>
    </span>
  )
}
