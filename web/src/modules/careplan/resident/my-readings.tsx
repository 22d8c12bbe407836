import { careplanApi } from '@tongmai/api/careplan'
import { type Latest, measures, type SeriesKind, seriesKind } from '@tongmai/api/careplan/reading'
import { useCallback, useState } from 'react'
import { timeNow } from '../../../kernel/clock.ts'
import { keepFile } from '../../../kernel/kept-file.ts'
import { type Refused, refusedFrom } from '../../../kernel/refused.ts'
import { useDates } from '../../../kernel/use-dates.ts'
import { useForm } from '../../../kernel/use-form.ts'
import { useRead } from '../../../kernel/use-read.ts'
import { useSend } from '../../../kernel/use-send.ts'
import { useWords } from '../../../kernel/words.ts'
import { ForWhom } from '../../../shell/for-whom.tsx'
import { Block, Row } from '../../../ui/light/block.tsx'
import { Button } from '../../../ui/light/button.tsx'
import { Choices } from '../../../ui/light/choices.tsx'
import { DraftNote } from '../../../ui/light/draft-note.tsx'
import { Entry } from '../../../ui/light/entry.tsx'
import { Known, Sorry } from '../../../ui/light/known.tsx'
import { Photo } from '../../../ui/light/photo.tsx'
import { MyCurve } from './my-curve.tsx'
import { MyPhotos } from './my-photos.tsx'
import { MyStrips } from './my-strips.tsx'
import { myCareWords } from './words.ts'

/** What I measured: write it down, see how it goes, which devices I have. */
export function MyReadings() {
  const t = useWords(myCareWords)
  return (
    <ForWhom title={t('reading.who')}>
      {(residentId) => (
        <>
          <Measure residentId={residentId} />
          <Shown residentId={residentId} />
          <MyPhotos residentId={residentId} />
          <MyStrips residentId={residentId} />
        </>
      )}
    </ForWhom>
  )
}

const empty = { kind: '' as SeriesKind | '', first: '', second: '', photoHash: '' }
const touches = ['reading']

/** Written down also without a connection; it is sent once, when there is one. */
function Measure({ residentId }: { residentId: string }) {
  const t = useWords(myCareWords)
  const form = useForm(`reading:${residentId}`, empty)
  const { first, second, photoHash } = form.value
  const [last, setLast] = useState<SeriesKind | ''>('')
  // Whoever measures again measures the same, most often.
  const kind = form.value.kind || last
  const [taken, setTaken] = useState(0)
  const [refused, setRefused] = useState<Refused | null>(null)
  const write = useSend(careplanApi.measure, {
    what: 'careplan.reading.title',
    touches,
    onKept: useCallback(() => {
      setLast(kind)
      form.discard()
      setTaken((before) => before + 1)
    }, [kind, form.discard]),
  })
  const isPair = kind === 'bloodPressure'
  const ready = kind !== '' && first !== '' && (!isPair || second !== '')
  const send = () => {
    if (kind === '') return
    const value2 = isPair ? Number(second) : null
    const body = { residentId, kind, at: timeNow(), value: Number(first), value2 }
    void write.send({ body: { ...body, photoHash: photoHash || null } }, photoHash ? [photoHash] : [])
  }
  const keep = async (photo: File | null) => {
    form.change({ photoHash: '' })
    setRefused(null)
    try {
      if (photo) form.change({ photoHash: await keepFile(photo) })
    } catch (error) {
      setRefused(refusedFrom(error))
    }
  }
  const label = (name: string) => (kind ? `${name}（${measures[kind].unit}）` : name)
  return (
    <Block title={t('reading.write')}>
      <DraftNote form={form} />
      <Choices
        name={t('reading.write')}
        value={kind}
        options={seriesKind.options
          .filter((one) => one !== 'steps')
          .map((one) => ({ value: one, label: t(`reading.${one}`) }))}
        onChange={(next) => form.change({ kind: seriesKind.options.find((one) => one === next) ?? '' })}
      />
      {kind && (
        <Entry
          type="number"
          label={label(isPair ? t('reading.upper') : t(`reading.${kind}`))}
          value={first}
          onChange={(next) => form.change({ kind, first: next })}
        />
      )}
      {isPair && (
        <Entry
          type="number"
          label={label(t('reading.lower'))}
          value={second}
          onChange={(next) => form.change({ kind, second: next })}
        />
      )}
      {kind && (
        <>
          <Photo key={taken} label={t('reading.photo')} onChange={(photo) => void keep(photo)} />
          <p className="me-quiet">{t(photoHash ? 'reading.photo-kept' : 'reading.photo-hint')}</p>
        </>
      )}
      <Sorry refused={refused ?? write.error} />
      {write.state && first === '' && (
        <p role="status">{t(write.state === 'sent' ? 'reading.kept' : 'reading.waits')}</p>
      )}
      {kind && (
        <Button busy={!ready || write.busy} onClick={send}>
          {t('reading.keep')}
        </Button>
      )}
    </Block>
  )
}

function Shown({ residentId }: { residentId: string }) {
  const t = useWords(myCareWords)
  const { day, ago } = useDates()
  const [open, setOpen] = useState<SeriesKind | null>(null)
  const read = useRead(careplanApi.listMyLatest, { query: { residentId } }, { live: ['reading'] })
  const numbers = ({ value, value2 }: Latest) => [value, value2].filter((one) => one !== null).join('/')
  return (
    <Known read={read}>
      {({ latest, devices }) => (
        <>
          <Block title={t('reading.title')}>
            {latest.length === 0 && <p className="me-quiet">{t('reading.none')}</p>}
            {latest.map((one) => (
              <div key={one.kind}>
                <Row
                  title={t(`reading.${one.kind}`)}
                  detail={ago(one.at)}
                  end={`${numbers(one)} ${measures[one.kind].unit}`}
                />
                {open === one.kind ? (
                  <MyCurve residentId={residentId} kind={one.kind} />
                ) : (
                  <Button quiet onClick={() => setOpen(one.kind)}>
                    {t('reading.curve')}
                  </Button>
                )}
              </div>
            ))}
          </Block>
          {devices.length > 0 && (
            <Block title={t('reading.devices')}>
              {devices.map((one) => (
                <Row
                  key={one.id}
                  title={one.model}
                  detail={one.lastAt ? t('reading.heard', { ago: ago(one.lastAt) }) : t('reading.unheard')}
                  end={day(one.since)}
                />
              ))}
            </Block>
          )}
        </>
      )}
    </Known>
  )
}
