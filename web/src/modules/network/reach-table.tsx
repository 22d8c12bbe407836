import { type Reach, roadApi } from '@tongmai/api/network/road'
import { Button } from 'antd'
import { useState } from 'react'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import type { Column } from '../../ui/column.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Table } from '../../ui/table.tsx'
import { networkWords } from './words.ts'

const FIRST = 8
const live = ['network.roads-imported', 'network.road-closed', 'network.road-opened']

/** How long it takes from here to every other institution over the open roads, nearest first, beside the distance by air. */
export function ReachTable({ institutionId }: { institutionId: string }) {
  const t = useWords(networkWords)
  const [all, setAll] = useState(false)
  const read = useRead(roadApi.listReach, { params: { id: institutionId } }, { live })
  const columns: Column<Reach>[] = [
    { key: 'name', title: t('reach.to'), cell: ({ name }) => name },
    {
      key: 'minutes',
      title: t('reach.minutes'),
      short: true,
      align: 'right',
      cell: ({ minutes }) =>
        minutes === null ? t('reach.no-road') : t('road.minutes-of', { minutes: Math.round(minutes) }),
    },
    {
      key: 'air',
      title: t('reach.air'),
      short: true,
      align: 'right',
      cell: ({ airKm }) => t('reach.km', { km: airKm }),
    },
  ]
  return (
    <Loaded read={read}>
      {(reach) =>
        reach.length === 0 ? (
          <Nothing title={t('reach.none')} />
        ) : (
          <>
            <Table
              label={t('institution.reach')}
              columns={columns}
              rows={all ? reach : reach.slice(0, FIRST)}
              keyOf={(one) => one.institutionId}
              rowTo={(one) => `/institutions/${one.institutionId}`}
            />
            {!all && reach.length > FIRST && (
              <Button type="link" onClick={() => setAll(true)}>
                {t('reach.all', { count: reach.length })}
              </Button>
            )}
          </>
        )
      }
    </Loaded>
  )
}
