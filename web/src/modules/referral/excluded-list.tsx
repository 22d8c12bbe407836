import type { Ranking } from '@tongmai/api/referral/routing'
import { useWords } from '../../kernel/words.ts'
import { referralWords } from './words.ts'

/** Who is not offered and for which rules, folded until somebody asks. */
export function ExcludedList({ ranking }: { ranking: Ranking }) {
  const t = useWords(referralWords)
  if (ranking.excluded.length === 0) return null
  return (
    <details>
      <summary>{t('routing.excluded', { count: ranking.excludedOf })}</summary>
      <ul>
        {ranking.excluded.map((one) => (
          <li key={one.departmentId} className="tm-row">
            <b>
              {one.institution} {one.department}
            </b>
            <span className="tm-quiet">{one.why.map((why) => t(`routing.why.${why}`)).join('、')}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}
