import type { PanelResident } from '@tongmai/api/contract/panel'
import { Button } from 'antd'
import { To } from '../../kernel/route.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useWords } from '../../kernel/words.ts'
import type { Column } from '../../ui/column.ts'
import { StateTag, type Tone } from '../../ui/state-tag.tsx'
import { contractWords } from './words.ts'

const riskTones: Readonly<Record<NonNullable<PanelResident['risk']>, Tone>> = {
  low: 'good',
  medium: 'note',
  high: 'wait',
  veryHigh: 'bad',
}

interface PanelActs {
  readonly onCall: (row: PanelResident) => void
  readonly onWrite: (row: PanelResident) => void
  readonly onVisit: (row: PanelResident) => void
}

/** One resident of the panel: who, why they are on the list, what is owed, when somebody last spoke to them. */
export function usePanelColumns({ onCall, onWrite, onVisit }: PanelActs): Column<PanelResident>[] {
  const t = useWords(contractWords)
  const dates = useDates()
  const groups = (row: PanelResident) => row.groups.map((one) => t(`group.${one}`)).join('、')
  const measured = ({ badly }: PanelResident) =>
    badly ? t('mine.badly', { what: badly.what, at: dates.briefly(badly.at) }) : ''
  const why = (row: PanelResident) => row.callFor.map((one) => t(`mine.why.${one}`)).join('、')
  const owed = ({ overdue, due }: PanelResident) =>
    [overdue > 0 && t('mine.overdue', { count: overdue }), due > 0 && t('mine.due', { count: due })]
      .filter(Boolean)
      .join('，')
  const last = ({ lastCall }: PanelResident) =>
    lastCall ? `${dates.briefly(lastCall.at)} ${t(`outcome.${lastCall.outcome}`)}` : t('mine.never')
  return [
    {
      key: 'person',
      title: t('person'),
      width: 190,
      cell: (row) => (
        <>
          <To to={`/contracts/${row.contractId}`}>{row.resident.nameMasked}</To>{' '}
          <span className="tm-quiet">{row.resident.birthDate && dates.age(row.resident.birthDate)}</span>{' '}
          {row.dischargedOn && (
            <StateTag tone="wait">{t('mine.discharged', { day: row.dischargedOn })}</StateTag>
          )}
        </>
      ),
      text: ({ resident }) => resident.nameMasked,
    },
    {
      key: 'groups',
      title: t('mine.group'),
      cell: (row) => (
        <>
          {row.risk && <StateTag tone={riskTones[row.risk]}>{t(`mine.risk.${row.risk}`)}</StateTag>}{' '}
          {groups(row)}
        </>
      ),
      text: (row) => [row.risk && t(`mine.risk.${row.risk}`), groups(row)].filter(Boolean).join('、'),
    },
    {
      key: 'why',
      title: t('mine.why'),
      cell: (row) => (
        <>
          {row.badly && <div className={row.badly.critical ? 'tm-bad' : ''}>{measured(row)}</div>}
          {row.callFor.length > 0 && <div className="tm-quiet">{why(row)}</div>}
        </>
      ),
      text: (row) => [measured(row), why(row)].filter(Boolean).join('；'),
    },
    {
      key: 'next',
      title: t('mine.next'),
      cell: (row) => (
        <>
          {row.next && `${row.next.item} ${row.next.dueOn}`}
          <div className={row.overdue > 0 ? 'tm-bad' : 'tm-quiet'}>{owed(row)}</div>
        </>
      ),
      text: (row) => `${row.next?.item ?? ''} ${owed(row)}`,
    },
    {
      key: 'doctor',
      title: t('doctor'),
      wide: true,
      cell: ({ doctor }) => doctor.name,
      text: ({ doctor }) => doctor.name,
    },
    { key: 'call', title: t('mine.last-call'), wide: true, cell: last, text: last },
    {
      key: 'act',
      title: '',
      align: 'right',
      cell: (row) => (
        <span className="tm-row" style={{ justifyContent: 'flex-end', flexWrap: 'nowrap' }}>
          <Button size="small" type="text" onClick={() => onWrite(row)}>
            {t('advice.write')}
          </Button>
          <Button size="small" type="text" onClick={() => onVisit(row)}>
            {t('visit.plan-short')}
          </Button>
          <Button size="small" type="text" onClick={() => onCall(row)}>
            {t('mine.call')}
          </Button>
        </span>
      ),
    },
  ]
}
