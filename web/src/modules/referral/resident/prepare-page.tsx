import { referralApi } from '@tongmai/api/referral'
import { useSmallParam } from '../../../kernel/small-route.tsx'
import { useRead } from '../../../kernel/use-read.ts'
import { useWords } from '../../../kernel/words.ts'
import { Known } from '../../../ui/light/known.tsx'
import { Prepare } from '../../../ui/light/prepare.tsx'
import { myReferralWords } from './words.ts'

/** Getting ready for the visit that a referral leads to. */
export function PreparePage() {
  const t = useWords(myReferralWords)
  const id = useSmallParam('id')
  const read = useRead(referralApi.listMine, { query: { limit: 20 } }, { live: ['referral'] })
  return (
    <Known read={read}>
      {({ items }) => {
        const one = items.find((each) => each.id === id)
        if (!one) return <p className="me-quiet">{t('none')}</p>
        return (
          <Prepare
            id={id}
            at={one.at}
            place={[one.to, one.department, one.place].filter(Boolean).join(' ')}
            items={t('bring-always').split(/[、,] ?/)}
            instructions={one.instructions}
            institution={one.to}
            phone={one.toPhone}
          />
        )
      }}
    </Known>
  )
}
