import { careplanApi } from '@tongmai/api/careplan'
import type { Strip } from '@tongmai/api/careplan/strip'
import { Button, Select } from 'antd'
import { useState } from 'react'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { EcgPaper } from './ecg-paper.tsx'
import { careplanWords } from './words.ts'

const SECONDS = 10

/** The ECG strips of a resident: one at a time, ten seconds at a time. */
export function PersonStrips({ residentId }: { residentId: string }) {
  const t = useWords(careplanWords)
  const { moment } = useDates()
  const params = { id: residentId }
  const read = useRead(careplanApi.listStrips, { params, query: { limit: 50 } }, { live: ['reading'] })
  const [chosen, setChosen] = useState<Strip | null>(null)
  const items = read.data?.items ?? []
  const shown = chosen ?? items[0]
  if (!shown) return null
  const keyOf = (one: Strip) => `${one.deviceId} ${one.seq}`
  return (
    <section>
      <p>
        <b>{t('kind.ecg')}</b>{' '}
        <Select
          size="small"
          value={keyOf(shown)}
          aria-label={t('strip.choose')}
          options={items.map((one) => ({
            value: keyOf(one),
            label: `${moment(one.at)}（${t('strip.seconds', { seconds: Math.round(one.seconds) })}）`,
          }))}
          onChange={(key) => setChosen(items.find((one) => keyOf(one) === key) ?? null)}
        />
      </p>
      <Pieces key={keyOf(shown)} residentId={residentId} strip={shown} />
    </section>
  )
}

function Pieces({ residentId, strip }: { residentId: string; strip: Strip }) {
  const t = useWords(careplanWords)
  const [from, setFrom] = useState(0)
  const params = { id: residentId, deviceId: strip.deviceId, seq: strip.seq }
  const query = { from, seconds: SECONDS }
  const read = useRead(careplanApi.readStrip, { params, query }, { keepPrevious: true })
  const to = Math.min(from + SECONDS, Math.round(strip.seconds))
  return (
    <>
      <Loaded read={read} rows={4}>
        {(piece) => (
          <EcgPaper
            piece={piece}
            seconds={SECONDS}
            label={`${t('kind.ecg')} ${t('strip.part', { from, to })}`}
          />
        )}
      </Loaded>
      <p className="tm-quiet">
        {t('strip.part', { from, to })} · {t('strip.paper')} · {strip.hertz} Hz{' '}
        <Button size="small" disabled={from === 0} onClick={() => setFrom(from - SECONDS)}>
          {t('strip.earlier')}
        </Button>{' '}
        <Button
          size="small"
          disabled={from + SECONDS >= strip.seconds}
          onClick={() => setFrom(from + SECONDS)}
        >
          {t('strip.later')}
        </Button>
      </p>
    </>
  )
}
