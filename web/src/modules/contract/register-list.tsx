import { contractApi } from '@tongmai/api/contract'
import { type PriorityGroup, priorityGroup } from '@tongmai/api/contract/package'
import type { Register } from '@tongmai/api/contract/register'
import { Button } from 'antd'
import { useState } from 'react'
import { To } from '../../kernel/route.tsx'
import { useMay } from '../../kernel/session.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { Nothing } from '../../ui/nothing.tsx'
import { Page } from '../../ui/page.tsx'
import { WholeTable } from '../../ui/whole-table.tsx'
import { GroupRules } from './group-rules.tsx'
import { ImportRegister } from './import-register.tsx'
import { contractWords } from './words.ts'

/** The register of every priority group, imported or not, and by what else people belong to one. */
export function RegisterList() {
  const t = useWords(contractWords)
  const { moment } = useDates()
  const may = useMay()
  const [taking, setTaking] = useState<PriorityGroup | null>(null)
  const read = useRead(contractApi.listRegisters, {}, { live: ['contract'] })
  const kept = new Map(read.data?.map((one) => [one.group, one]))
  const rows = priorityGroup.options.map(
    (group): Register => kept.get(group) ?? { group, people: 0, sources: [], changedAt: null },
  )
  const changed = ({ changedAt }: Register) => (changedAt ? moment(changedAt) : t('register.none'))
  const people = ({ people: count }: Register) => t('register.count', { count })
  return (
    <Page title={t('register.title')} hint={t('register.hint')}>
      <WholeTable
        label={t('register.title')}
        read={read}
        rows={rows}
        keyOf={(row) => row.group}
        empty={<Nothing title={t('register.none')} />}
        columns={[
          { key: 'group', title: t('register.group'), cell: (row) => t(`group.${row.group}`) },
          {
            key: 'people',
            title: t('register.people'),
            align: 'right',
            text: (row) => String(row.people),
            cell: (row) =>
              row.people > 0 ? <To to={`/contract-registers/${row.group}`}>{people(row)}</To> : '—',
          },
          { key: 'sources', title: t('register.sources'), cell: (row) => row.sources.join('；') || '—' },
          { key: 'changed', title: t('register.changed'), short: true, cell: changed, text: changed },
          {
            key: 'act',
            title: '',
            align: 'right',
            cell: (row) =>
              may('contract.manage') && (
                <Button size="small" onClick={() => setTaking(row.group)}>
                  {t('register.import')}
                </Button>
              ),
          },
        ]}
      />
      <GroupRules />
      {taking && <ImportRegister group={taking} onClose={() => setTaking(null)} />}
    </Page>
  )
}
