import type { Destination, PlaceWanted } from '@tongmai/api/referral/routing'
import type { ReactNode } from 'react'
import { useDates } from '../../kernel/use-dates.ts'
import { useSay, useWords } from '../../kernel/words.ts'
import { StateTag } from '../../ui/state-tag.tsx'
import { referralWords } from './words.ts'

interface CardProps {
  readonly destination: Destination
  readonly rank: number
  readonly place: PlaceWanted
  /** The button. */
  readonly children: ReactNode
}

/** One destination: how far, how soon, what it costs, and what made its place in the order. */
export function DestinationCard({ destination: one, rank, place, children }: CardProps) {
  const t = useWords(referralWords)
  const { moment, briefly } = useDates()
  const soon = () => {
    if (place === 'bed') {
      if (one.free === 0) return t('routing.no-place')
      return one.confirmedAt
        ? t('routing.free-beds', { free: one.free, age: briefly(one.confirmedAt) })
        : t('routing.free-beds-plain', { free: one.free })
    }
    return one.nextAt ? t('routing.next', { time: moment(one.nextAt) }) : t('routing.no-place')
  }
  const part = ({ code, value, weight }: Destination['parts'][number]) =>
    t('routing.part-of', {
      part: t(`routing.part.${code}`),
      value: value === null ? t('routing.unknown') : Math.round(value * 100),
      weight,
    })
  return (
    <li className="tm-card">
      <div className="tm-card-body" style={{ display: 'grid', gap: 6 }}>
        <span className="tm-row" style={{ justifyContent: 'space-between' }}>
          <b>
            {rank}. {one.institution} {one.department}
          </b>
          <span className="tm-line">{t('routing.score', { score: one.score })}</span>
        </span>
        <span className="tm-row">
          {one.minutes !== null && <span>{t('routing.minutes', { minutes: one.minutes })}</span>}
          <span>{soon()}</span>
        </span>
        <span className="tm-row">
          <Cost of={one} />
          {one.contracted && <StateTag tone="accent">{t('routing.contracted')}</StateTag>}
        </span>
        <span className="tm-quiet">
          {t('routing.doctors', { count: one.doctors })} · {t('routing.load', { count: one.openReferrals })}
        </span>
        <small className="tm-quiet">{one.parts.map(part).join(' · ')}</small>
        <span>{children}</span>
      </div>
    </li>
  )
}

/** Own share and total; where it cannot be reckoned, what is missing. */
function Cost({ of }: { of: Destination }) {
  const t = useWords(referralWords)
  const say = useSay()
  const { ownFen, totalFen, costUnknown } = of
  const yuan = (fen: number) => Math.round(fen / 100)
  if (ownFen !== null && totalFen !== null)
    return <span>{t('routing.own-of', { yuan: yuan(ownFen), total: yuan(totalFen) })}</span>
  const missing = costUnknown.map((code) => say(`benefit.unknown.${code}`)).join('、')
  return (
    <span className="tm-quiet">
      {missing ? t('routing.own-missing', { missing }) : t('routing.own-unknown')}
    </span>
  )
}
