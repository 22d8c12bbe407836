import { careplanApi } from '@tongmai/api/careplan'
import { useSmallParam } from '../../../kernel/small-route.tsx'
import { useRead } from '../../../kernel/use-read.ts'
import { useWords } from '../../../kernel/words.ts'
import { Known } from '../../../ui/light/known.tsx'
import { Prepare } from '../../../ui/light/prepare.tsx'
import { myCareWords } from './words.ts'

/** Getting ready for a follow-up of one's plan. */
export function PreparePage() {
  const t = useWords(myCareWords)
  const id = useSmallParam('id')
  const query = { status: 'due' as const, limit: 20 }
  const read = useRead(careplanApi.listMyFollowUps, { query }, { live: ['careplan'] })
  return (
    <Known read={read}>
      {({ items }) => {
        const one = items.find((each) => each.id === id)
        if (!one) return <p className="me-quiet">{t('prepare.none')}</p>
        return (
          <Prepare
            id={id}
            at={null}
            on={one.dueOn}
            place={one.institution}
            items={t('prepare.items').split(/[、,] ?/)}
            instructions={one.reason}
            institution={one.institution}
            phone={null}
          />
        )
      }}
    </Known>
  )
}
