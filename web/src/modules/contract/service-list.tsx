import { contractApi } from '@tongmai/api/contract'
import type { ContractService } from '@tongmai/api/contract/fulfilment'
import { Button } from 'antd'
import { useState } from 'react'
import * as z from 'zod/mini'
import { call } from '../../kernel/call.ts'
import { useSearch } from '../../kernel/route.tsx'
import { useMay, useSession } from '../../kernel/session.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { OnlyButton } from '../../ui/only-button.tsx'
import { Page } from '../../ui/page.tsx'
import { usePersonColumn } from '../../ui/person-column.tsx'
import { Stat, Stats } from '../../ui/stat.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { Tally } from '../../ui/tally.tsx'
import { useTell } from '../../ui/tell.tsx'
import { DeliverDialog } from './deliver-dialog.tsx'
import { RefuseDialog } from './refuse-dialog.tsx'
import { contractWords } from './words.ts'

const LIMIT = 50
const views = ['overdue', 'now', 'coming', 'done', 'refused'] as const
const search = z.object({
  view: z._default(z.enum(views), 'overdue'),
  mine: z.optional(z.literal('true')),
  /** Of one contract only. */
  contractId: z.optional(z.string()),
  offset: z._default(z.coerce.number(), 0),
})
type View = (typeof views)[number]

const queryOf = (view: View, mine: boolean, contractId: string | undefined) => ({
  ...(view === 'done' || view === 'refused' ? { status: view } : { when: view }),
  ...(mine ? { mine } : {}),
  ...(contractId ? { contractId } : {}),
})

/** What my community owes its residents: late, to be done, coming, done; with the fulfilment rate and the unserved. */
export function ServiceList() {
  const t = useWords(contractWords)
  const [{ view, mine, contractId, offset }, setSearch] = useSearch(search)
  const only = mine === 'true'
  const query = queryOf(view, only, contractId)
  const live = { live: ['contract'] }
  const asked = { ...(only ? { mine: true } : {}), ...(contractId ? { contractId } : {}) }
  const counts = useRead(contractApi.countServices, { query: asked }, live).data
  const read = useRead(
    contractApi.listServices,
    { query: { ...query, offset, limit: LIMIT } },
    { ...live, keepPrevious: true },
  )
  const [open, setOpen] = useState<{ act: 'deliver' | 'refuse'; service: ContractService } | null>(null)
  const columns = useColumns((act, service) => setOpen({ act, service }))
  const rate =
    counts && counts.shouldHave > 0 ? `${((counts.have / counts.shouldHave) * 100).toFixed(1)}%` : undefined
  const close = () => setOpen(null)
  return (
    <Page title={t('service.title')} hint={t('service.hint')}>
      <Stats>
        <Stat
          label={t('service.rate')}
          value={rate}
          hint={t('service.rate-hint', { should: counts?.shouldHave ?? 0, have: counts?.have ?? 0 })}
          to="/contract-services?view=done"
        />
        <Stat
          label={t('service.unserved')}
          value={counts?.unserved}
          hint={t('service.unserved-hint', { servable: counts?.servable ?? 0 })}
          tone={counts?.unserved ? 'bad' : 'good'}
          to="/contracts?unserved=true"
        />
        <Stat label={t('service.flags')} value={counts?.flags} to="/contract-flags" />
      </Stats>
      <Tally
        label={t('service.title')}
        tabs={views.map((key) => ({
          ...{ key, label: t(`service.${key}`), bad: key === 'overdue' },
          count: key === 'refused' ? undefined : counts?.[key],
        }))}
        value={view}
        onChange={(next) => setSearch({ view: next, offset: 0 })}
      />
      <DataTable
        label={t('service.title')}
        columns={columns}
        read={read}
        keyOf={(row) => row.id}
        rowTone={() => (view === 'overdue' ? 'bad' : undefined)}
        offset={offset}
        limit={LIMIT}
        onPage={(next) => setSearch({ offset: next })}
        filters={
          <OnlyButton on={only} onChange={(on) => setSearch({ mine: on ? 'true' : undefined, offset: 0 })}>
            {t('service.mine')}
          </OnlyButton>
        }
        filtered={only || contractId !== undefined}
        onClear={() => setSearch({ mine: undefined, contractId: undefined })}
        empty={<Nothing title={t('service.empty')} hint={t('service.empty-hint')} />}
        readPage={(at, limit) => call(contractApi.listServices, { query: { ...query, offset: at, limit } })}
      />
      {open?.act === 'deliver' && <DeliverDialog service={open.service} onClose={close} />}
      {open?.act === 'refuse' && <RefuseDialog service={open.service} onClose={close} />}
    </Page>
  )
}

