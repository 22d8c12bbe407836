import { contractApi } from '@tongmai/api/contract'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Card } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import type { Period } from './indicator-period.tsx'
import { contractWords } from './words.ts'

/** The census of beds at home, community by community, counts only. */
export function BedWatch({ period }: { period: Period }) {
  const t = useWords(contractWords)
  const read = useRead(contractApi.watchBeds, { query: period }, { keepPrevious: true })
  return (
    <Card title={t('bed.of-communities')} flush>
      <Loaded read={read} rows={4}>
        {(rows) => (
          <Table
            label={t('bed.of-communities')}
            rows={rows}
            keyOf={(row) => row.community.id}
            columns={[
              { key: 'community', title: t('community'), cell: (row) => row.community.name },
              { key: 'inBed', title: t('bed.in-bed'), align: 'right', cell: (row) => row.inBed },
              { key: 'late', title: t('bed.overdue'), align: 'right', cell: (row) => row.reviewOverdue },
              { key: 'opened', title: t('bed.opened'), align: 'right', cell: (row) => row.opened },
              { key: 'closed', title: t('bed.closed'), align: 'right', cell: (row) => row.closed },
              { key: 'days', title: t('bed.bed-days'), align: 'right', cell: (row) => row.bedDays },
              {
                key: 'outcomes',
                title: t('bed.outcomes'),
                wide: true,
                cell: (row) =>
                  row.outcomes.map((one) => `${t(`bed.outcome.${one.outcome}`)} ${one.count}`).join('、') ||
                  '—',
              },
            ]}
          />
        )}
      </Loaded>
    </Card>
  )
}
