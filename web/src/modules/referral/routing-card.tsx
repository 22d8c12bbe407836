import { routingApi } from '@tongmai/api/referral/routing'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { Card } from '../../ui/page.tsx'
import { referralWords } from './words.ts'

/** What was advised when the receiver was chosen; nothing where nobody asked. */
export function RoutingCard({ referralId }: { referralId: string }) {
  const t = useWords(referralWords)
  const { briefly } = useDates()
  const read = useRead(routingApi.readRouting, { params: { id: referralId } }, { live: ['referral.routed'] })
  const [last] = read.data ?? []
  if (!last) return null
  const { rank, first, reason, why, by, at } = last
  return (
    <Card title={t('routing.advised')} extra={<span className="tm-quiet">{`${by} ${briefly(at)}`}</span>}>
      <p>{rank === null ? t('routing.chose-other') : t('routing.chose-rank', { rank })}</p>
      {why.length > 0 && <p className="tm-quiet">{why.map((one) => t(`routing.why.${one}`)).join('、')}</p>}
      {first && rank !== 1 && (
        <p className="tm-quiet">
          {t('routing.first-was', { place: `${first.institution} ${first.department}` })}
        </p>
      )}
      {reason && <p>{t('routing.reason', { reason })}</p>}
    </Card>
  )
}
