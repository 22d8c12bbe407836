import { residentApi } from '@tongmai/api/resident'
import { To } from '../../kernel/route.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Card } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { residentWords } from './words.ts'

/** The household of a resident, masked. */
export function HouseholdCard({ residentId }: { residentId: string }) {
  const t = useWords(residentWords)
  const { age } = useDates()
  const live = { live: [`resident:${residentId}`] }
  const read = useRead(residentApi.readHousehold, { params: { id: residentId } }, live)
  return (
    <Card title={t('household.title')} flush={(read.data?.members.length ?? 0) > 0}>
      <Loaded read={read} rows={2}>
        {({ members }) =>
          members.length === 0 ? (
            <p className="tm-quiet">{t('household.none')}</p>
          ) : (
            <Table
              label={t('household.title')}
              rows={members}
              keyOf={({ id }) => id}
              columns={[
                {
                  key: 'name',
                  title: t('field.name'),
                  cell: (one) =>
                    one.id === residentId ? (
                      one.nameMasked
                    ) : (
                      <To to={`/residents/${one.id}`}>{one.nameMasked}</To>
                    ),
                },
                {
                  key: 'relation',
                  title: t('household.relation'),
                  cell: (one) => t(`relation.${one.relation}`),
                },
                {
                  key: 'age',
                  title: t('field.age'),
                  cell: (one) => (one.birthDate ? age(one.birthDate) : '—'),
                },
                { key: 'proxy', title: '', cell: (one) => (one.hasProxy ? t('household.proxy') : '') },
              ]}
            />
          )
        }
      </Loaded>
    </Card>
  )
}
