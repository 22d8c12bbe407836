import { referralApi } from '@tongmai/api/referral'
import { Button } from 'antd'
import { To, useGo } from '../../kernel/route.tsx'
import { useMay } from '../../kernel/session.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Card } from '../../ui/page.tsx'
import { State } from './state.tsx'
import { referralWords } from './words.ts'

/** On a resident's page: their referrals that my institution is a party of, and the way to write one. */
export function PersonReferrals({ residentId }: { residentId: string }) {
  const t = useWords(referralWords)
  const go = useGo()
  const may = useMay()
  const { briefly } = useDates()
  const read = useRead(
    referralApi.list,
    { query: { residentId, sort: 'newest', limit: 20 } },
    { live: ['referral'] },
  )
  return (
    <Card
      title={t('title')}
      extra={
        may('referral.write') && (
          <span className="tm-row">
            <Button size="small" onClick={() => go(`/advices/new?resident=${residentId}`)}>
              {t('advice.new')}
            </Button>
            <Button type="primary" size="small" onClick={() => go(`/referrals/new?resident=${residentId}`)}>
              {t('new')}
            </Button>
          </span>
        )
      }
    >
      <Loaded read={read} rows={2}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="tm-quiet">{t('empty')}</p>
          ) : (
            <ul style={{ listStyle: 'none', padding: 0, margin: 0 }}>
              {items.map((line) => (
                <li key={line.id} className="tm-row">
                  <To to={`/referrals/${line.id}`}>
                    {t(`direction.${line.direction}`)} {line.to.shortName} {line.diagnosis ?? ''}
                  </To>
                  <State status={line.status} />
                  <span className="tm-quiet">{briefly(line.since)}</span>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Card>
  )
}
