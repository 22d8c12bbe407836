import { useState } from 'react'
import { kept } from '../../kernel/kept.ts'
import { meWords } from '../../kernel/resident-words.ts'
import { useDates } from '../../kernel/use-dates.ts'
import { useWords } from '../../kernel/words.ts'
import { Block, Dial, Row } from './block.tsx'
import { Ticks } from './choices.tsx'

const EARLY_MS = 20 * 60_000

interface PrepareProps {
  /** What is prepared for: the ticks are kept on the phone under it. */
  readonly id: string
  readonly at: Date | null
  /** Only the day is known. */
  readonly on?: string
  readonly place: string
  readonly items: readonly string[]
  /** What the hospital itself says about it. */
  readonly instructions: string
  readonly institution: string
  readonly phone: string | null
}

/** Getting ready for a visit: what to bring, to be ticked, when to be there, the way, and what to ask before. */
export function Prepare({ id, at, on, place, items, instructions, institution, phone }: PrepareProps) {
  const t = useWords(meWords)
  const { moment } = useDates()
  const [packed] = useState(() => kept<readonly string[]>(`packed.${id}`, []))
  const [ticked, setTicked] = useState(packed.get())
  const tick = (values: readonly string[]) => {
    packed.set(values)
    setTicked(values)
  }
  return (
    <>
      <Block title={t('prepare.bring')}>
        <Ticks values={ticked} options={items.map((value) => ({ value, label: value }))} onChange={tick} />
      </Block>
      <Block title={t('prepare.when')}>
        {at ? (
          <>
            <Row title={t('prepare.at')} end={moment(at)} />
            <Row title={t('prepare.be-there')} end={moment(new Date(at.getTime() - EARLY_MS))} />
          </>
        ) : on ? (
          <>
            <Row title={t('prepare.on')} end={on} />
            <p className="me-quiet">{t('prepare.on-hint')}</p>
          </>
        ) : (
          <p>{t('prepare.no-time')}</p>
        )}
      </Block>
      <Block title={t('prepare.way')}>
        <p>{place}</p>
        {phone && <Dial name={institution} phone={phone} />}
      </Block>
      <Block title={t('prepare.before')}>
        {instructions && <p>{instructions}</p>}
        <p>{t('prepare.fasting')}</p>
        <Row title={t('prepare.medicines')} to="/medicines" />
      </Block>
    </>
  )
}
