import { careplanApi } from '@tongmai/api/careplan'
import type { Strip } from '@tongmai/api/careplan/strip'
import { useState } from 'react'
import { useDates } from '../../../kernel/use-dates.ts'
import { useRead } from '../../../kernel/use-read.ts'
import { useWords } from '../../../kernel/words.ts'
import { Block, Row } from '../../../ui/light/block.tsx'
import { Button } from '../../../ui/light/button.tsx'
import { Known } from '../../../ui/light/known.tsx'
import { EcgPaper } from '../ecg-paper.tsx'
import { myCareWords } from './words.ts'

const SECONDS = 5

/** My ECG strips: each opens on its paper, five seconds at a time. */
export function MyStrips({ residentId }: { residentId: string }) {
  const t = useWords(myCareWords)
  const { moment } = useDates()
  const [open, setOpen] = useState<Strip | null>(null)
  const read = useRead(careplanApi.listMyStrips, { query: { residentId, limit: 10 } })
  const items = read.data?.items ?? []
  if (items.length === 0) return null
  return (
    <Block title={t('reading.ecg')}>
      {items.map((one) => (
        <div key={`${one.deviceId} ${one.seq}`}>
          <Row title={moment(one.at)} end={t('strip.seconds', { seconds: Math.round(one.seconds) })} />
          {open === one ? (
            <Pieces residentId={residentId} strip={one} />
          ) : (
            <Button quiet onClick={() => setOpen(one)}>
              {t('strip.open')}
            </Button>
          )}
        </div>
      ))}
    </Block>
  )
}

function Pieces({ residentId, strip }: { residentId: string; strip: Strip }) {
  const t = useWords(myCareWords)
  const [from, setFrom] = useState(0)
  const { deviceId, seq } = strip
  const params = { deviceId, seq }
  const query = { residentId, from, seconds: SECONDS }
  const read = useRead(careplanApi.readMyStrip, { params, query }, { keepPrevious: true })
  const part = t('strip.part', { from, to: Math.min(from + SECONDS, Math.round(strip.seconds)) })
  return (
    <Known read={read}>
      {(piece) => (
        <>
          <EcgPaper piece={piece} seconds={SECONDS} label={part} />
          <p className="me-quiet">
            {part} · {t('strip.plain')}
          </p>
          <div style={{ display: 'flex', gap: 8 }}>
            <Button quiet busy={from === 0} onClick={() => setFrom(from - SECONDS)}>
              {t('strip.earlier')}
            </Button>
            <Button quiet busy={from + SECONDS >= strip.seconds} onClick={() => setFrom(from + SECONDS)}>
              {t('strip.later')}
            </Button>
          </div>
        </>
      )}
    </Known>
  )
}
