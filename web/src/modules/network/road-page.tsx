import { type Junction, type Road, roadApi } from '@tongmai/api/network/road'
import { Button, Input, Modal } from 'antd'
import { useMemo, useState } from 'react'
import { useForm } from '../../kernel/use-form.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import type { Column } from '../../ui/column.ts'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Field } from '../../ui/field.tsx'
import { overLand } from '../../ui/geo.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Card, Page } from '../../ui/page.tsx'
import { RegionMap } from '../../ui/region-map.tsx'
import { SearchBox } from '../../ui/search-box.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { Table } from '../../ui/table.tsx'
import { RefusalNote, useTell, useTellRefused } from '../../ui/tell.tsx'
import { ImportRoads } from './road-import.tsx'
import { useRegion } from './use-region.ts'
import { networkWords } from './words.ts'

const live = ['network.roads-imported', 'network.road-closed', 'network.road-opened']

/** The roads on the map and as a list; who keeps them closes and opens them, and imports the network. */
export function RoadPage() {
  const t = useWords(networkWords)
  const read = useRead(roadApi.readRoads, {}, { live })
  const [importing, setImporting] = useState(false)
  return (
    <Page
      title={t('roads')}
      hint={t('roads.hint')}
      actions={
        read.data?.mayChange && <Button onClick={() => setImporting(true)}>{t('roads.import')}</Button>
      }
    >
      <Loaded read={read} rows={10}>
        {({ junctions, roads, mayChange }) =>
          roads.length === 0 ? (
            <Nothing title={t('roads.none')} hint={t('roads.none-hint')} />
          ) : (
            <Network junctions={junctions} roads={roads} mayChange={mayChange} />
          )
        }
      </Loaded>
      {importing && <ImportRoads onClose={() => setImporting(false)} />}
    </Page>
  )
}

interface NetworkProps {
  readonly junctions: readonly Junction[]
  readonly roads: readonly Road[]
  readonly mayChange: boolean
}

function Network({ junctions, roads, mayChange }: NetworkProps) {
  const t = useWords(networkWords)
  const [q, setQ] = useState<string>()
  const names = useMemo(() => new Map(junctions.map(({ code, name }) => [code, name])), [junctions])
  const between = (road: Road) =>
    `${names.get(road.fromCode) ?? road.fromCode}—${names.get(road.toCode) ?? road.toCode}`
  const found = roads.filter((road) => !q || `${road.name} ${between(road)}`.includes(q))
  const closed = roads.filter((road) => road.closedAt).length
  const columns: Column<Road>[] = [
    { key: 'name', title: t('road.name'), cell: (road) => <b>{road.name}</b> },
    { key: 'between', title: t('road.between'), cell: between },
    {
      key: 'minutes',
      title: t('road.minutes'),
      short: true,
      align: 'right',
      cell: ({ minutes }) => t('road.minutes-of', { minutes }),
    },
    {
      key: 'direction',
      title: t('road.direction'),
      short: true,
      wide: true,
      cell: ({ oneWay }) => t(oneWay ? 'road.one-way' : 'road.both-ways'),
    },
    { key: 'state', title: t('state'), cell: (road) => <State road={road} /> },
    ...(mayChange ? [{ key: 'act', title: '', cell: (road: Road) => <Act road={road} /> }] : []),
  ]
  return (
    <>
      <RoadMap junctions={junctions} roads={roads} />
      <Card
        title={t('roads.count', { junctions: junctions.length, roads: roads.length, closed })}
        extra={<SearchBox label={t('road.search')} value={q} onSearch={setQ} width={200} />}
        flush
      >
        <Table label={t('roads')} columns={columns} rows={found} keyOf={({ id }) => id} keys />
      </Card>
    </>
  )
}

function RoadMap({ junctions, roads }: Omit<NetworkProps, 'mayChange'>) {
  const t = useWords(networkWords)
  const { divisions } = useRegion('county')
  const codes = new Set(roads.flatMap(({ fromCode, toCode }) => [fromCode, toCode]))
  return (
    <RegionMap
      label={t('roads.map')}
      height={420}
      {...(divisions ? { divisions } : {})}
      points={overLand(divisions, junctions)
        .filter(({ code }) => codes.has(code))
        .map(({ code, name, ...at }) => ({ id: code, label: name, ...at, tone: 'idle', size: 1 }))}
      links={roads.map(({ fromCode, toCode, closedAt }) => ({
        from: fromCode,
        to: toCode,
        tone: closedAt ? 'bad' : 'accent',
      }))}
    />
  )
}

function State({ road }: { road: Road }) {
  const t = useWords(networkWords)
  if (!road.closedAt) return <StateTag tone="good">{t('road.open')}</StateTag>
  return <StateTag tone="bad">{t('road.closed', { reason: road.closedReason ?? '' })}</StateTag>
}

function Act({ road }: { road: Road }) {
  const t = useWords(networkWords)
  const tell = useTell()
  const onError = useTellRefused()
  const [asking, setAsking] = useState(false)
  const open = useWrite(roadApi.openRoad, {
    touches: ['network.road-opened'],
    onDone: ({ name }) => tell(t('done.open-road', { name })),
  })
  const { id, version } = road
  if (road.closedAt) {
    return (
      <Button
        size="small"
        loading={open.isPending}
        onClick={() => open.mutate({ params: { id }, body: { version } }, { onError })}
      >
        {t('road.reopen')}
      </Button>
    )
  }
  return (
    <>
      <Button size="small" onClick={() => setAsking(true)}>
        {t('road.close')}
      </Button>
      {asking && <CloseRoad road={road} onClose={() => setAsking(false)} />}
    </>
  )
}

function CloseRoad({ road, onClose }: { road: Road; onClose: () => void }) {
  const t = useWords(networkWords)
  const tell = useTell()
  const close = useWrite(roadApi.closeRoad, {
    touches: ['network.road-closed'],
    onDone: ({ name }) => {
      tell(t('done.close-road', { name }))
      form.discard()
      onClose()
    },
  })
  const form = useForm(`network.close-road:${road.id}`, { reason: '' }, close.error)
  const { reason } = form.value
  return (
    <Modal
      open
      title={`${t('road.close')} · ${road.name}`}
      okText={t('road.close')}
      okButtonProps={{ danger: true, disabled: !reason.trim() }}
      confirmLoading={close.isPending}
      onOk={() => close.mutate({ params: { id: road.id }, body: { reason, version: road.version } })}
      onCancel={onClose}
    >
      <RefusalNote refused={close.error} />
      <DraftNote form={form} />
      <Field label={t('road.reason')} required hint={t('road.reason-hint')} problem={form.problem('reason')}>
        {(id) => <Input id={id} value={reason} onChange={({ target }) => form.set('reason', target.value)} />}
      </Field>
    </Modal>
  )
}
