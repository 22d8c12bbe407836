import { residentApi } from '@tongmai/api/resident'
import { Button } from 'antd'
import { useState } from 'react'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useSay, useWords } from '../../kernel/words.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Card } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { Table } from '../../ui/table.tsx'
import { type Gathered, gathered } from './gathered.ts'
import { residentWords } from './words.ts'

const FIRST = 40
const MOST = 100

/** What was opened, in a word. */
function thingOf(thing: string) {
  const [kind = ''] = thing.split(/[:/?]/)
  if (kind === 'record' || kind === 'card' || kind === 'identifier' || kind === 'consent')
    return `thing.${kind}` as const
  if (kind === 'phone' || kind === 'address') return `thing.${kind}` as const
  return kind === 'Patient' ? 'thing.card' : 'thing.other'
}

/** Who of my institution opened this record, for whoever answers for it. */
export function OpeningCard({ residentId }: { residentId: string }) {
  const t = useWords(residentWords)
  const say = useSay()
  const { moment } = useDates()
  const [limit, setLimit] = useState(FIRST)
  const asked = { params: { id: residentId }, query: { offset: 0, limit } }
  const read = useRead(residentApi.listOpeningsOf, asked, { keepPrevious: true })
  const what = ({ first, count }: Gathered) =>
    t(thingOf(first.thing)) + (count > 1 ? t('openings.times', { count }) : '')
  const purpose = ({ first: { purpose: said, objection } }: Gathered) => (
    <>
      {said} {objection && <StateTag tone="wait">{t('openings.objected')}</StateTag>}
    </>
  )
  return (
    <Card title={t('openings.title')} flush={(read.data?.total ?? 0) > 0}>
      <Loaded read={read} rows={2}>
        {({ items, total }) =>
          items.length === 0 ? (
            <p className="tm-quiet">{t('openings.none')}</p>
          ) : (
            <>
              <Table
                label={t('openings.title')}
                rows={gathered(items)}
                keyOf={({ first }) => first.id}
                columns={[
                  { key: 'at', title: t('openings.at'), cell: ({ first }) => moment(first.at) },
                  {
                    key: 'who',
                    title: t('openings.who'),
                    cell: ({ first }) => first.who ?? t('openings.system'),
                  },
                  { key: 'what', title: t('openings.what'), cell: what },
                  {
                    key: 'basis',
                    title: t('openings.basis'),
                    cell: ({ first }) => say(`resident.basis.${first.basis}`),
                  },
                  { key: 'purpose', title: t('openings.purpose'), cell: purpose },
                ]}
              />
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
