import { contractApi } from '@tongmai/api/contract'
import { priorityGroup } from '@tongmai/api/contract/package'
import { type PanelResident, panelView, risk as riskOf } from '@tongmai/api/contract/panel'
import { useState } from 'react'
import * as z from 'zod/mini'
import { call } from '../../kernel/call.ts'
import { useSearch } from '../../kernel/route.tsx'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { FilterSelect } from '../../ui/filter-select.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Page } from '../../ui/page.tsx'
import { Tally } from '../../ui/tally.tsx'
import { CallDialog } from './call-dialog.tsx'
import { usePanelColumns } from './panel-columns.tsx'
import { VisitPlanDialog } from './visit-plan-dialog.tsx'
import { contractWords } from './words.ts'
import { WriteDialog } from './write-dialog.tsx'

const LIMIT = 50
const search = z.object({
  view: z._default(panelView, 'all'),
  group: z.optional(priorityGroup),
  risk: z.optional(riskOf),
  doctorId: z.optional(z.string()),
  offset: z._default(z.coerce.number(), 0),
})

/** The residents under contract with my team: who needs something first, and why. */
export function ResidentList() {
  const t = useWords(contractWords)
  const [filter, setFilter] = useSearch(search)
  const { view, offset, ...rest } = filter
  const query = { ...rest, view }
  const read = useRead(
    contractApi.listPanel,
    { query: { ...query, offset, limit: LIMIT } },
    { live: ['contract'], keepPrevious: true },
  )
  const [calling, setCalling] = useState<PanelResident | null>(null)
  const [visiting, setVisiting] = useState<PanelResident | null>(null)
  const [writing, setWriting] = useState<PanelResident | null>(null)
  const columns = usePanelColumns({ onCall: setCalling, onWrite: setWriting, onVisit: setVisiting })
  const counts = read.data?.counts
  return (
    <Page title={t('mine.title')} hint={t('mine.hint')}>
      <Tally
        label={t('mine.title')}
        tabs={panelView.options.map((key) => ({
          ...{ key, label: t(`mine.view.${key}`), count: counts?.[key] },
          bad: ['toCall', 'badly', 'yesterday', 'overdue'].includes(key),
        }))}
        value={view}
        onChange={(next) => setFilter({ view: next, offset: 0 })}
      />
      <DataTable
        label={`${t('mine.title')} ${t(`mine.view.${view}`)}`}
        columns={columns}
        read={read}
        keyOf={(row) => row.contractId}
        rowTo={(row) => `/contracts/${row.contractId}`}
        rowTone={(row) => (row.overdue > 0 ? 'bad' : undefined)}
        offset={offset}
        limit={LIMIT}
        onPage={(next) => setFilter({ offset: next })}
        filters={
          <Filters
            groups={read.data?.groups ?? []}
            group={filter.group}
            risk={filter.risk}
            risks={read.data?.risks}
            doctorId={filter.doctorId}
            onChange={(next) => setFilter({ ...next, offset: 0 })}
          />
        }
        filtered={Boolean(filter.group ?? filter.risk ?? filter.doctorId)}
        onClear={() => setFilter({ group: undefined, risk: undefined, doctorId: undefined, offset: 0 })}
        empty={<Nothing title={t('mine.none')} hint={t('mine.none-hint')} />}
        readPage={(at, limit) => call(contractApi.listPanel, { query: { ...query, offset: at, limit } })}
      />
      {calling && <CallDialog resident={calling} onClose={() => setCalling(null)} />}
      {visiting && (
        <VisitPlanDialog
          contractId={visiting.contractId}
          name={visiting.resident.nameMasked}
          onClose={() => setVisiting(null)}
        />
      )}
      {writing && (
        <WriteDialog
          contractId={writing.contractId}
          name={writing.resident.nameMasked}
          onClose={() => setWriting(null)}
        />
      )}
    </Page>
  )
}

type Filter = z.output<typeof search>
interface FiltersProps {
  readonly groups: readonly { group: NonNullable<Filter['group']>; count: number }[]
  readonly group: Filter['group']
  readonly risk: Filter['risk']
  readonly risks: Readonly<Record<string, number>> | undefined
  readonly doctorId: Filter['doctorId']
  readonly onChange: (next: Partial<Filter>) => void
}

function Filters({ groups, group, risk, risks, doctorId, onChange }: FiltersProps) {
  const t = useWords(contractWords)
  const doctors = useRead(contractApi.listPanels, {}).data ?? []
  const named = new Map(doctors.map((one) => [one.doctorId, one.doctor]))
  return (
    <>
      <FilterSelect
        label={t('mine.group')}
        width={170}
        value={group}
        keys={groups.map((one) => one.group)}
        word={(one) => `${t(`group.${one}`)} ${groups.find((of) => of.group === one)?.count ?? ''}`}
        onChange={(next) => onChange({ group: next })}
      />
      <FilterSelect
        label={t('mine.risk')}
        width={120}
        value={risk}
        keys={riskOf.options}
        word={(one) => `${t(`mine.risk.${one}`)} ${risks?.[one] ?? ''}`}
        onChange={(next) => onChange({ risk: next })}
      />
      <FilterSelect
        label={t('doctor')}
        all={t('mine.doctor')}
        width={130}
        value={doctorId}
        keys={[...named.keys()]}
        word={(id) => named.get(id) ?? ''}
        onChange={(next) => onChange({ doctorId: next })}
      />
    </>
  )
}
