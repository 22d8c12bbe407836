import { fleetApi, type Vehicle, vehicleKind, vehicleState } from '@tongmai/api/dispatch/fleet'
import { Button, Select } from 'antd'
import { useState } from 'react'
import * as z from 'zod/mini'
import { useSearch } from '../../kernel/route.tsx'
import { useMay } from '../../kernel/session.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import type { Column } from '../../ui/column.ts'
import { FilterSelect } from '../../ui/filter-select.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Page } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { useTell, useTellRefused } from '../../ui/tell.tsx'
import { LandingSites } from './landing-sites.tsx'
import { VehicleTag } from './state.tsx'
import { VehicleForm } from './vehicle-form.tsx'
import { dispatchWords } from './words.ts'

const search = z.object({ kind: z.optional(vehicleKind), state: z.optional(vehicleState) })

/** The fleet of all members, with crew, equipment and state; one's own vehicles are kept here. */
export function VehicleList() {
  const t = useWords(dispatchWords)
  const may = useMay()
  const [filter, setFilter] = useSearch(search)
  const [editing, setEditing] = useState<Vehicle | 'new' | null>(null)
  const read = useRead(fleetApi.listVehicles, { query: filter }, { live: ['dispatch'], keepPrevious: true })
  const columns = useColumns(setEditing)
  return (
    <Page
      title={t('vehicles')}
      hint={t('vehicles.hint')}
      actions={
        may('dispatch.fleet') && (
          <Button type="primary" onClick={() => setEditing('new')}>
            {t('vehicle.add')}
          </Button>
        )
      }
    >
      <div className="tm-row">
        <FilterSelect
          label={t('kind')}
          width={140}
          value={filter.kind}
          keys={vehicleKind.options}
          word={(one) => t(`vehicle.kind.${one}`)}
          onChange={(kind) => setFilter({ kind })}
        />
        <FilterSelect
          label={t('state')}
          width={140}
          value={filter.state}
          keys={vehicleState.options}
          word={(one) => t(`vehicle.state.${one}`)}
          onChange={(state) => setFilter({ state })}
        />
      </div>
      <Loaded read={read} rows={8}>
        {(vehicles) =>
          vehicles.length === 0 ? (
            <Nothing title={t('vehicles.none')} hint={t('vehicles.none-hint')} />
          ) : (
            <Table label={t('vehicles')} columns={columns} rows={vehicles} keyOf={({ id }) => id} keys />
          )
        }
      </Loaded>
      <LandingSites />
      {editing && (
        <VehicleForm {...(editing === 'new' ? {} : { vehicle: editing })} onClose={() => setEditing(null)} />
      )}
    </Page>
  )
}

function useColumns(onEdit: (vehicle: Vehicle) => void): Column<Vehicle>[] {
  const t = useWords(dispatchWords)
  const { briefly } = useDates()
  return [
    {
      key: 'name',
      title: t('vehicle.name'),
      cell: (one) => (
        <>
          <b>{one.name}</b> <span className="tm-quiet tm-line">{one.plate}</span>
        </>
      ),
    },
    { key: 'kind', title: t('kind'), short: true, cell: ({ kind }) => t(`vehicle.kind.${kind}`) },
    { key: 'base', title: t('vehicle.base'), short: true, cell: ({ base }) => base },
    { key: 'state', title: t('state'), cell: ({ state }) => <VehicleTag state={state} /> },
    {
      key: 'crew',
      title: t('vehicle.crew'),
      cell: ({ crew }) =>
        crew.map(({ role, name }) => `${t(`crew.${role}`)} ${name}`).join('、') || t('vehicle.no-crew'),
    },
    {
      key: 'equipment',
      title: t('needs.equipment'),
      wide: true,
      cell: ({ equipment }) => equipment.map((one) => t(`equipment.${one}`)).join('、'),
    },
    {
      key: 'located',
      title: '',
      wide: true,
      cell: ({ locatedAt }) =>
        locatedAt && <span className="tm-quiet">{t('vehicle.located', { time: briefly(locatedAt) })}</span>,
    },
    {
      key: 'acts',
      title: '',
      cell: (one) => one.mayChange && !one.missionId && <Acts vehicle={one} onEdit={() => onEdit(one)} />,
    },
  ]
}

const turns = ['ready', 'offDuty', 'outOfService'] as const

function Acts({ vehicle, onEdit }: { vehicle: Vehicle; onEdit: () => void }) {
  const t = useWords(dispatchWords)
  const tell = useTell()
  const onError = useTellRefused()
  const turn = useWrite(fleetApi.setVehicleState, {
    touches: ['dispatch'],
    onDone: ({ name }) => tell(t('vehicle.changed', { name })),
  })
  const { id, version } = vehicle
  return (
    <span className="tm-row" style={{ flexWrap: 'nowrap' }}>
      <Select<(typeof turns)[number] | null>
        size="small"
        aria-label={t('state')}
        placeholder={t('state')}
        style={{ width: 110 }}
        value={null}
        options={turns
          .filter((state) => state !== vehicle.state)
          .map((value) => ({ value, label: t(`vehicle.to-${value}`) }))}
        onChange={(state) => state && turn.mutate({ params: { id }, body: { state, version } }, { onError })}
      />
      <Button size="small" onClick={onEdit}>
        {t('vehicle.edit')}
      </Button>
    </span>
  )
}
