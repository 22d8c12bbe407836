import { capacityApi } from '@tongmai/api/capacity'
import { useSmallParam } from '../../../kernel/small-route.tsx'
import { useRead } from '../../../kernel/use-read.ts'
import { useWords } from '../../../kernel/words.ts'
import { Known } from '../../../ui/light/known.tsx'
import { Prepare } from '../../../ui/light/prepare.tsx'
import { myBookingWords } from './words.ts'

/** Getting ready for a booked visit or examination. */
export function PreparePage() {
  const t = useWords(myBookingWords)
  const id = useSmallParam('id')
  const read = useRead(capacityApi.listMyBookings, { query: { limit: 20 } }, { live: ['capacity'] })
  return (
    <Known read={read}>
      {({ items }) => {
        const one = items.find((each) => each.id === id)
        if (!one) return <p className="me-quiet">{t('none')}</p>
        return (
          <Prepare
            id={id}
            at={one.at}
            place={[one.institution, one.department, one.room].filter(Boolean).join(' ')}
            items={t('bring').split(/[、,] ?/)}
            instructions=""
            institution={one.institution}
            phone={one.phone}
          />
        )
      }}
    </Known>
  )
}
