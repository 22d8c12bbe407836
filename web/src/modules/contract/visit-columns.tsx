import { contractApi } from '@tongmai/api/contract'
import type { HomeVisit, VisitStatus } from '@tongmai/api/contract/visit'
import { Button } from 'antd'
import { To } from '../../kernel/route.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import type { Column } from '../../ui/column.ts'
import { StateTag, type Tone } from '../../ui/state-tag.tsx'
import { useTellRefused } from '../../ui/tell.tsx'
import type { Doing } from './visit-dialogs.tsx'
import { contractWords } from './words.ts'

const tones: Readonly<Record<VisitStatus, Tone>> = {
  planned: 'wait',
  underWay: 'note',
  done: 'good',
  cancelled: 'idle',
}

/** One visit of a day: which it is, when, to whom, for what, and the next act. */
export function useVisitColumns(onDo: (doing: Doing) => void): Column<HomeVisit>[] {
  const t = useWords(contractWords)
  const { briefly, age } = useDates()
  const been = (row: HomeVisit) =>
    [
      row.startedAt && t('visit.started-at', { at: briefly(row.startedAt) }),
      row.finishedAt && t('visit.finished-at', { at: briefly(row.finishedAt) }),
    ]
      .filter(Boolean)
      .join('，')
  return [
    { key: 'seq', title: t('visit.seq'), width: 60, cell: ({ seq }) => seq ?? '—' },
    {
      key: 'arrives',
      title: t('visit.arrives'),
      width: 130,
      cell: ({ arrivesAt, travelMinutes, place }) => (
        <>
          {arrivesAt && <b>{briefly(arrivesAt)}</b>}
          <div className={place ? 'tm-quiet' : 'tm-bad'}>
            {!place && t('visit.no-place')}
            {place && travelMinutes !== null && t('visit.travel', { minutes: travelMinutes })}
          </div>
        </>
      ),
    },
    {
      key: 'person',
      title: t('person'),
      width: 130,
      cell: ({ resident, contractId }) => (
        <>
          <To to={`/contracts/${contractId}`}>{resident.nameMasked}</To>{' '}
          <span className="tm-quiet">{resident.birthDate && age(resident.birthDate)}</span>
        </>
      ),
    },
    {
      key: 'reason',
      title: t('visit.reason'),
      cell: (row) => (
        <>
          {row.reason}
          {row.note && <div>{row.note}</div>}
          <div className="tm-quiet">{been(row) || t('visit.stay', { minutes: row.minutes })}</div>
        </>
      ),
    },
    {
      key: 'window',
      title: t('visit.window'),
      short: true,
      cell: ({ from, until }) => {
        if (from && until) return `${from}–${until}`
        if (from) return t('visit.after', { from })
        return until ? t('visit.before', { until }) : t('visit.any-time')
      },
    },
    {
      key: 'status',
      title: t('status'),
      short: true,
      cell: ({ status }) => <StateTag tone={tones[status]}>{t(`visit.status.${status}`)}</StateTag>,
    },
    { key: 'act', title: '', align: 'right', cell: (row) => <Acts visit={row} onDo={onDo} /> },
  ]
}

/** Where the device is now; null where it cannot tell, so that an act does not wait for it. */
const here = (): Promise<{ latitude: number; longitude: number } | null> =>
  new Promise((found) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => found({ latitude: coords.latitude, longitude: coords.longitude }),
      () => found(null),
      { enableHighAccuracy: true, timeout: 8000 },
    )
  })

function Acts({ visit, onDo }: { visit: HomeVisit; onDo: (doing: Doing) => void }) {
  const t = useWords(contractWords)
  const tellRefused = useTellRefused()
  const start = useWrite(contractApi.startVisit, { touches: ['contract'] })
  const begin = async () =>
    start.mutate({ params: { id: visit.id }, body: { place: await here() } }, { onError: tellRefused })
  return (
    <span className="tm-row" style={{ justifyContent: 'flex-end' }}>
      {visit.status === 'planned' && (
        <>
          <Button size="small" type="text" onClick={() => onDo({ act: 'place', visit })}>
            {t('visit.set-place')}
          </Button>
          <Button size="small" type="primary" ghost loading={start.isPending} onClick={() => void begin()}>
            {t('visit.start')}
          </Button>
        </>
      )}
      {visit.status === 'underWay' && (
        <Button size="small" type="primary" onClick={() => onDo({ act: 'finish', visit })}>
          {t('visit.finish')}
        </Button>
      )}
      {(visit.status === 'planned' || visit.status === 'underWay') && (
        <Button size="small" type="text" onClick={() => onDo({ act: 'cancel', visit })}>
          {t('visit.cancel')}
        </Button>
      )}
    </span>
  )
}
