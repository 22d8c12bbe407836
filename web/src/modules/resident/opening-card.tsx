import { residentApi } from '@tongmai/api/resident'
import { Button } from 'antd'
import { useState } from 'react'
import { call } from '../../kernel/call.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { ExportButton } from '../../ui/data-table.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Card } from '../../ui/page.tsx'
import { alone } from './gathered.ts'
import { OpeningTable, useOpeningColumns } from './opening-table.tsx'
import { residentWords } from './words.ts'

const FIRST = 40
const MOST = 100

/** Who of my institution opened this record, for whoever answers for it. */
export function OpeningCard({ residentId }: { residentId: string }) {
  const t = useWords(residentWords)
  const [limit, setLimit] = useState(FIRST)
  const asked = { params: { id: residentId }, query: { offset: 0, limit } }
  const read = useRead(residentApi.listOpeningsOf, asked, { keepPrevious: true })
  const columns = useOpeningColumns()
  /** For the file each opening by itself. */
  const readPage = async (offset: number, most: number) => {
    const query = { offset, limit: most }
    const { items, total } = await call(residentApi.listOpeningsOf, { ...asked, query })
    return { items: items.map(alone), total }
  }
  const save = (read.data?.total ?? 0) > 0 && (
    <ExportButton label={t('openings.title')} columns={columns} readPage={readPage} />
  )
  return (
    <Card title={t('openings.title')} extra={save} flush={(read.data?.total ?? 0) > 0}>
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
