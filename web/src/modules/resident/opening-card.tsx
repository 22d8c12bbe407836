import { residentApi } from '@tongmai/api/resident'
import { Button } from 'antd'
import { useState } from 'react'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Card } from '../../ui/page.tsx'
import { OpeningTable } from './opening-table.tsx'
import { residentWords } from './words.ts'

const FIRST = 40
const MOST = 100

/** Who of my institution opened this record, for whoever answers for it. */
export function OpeningCard({ residentId }: { residentId: string }) {
  const t = useWords(residentWords)
  const [limit, setLimit] = useState(FIRST)
  const asked = { params: { id: residentId }, query: { offset: 0, limit } }
  const read = useRead(residentApi.listOpeningsOf, asked, { keepPrevious: true })
  return (
    <Card title={t('openings.title')} flush={(read.data?.total ?? 0) > 0}>
      <Loaded read={read} rows={2}>
        {({ items, total }) =>
          items.length === 0 ? (
            <p className="tm-quiet">{t('openings.none')}</p>
          ) : (
            <>
              <OpeningTable openings={items} />
              {total > items.length && limit < MOST && (
                <Button type="link" size="small" onClick={() => setLimit(Math.min(limit + 30, MOST))}>
                  {t('openings.more')}
                </Button>
              )}
            </>
          )
        }
      </Loaded>
    </Card>
  )
}
