import { referralApi } from '@tongmai/api/referral'
import { verdict } from '@tongmai/api/referral/watch'
import { To } from '../../kernel/route.tsx'
import { useMay } from '../../kernel/session.tsx'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { Card } from '../../ui/page.tsx'
import { referralWords } from './words.ts'

/** How the judged referrals came out; who may read the reviews opens them from each figure. */
export function ReviewRates() {
  const t = useWords(referralWords)
  const may = useMay()
  const rates = useRead(referralApi.reviewRates, {}, { live: ['case'] }).data
  if (!rates) return null
  const countOf = (of?: string) =>
    rates.filter((one) => of === undefined || one.verdict === of).reduce((all, { count }) => all + count, 0)
  const all = countOf()
  const share = all === 0 ? null : Math.round((countOf('appropriate') / all) * 1000) / 10
  return (
    <Card title={t('review.rates')}>
      {share === null ? (
        <p className="tm-quiet">{t('review.none-judged')}</p>
      ) : (
        <p>
          {t('review.share', { all })} <b>{share}%</b>{' '}
          {verdict.options.map((one) => {
            const said = `${t(`verdict.${one}`)} ${countOf(one)}`
            return (
              <span key={one} style={{ marginInlineStart: 12 }}>
                {may('referral.read') ? <To to={`/referral-reviews?list=${one}`}>{said}</To> : said}
              </span>
            )
          })}
        </p>
      )}
    </Card>
  )
}
