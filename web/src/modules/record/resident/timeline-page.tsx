import { recordApi } from '@tongmai/api/record'
import { useState } from 'react'
import { useSmallParam } from '../../../kernel/small-route.tsx'
import { useRead } from '../../../kernel/use-read.ts'
import { useWords } from '../../../kernel/words.ts'
import { Block } from '../../../ui/light/block.tsx'
import { Button } from '../../../ui/light/button.tsx'
import { Known } from '../../../ui/light/known.tsx'
import { FactRow } from './record-page.tsx'
import { recordResidentWords } from './words.ts'

const step = 30
const most = 200

/** Everything that happened to me, the latest first; more on demand. */
export function MyTimelinePage() {
  const t = useWords(recordResidentWords)
  const id = useSmallParam('id')
  const [limit, setLimit] = useState(step)
  const query = { offset: 0, limit }
  const read = useRead(recordApi.listMyTimeline, { params: { id }, query }, { keepPrevious: true })
  return (
    <Known read={read}>
      {({ items, total }) => (
        <>
          <Block>
            {items.length === 0 && <p>{t('none')}</p>}
            {items.map((fact) => (
              <FactRow key={`${fact.type}/${fact.id}`} fact={fact} residentId={id} />
            ))}
          </Block>
          {total > items.length && limit < most && (
            <Button quiet onClick={() => setLimit(Math.min(limit + step, most))}>
              {t('more')}
            </Button>
          )}
        </>
      )}
    </Known>
  )
}