function useColumns(
  onAct: (act: 'deliver' | 'refuse', service: ContractService) => void,
): Column<ContractService>[] {
  const t = useWords(contractWords)
  const dates = useDates()
  const person = usePersonColumn<ContractService>({
    title: t('person'),
    width: 150,
    to: ({ contractId }) => `/contracts/${contractId}`,
  })
  return [
    person,
    {
      key: 'item',
      title: t('service.item'),
      cell: (row) => (
        <>
          {row.item} {row.flags > 0 && <StateTag tone="bad">{t('service.flags')}</StateTag>}
          {row.note && <div className="tm-quiet">{row.note}</div>}
        </>
      ),
      text: ({ item }) => item,
    },
    {
      key: 'due',
      title: t('service.due'),
      short: true,
      cell: (row) => row.dueOn,
      text: (row) => row.dueOn,
    },
    {
      key: 'by',
      title: t('service.assignee'),
      cell: (row) =>
        row.doneAt
          ? `${row.doneBy ?? ''} ${dates.briefly(row.doneAt)}`
          : (row.assignee?.name ?? <span className="tm-quiet">{t('service.nobody')}</span>),
      text: (row) => row.doneBy ?? row.assignee?.name ?? '',
    },
    {
      key: 'evidence',
      title: t('package.evidence'),
      wide: true,
      cell: (row) =>
        row.proof && row.proof.measurements.length > 0
          ? row.proof.measurements.map((one) => `${one.name} ${one.value} ${one.unit}`).join('，')
          : row.evidence.map((one) => t(`evidence.${one}`)).join('、') || '—',
      text: (row) => row.evidence.map((one) => t(`evidence.${one}`)).join('、'),
    },
    {
      key: 'act',
      title: '',
      width: 300,
      align: 'right',
      cell: (row) => <Acts service={row} onAct={onAct} />,
    },
  ]
}

interface ActsProps {
  readonly service: ContractService
  readonly onAct: (act: 'deliver' | 'refuse', service: ContractService) => void
}

function Acts({ service, onAct }: ActsProps) {
  const t = useWords(contractWords)
  const may = useMay()
  const tell = useTell()
  const { now, day } = useDates()
  const me = useSession().practitionerId
  const assign = useWrite(contractApi.assignServices, {
    touches: ['contract'],
    onDone: ({ assigned }) => tell(t('service.assigned', { count: assigned })),
  })
  const ready = service.dueFrom <= day(now)
  if (service.status !== 'due' || !may('contract.serve')) return null
  return (
    <span className="tm-row" style={{ justifyContent: 'flex-end' }}>
      {me && service.assignee?.id !== me && (
        <Button
          size="small"
          type="text"
          loading={assign.isPending}
          onClick={() => assign.mutate({ body: { ids: [service.id], practitionerId: me } })}
        >
          {t('service.assign')}
        </Button>
      )}
      <Button size="small" type="text" onClick={() => onAct('refuse', service)}>
        {t('service.refuse')}
      </Button>
      {ready && (
        <Button size="small" type="primary" ghost onClick={() => onAct('deliver', service)}>
          {t('service.deliver')}
        </Button>
      )}
    </span>
  )
}
