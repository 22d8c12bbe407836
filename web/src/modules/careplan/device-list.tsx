import { careplanApi } from '@tongmai/api/careplan'
import type { Device } from '@tongmai/api/careplan/device'
import { measures } from '@tongmai/api/careplan/reading'
import { Button } from 'antd'
import { useState } from 'react'
import * as z from 'zod/mini'
import { call } from '../../kernel/call.ts'
import { To, useSearch } from '../../kernel/route.tsx'
import { useMay } from '../../kernel/session.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Page } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { Tally } from '../../ui/tally.tsx'
import { AddDevice } from './add-device.tsx'
import { DeviceActs } from './device-acts.tsx'
import { RefusedReadings } from './refused-readings.tsx'
import { careplanWords } from './words.ts'

const LIMIT = 50
const views = ['all', 'lent', 'stock', 'retired'] as const
const search = z.object({
  view: z._default(z.enum(views), 'all'),
  offset: z._default(z.coerce.number(), 0),
})

/** The devices of my institution: who has them, since when, whether they are heard of. */
export function DeviceList() {
  const t = useWords(careplanWords)
  const may = useMay()
  const [{ view, offset }, setSearch] = useSearch(search)
  const [adding, setAdding] = useState(false)
  const [shown, setShown] = useState<Device | null>(null)
  const query = view === 'all' ? {} : { status: view }
  const read = useRead(
    careplanApi.listDevices,
    { query: { ...query, offset, limit: LIMIT } },
    { live: ['device'], keepPrevious: true },
  )
  const columns = useColumns(setShown)
  return (
    <Page
      title={t('device.title')}
      hint={t('device.hint')}
      actions={
        <>
          {may('careplan.stray') && <To to="/stray-messages">{t('stray.title')}</To>}
          {may('careplan.follow') && <Button onClick={() => setAdding(true)}>{t('device.add')}</Button>}
        </>
      }
    >
      <Tally
        label={t('device.title')}
        tabs={views.map((key) => ({ key, label: t(`device.${key}`) }))}
        value={view}
        onChange={(next) => setSearch({ view: next, offset: 0 })}
      />
      <DataTable
        label={t('device.title')}
        columns={columns}
        read={read}
        keyOf={(row) => row.id}
        offset={offset}
        limit={LIMIT}
        onPage={(next) => setSearch({ offset: next })}
        empty={<Nothing title={t('device.none')} hint={t('device.none-hint')} />}
        readPage={(at, limit) => call(careplanApi.listDevices, { query: { ...query, offset: at, limit } })}
      />
      {adding && <AddDevice onClose={() => setAdding(false)} />}
      {shown && <RefusedReadings device={shown} onClose={() => setShown(null)} />}
    </Page>
  )
}

function useColumns(onShow: (device: Device) => void): Column<Device>[] {
  const t = useWords(careplanWords)
  const dates = useDates()
  const state = ({ ended }: Device) => (ended ? t(`device.end.${ended.reason}`) : t('device.stock'))
  const agreed = ({ agreement, signer, ended }: Device) =>
    [agreement, signer && `${t('device.signer')} ${signer}`, ended?.note].filter(Boolean).join(' · ')
  const kinds = (row: Device) => row.kinds.map((kind) => t(`kind.${kind}`)).join('、')
  const valued = ({ last }: Device) =>
    last
      ? `${t(`kind.${last.kind}`)} ${[last.value, last.value2].filter((one) => one !== null).join('/')} ${last.kind === 'ecg' ? '' : measures[last.kind].unit}`
      : ''
  return [
    {
      key: 'serial',
      title: t('device.serial'),
      cell: (row) => (
        <>
          {row.serial} <span className="tm-quiet">{row.model}</span>
        </>
      ),
      text: (row) => row.serial,
    },
    { key: 'kinds', title: t('device.kinds'), wide: true, cell: kinds, text: kinds },
    {
      key: 'who',
      title: t('device.who'),
      cell: (row) =>
        row.resident ? (
          <To to={`/careplans/${row.resident.id}`}>{row.resident.nameMasked}</To>
        ) : (
          <StateTag>{state(row)}</StateTag>
        ),
      text: (row) => row.resident?.nameMasked ?? state(row),
    },
    {
      key: 'since',
      title: t('device.since'),
      short: true,
      cell: ({ since }) => since && dates.day(since),
      text: ({ since }) => (since ? dates.day(since) : ''),
    },
    {
      key: 'agreement',
      title: t('device.agreement'),
      wide: true,
      cell: (row) => agreed(row),
      text: (row) => agreed(row),
    },
    {
      key: 'last',
      title: t('device.last'),
      short: true,
      cell: ({ lastAt }) => lastAt && dates.ago(lastAt),
      text: ({ lastAt }) => (lastAt ? dates.moment(lastAt) : ''),
    },
    { key: 'value', title: t('device.last-value'), cell: valued, text: valued },
    {
      key: 'refused',
      title: t('device.refused'),
      align: 'right',
      cell: (row) =>
        row.refused > 0 ? (
          <Button type="link" size="small" onClick={() => onShow(row)}>
            {row.refused}
          </Button>
        ) : null,
      text: (row) => String(row.refused),
    },
    { key: 'act', title: '', align: 'right', cell: (row) => <DeviceActs device={row} /> },
  ]
}
