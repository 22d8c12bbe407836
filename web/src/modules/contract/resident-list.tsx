import { contractApi } from '@tongmai/api/contract'
import { priorityGroup } from '@tongmai/api/contract/package'
import { type PanelResident, panelView } from '@tongmai/api/contract/panel'
import { Button, Select } from 'antd'
import { useState } from 'react'
import * as z from 'zod/mini'
import { call } from '../../kernel/call.ts'
import { To, useSearch } from '../../kernel/route.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Page } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { Tally } from '../../ui/tally.tsx'
import { CallDialog } from './call-dialog.tsx'
import { contractWords } from './words.ts'

const LIMIT = 50
const search = z.object({
  view: z._default(panelView, 'all'),
  group: z.optional(priorityGroup),
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
  const columns = useColumns(setCalling)
  const counts = read.data?.counts
  return (
    <Page title={t('mine.title')} hint={t('mine.hint')}>
      <Tally
        label={t('mine.title')}
        tabs={panelView.options.map((key) => ({
          ...{ key, label: t(`mine.view.${key}`), count: counts?.[key] },
          bad: key === 'overdue' || key === 'discharged',
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
            doctorId={filter.doctorId}
            onChange={(next) => setFilter({ ...next, offset: 0 })}
          />
        }
        filtered={Boolean(filter.group ?? filter.doctorId)}
        onClear={() => setFilter({ group: undefined, doctorId: undefined, offset: 0 })}
        empty={<Nothing title={t('mine.none')} hint={t('mine.none-hint')} />}
        readPage={(at, limit) => call(contractApi.listPanel, { query: { ...query, offset: at, limit } })}
      />
      {calling && <CallDialog resident={calling} onClose={() => setCalling(null)} />}
    </Page>
  )
}

type Filter = z.output<typeof search>
interface FiltersProps {
  readonly groups: readonly { group: NonNullable<Filter['group']>; count: number }[]
  readonly group: Filter['group']
  readonly doctorId: Filter['doctorId']
  readonly onChange: (next: Partial<Filter>) => void
}

function Filters({ groups, group, doctorId, onChange }: FiltersProps) {
  const t = useWords(contractWords)
  const doctors = useRead(contractApi.listPanels, {}).data ?? []
  const named = new Map(doctors.map((one) => [one.doctorId, one.doctor]))
  return (
    <>
      <Select
        aria-label={t('mine.group')}
        placeholder={t('mine.group')}
        allowClear
        style={{ width: 170 }}
        value={group ?? null}
        options={groups.map((one) => ({
          value: one.group,
          label: `${t(`group.${one.group}`)} ${one.count}`,
        }))}
        onChange={(next) => onChange({ group: next ?? undefined })}
      />
      <Select
        aria-label={t('doctor')}
        placeholder={t('mine.doctor')}
        allowClear
        style={{ width: 130 }}
        value={doctorId ?? null}
        options={[...named].map(([value, label]) => ({ value, label }))}
        onChange={(next) => onChange({ doctorId: next ?? undefined })}
      />
    </>
  )
}

function useColumns(onCall: (row: PanelResident) => void): Column<PanelResident>[] {
  const t = useWords(contractWords)
  const dates = useDates()
  const groups = (row: PanelResident) => row.groups.map((one) => t(`group.${one}`)).join('、')
  const owed = ({ overdue, due }: PanelResident) =>
    [overdue > 0 && t('mine.overdue', { count: overdue }), due > 0 && t('mine.due', { count: due })]
      .filter(Boolean)
      .join('，')
  const last = ({ lastCall }: PanelResident) =>
    lastCall ? `${dates.briefly(lastCall.at)} ${t(`outcome.${lastCall.outcome}`)}` : t('mine.never')
  return [
    {
      key: 'person',
      title: t('person'),
      width: 190,
      cell: (row) => (
        <>
          <To to={`/contracts/${row.contractId}`}>{row.resident.nameMasked}</To>{' '}
          <span className="tm-quiet">{row.resident.birthDate && dates.age(row.resident.birthDate)}</span>{' '}
          {row.dischargedOn && (
            <StateTag tone="wait">{t('mine.discharged', { day: row.dischargedOn })}</StateTag>
          )}
        </>
      ),
      text: ({ resident }) => resident.nameMasked,
    },
    { key: 'groups', title: t('mine.group'), cell: groups, text: groups },
    {
      key: 'next',
      title: t('mine.next'),
      cell: (row) => (
        <>
          {row.next && `${row.next.item} ${row.next.dueOn}`}
          <div className={row.overdue > 0 ? 'tm-bad' : 'tm-quiet'}>{owed(row)}</div>
        </>
      ),
      text: (row) => `${row.next?.item ?? ''} ${owed(row)}`,
    },
    {
      key: 'doctor',
      title: t('doctor'),
      wide: true,
      cell: ({ doctor }) => doctor.name,
      text: ({ doctor }) => doctor.name,
    },
    { key: 'call', title: t('mine.last-call'), wide: true, cell: last, text: last },
    {
      key: 'act',
      title: '',
      align: 'right',
      cell: (row) => (
        <Button size="small" type="text" onClick={() => onCall(row)}>
          {t('mine.call')}
        </Button>
      ),
    },
  ]
}
