import { careplanApi } from '@tongmai/api/careplan'
import { measures, type SeriesKind } from '@tongmai/api/careplan/reading'
import { Button } from 'antd'
import { useState } from 'react'
import { useMay } from '../../kernel/session.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Card } from '../../ui/page.tsx'
import { Tally } from '../../ui/tally.tsx'
import { LendDialog } from './lend-dialog.tsx'
import { PersonPhotos } from './person-photos.tsx'
import { PersonStrips } from './person-strips.tsx'
import { SeriesChart } from './series-chart.tsx'
import { careplanWords } from './words.ts'

/** On a resident's page: the last reading of each kind and its curve, the devices they have, what rules found. */
export function PersonReadings({ residentId }: { residentId: string }) {
  const t = useWords(careplanWords)
  const may = useMay()
  const { ago, day } = useDates()
  const [chosen, setChosen] = useState<SeriesKind | null>(null)
  const [lending, setLending] = useState(false)
  const read = useRead(careplanApi.listLatest, { params: { id: residentId } }, { live: ['alert'] })
  const devices = useRead(careplanApi.listDevices, { query: { residentId, limit: 10 } }, { live: ['device'] })
  const lend = may('careplan.follow') && (
    <Button size="small" onClick={() => setLending(true)}>
      {t('device.lend')}
    </Button>
  )
  return (
    <Card title={t('reading.title')} extra={lend}>
      <Loaded read={read} rows={3}>
        {(latest) => {
          const [first] = latest
          if (!first) return <p className="tm-quiet">{t('reading.none')}</p>
          const kind = chosen ?? first.kind
          const shown = latest.find((one) => one.kind === kind) ?? first
          return (
            <>
              <Tally
                label={t('reading.title')}
                tabs={latest.map((one) => ({ key: one.kind, label: t(`kind.${one.kind}`) }))}
                value={kind}
                onChange={setChosen}
              />
              <p>
                <b>{[shown.value, shown.value2].filter((one) => one !== null).join('/')}</b>{' '}
                {measures[shown.kind].unit} <span className="tm-quiet">{ago(shown.at)}</span>
              </p>
              <SeriesChart key={kind} residentId={residentId} kind={kind} />
            </>
          )
        }}
      </Loaded>
      <PersonPhotos residentId={residentId} />
      <PersonStrips residentId={residentId} />
      {devices.data?.items.map((one) => (
        <p key={one.id} className="tm-quiet">
          {one.model} {one.serial} · {t('device.since')} {one.since && day(one.since)} · {one.agreement}
        </p>
      ))}
      {lending && <LendDialog residentId={residentId} onClose={() => setLending(false)} />}
    </Card>
  )
}
