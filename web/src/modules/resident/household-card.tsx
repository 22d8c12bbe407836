import { residentApi } from '@tongmai/api/resident'
import type { HouseholdMember } from '@tongmai/api/resident/person'
import { Button } from 'antd'
import { To } from '../../kernel/route.tsx'
import { useMay } from '../../kernel/session.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { useConfirm } from '../../ui/confirm.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Card } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { RefusalNote } from '../../ui/tell.tsx'
import { residentWords } from './words.ts'

/** The household of a resident, masked. */
export function HouseholdCard({ residentId }: { residentId: string }) {
  const t = useWords(residentWords)
  const { age } = useDates()
  const live = { live: [`resident:${residentId}`] }
  const may = useMay()
  const confirm = useConfirm()
  const remove = useWrite(residentApi.removeFromHousehold, {
    touches: ['resident', `resident:${residentId}`],
  })
  const canGo = (one: HouseholdMember, all: readonly HouseholdMember[]) =>
    may('resident.register') && (one.relation !== '0' || all.length === 1)
  const take = (one: HouseholdMember) => () =>
    confirm({
      label: t('household.remove'),
      confirm: t('household.remove-hint', { name: one.nameMasked }),
      danger: true,
      run: () => remove.mutate({ params: { id: residentId }, body: { memberId: one.id } }),
    })
  const out = (one: HouseholdMember) => (
    <Button size="small" type="text" onClick={take(one)}>
      {t('household.remove')}
    </Button>
  )
  const read = useRead(residentApi.readHousehold, { params: { id: residentId } }, live)
  return (
    <Card title={t('household.title')} flush={(read.data?.members.length ?? 0) > 0}>
      <RefusalNote refused={remove.error} />
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
                { key: 'remove', title: '', cell: (one) => canGo(one, members) && out(one) },
              ]}
            />
          )
        }
      </Loaded>
    </Card>
  )
}
