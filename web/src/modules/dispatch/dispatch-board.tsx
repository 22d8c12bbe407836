import { fleetApi, type LandingSite, type Vehicle } from '@tongmai/api/dispatch/fleet'
import type { MissionStatus } from '@tongmai/api/dispatch/flow'
import { type MissionLine, missionApi } from '@tongmai/api/dispatch/mission'
import { Button } from 'antd'
import { useCallback, useMemo, useState } from 'react'
import * as z from 'zod/mini'
import { useGo, useSearch } from '../../kernel/route.tsx'
import { useMay } from '../../kernel/session.tsx'
import { useShortcut } from '../../kernel/shortcut.ts'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { Board } from '../../ui/board.tsx'
import { Clock } from '../../ui/clock.tsx'
import { overLand } from '../../ui/geo.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Page } from '../../ui/page.tsx'
import { type MapPoint, RegionMap } from '../../ui/region-map.tsx'
import { Tally } from '../../ui/tally.tsx'
import { useRegionDivisions } from '../network/index.ts'
import { PlanDialog } from './plan-dialog.tsx'
import { UrgencyTag } from './state.tsx'
import { toneOf, vehicleTone } from './tone.ts'
import { dispatchWords } from './words.ts'

const columns: readonly MissionStatus[] = [
  'called',
  'dispatched',
  'departed',
  'onScene',
  'leftScene',
  'arrived',
  'handedOver',
  'aborted',
]
const sides = ['all', 'desk', 'carrier', 'to'] as const
const search = z.object({ side: z._default(z.enum(sides), 'all') })
const live = ['dispatch']

/** The dispatcher's first page: vehicles and missions on the map, and what is under way, a column per state. */
export function DispatchBoard() {
  const t = useWords(dispatchWords)
  const go = useGo()
  const may = useMay()
  const [{ side }, setSearch] = useSearch(search)
  const [planning, setPlanning] = useState(false)
  const mine = side === 'all' ? {} : { mine: side }
  const query = { ...mine, status: [...columns], sort: 'due' as const, limit: 200 }
  const read = useRead(missionApi.listMissions, { query }, { live, keepPrevious: true })
  const openPlan = useCallback(() => setPlanning(may('dispatch.dispatch')), [may])
  useShortcut('p', t('key.plan'), openPlan)
  return (
    <Page
      title={t('board')}
      hint={t('board.hint')}
      actions={
        <>
          {may('dispatch.dispatch') && (
            <Button type="primary" onClick={openPlan}>
              {t('plan.open')}
            </Button>
          )}
          <Button onClick={() => go('/missions')}>{t('missions')}</Button>
          <Button onClick={() => go('/vehicles')}>{t('vehicles')}</Button>
        </>
      }
    >
      <Tally
        label={t('board')}
        value={side}
        onChange={(next) => setSearch({ side: next })}
        tabs={sides.map((key) => ({ key, label: t(key === 'all' ? 'all' : `mine.${key}`) }))}
      />
      <Loaded read={read} rows={8}>
        {({ items }) => (
          <>
            <LiveMap missions={items} />
            <Board
              columns={columns.map((key) => ({ key, title: t(`status.${key}`), tone: toneOf(key) }))}
              items={items}
              columnOf={(line) => line.status}
              keyOf={(line) => line.id}
              to={(line) => `/missions/${line.id}`}
              card={(line) => <Card line={line} />}
            />
          </>
        )}
      </Loaded>
      {planning && <PlanDialog missions={read.data?.items ?? []} onClose={() => setPlanning(false)} />}
    </Page>
  )
}

function Card({ line }: { line: MissionLine }) {
  const t = useWords(dispatchWords)
  const { time } = useClockTime()
  const { from, to, vehicle, expectedAt, status, due, since } = line
  return (
    <span style={{ display: 'grid', gap: 2 }}>
      <span className="tm-row">
        <b>
          {from.shortName} → {to.shortName}
        </b>
        <UrgencyTag urgency={line.urgency} />
      </span>
      <span className="tm-quiet">
        {t(`kind.${line.kind}`)} {line.number}
      </span>
      {vehicle && (
        <span>
          {vehicle.name} {vehicle.plate}
        </span>
      )}
      {expectedAt && (
        <span className="tm-quiet">
          {t(status === 'leftScene' ? 'expected-in' : 'expected-there', { time: time(expectedAt) })}
        </span>
      )}
      {due && <Clock due={due} since={since} />}
    </span>
  )
}

/** The time of day of a moment, as a dispatcher says it. */
function useClockTime() {
  const { moment } = useDates()
  return { time: (at: Date) => moment(at).slice(-5) }
}

/** Vehicles in the colour of their state, landing sites, and a line from each vehicle under way to its patient or hospital. */
function LiveMap({ missions }: { missions: readonly MissionLine[] }) {
  const t = useWords(dispatchWords)
  const divisions = useRegionDivisions('county')
  const vehicles = useRead(fleetApi.listVehicles, { query: {} }, { live, keepPrevious: true })
  const sites = useRead(fleetApi.listLandingSites, {}, { live: ['dispatch.landing-site-changed'] })
  const places = usePlaces(missions)
  const points = useMemo(
    () => [
      ...places,
      ...(sites.data ?? []).map(sitePoint),
      ...(vehicles.data ?? []).flatMap((vehicle) => vehiclePoint(vehicle, missions)),
    ],
    [places, sites.data, vehicles.data, missions],
  )
  const links = missions.flatMap(({ vehicle, status, from, to }) =>
    vehicle && ['dispatched', 'departed', 'leftScene'].includes(status)
      ? [{ from: vehicle.id, to: (status === 'leftScene' ? to : from).id, tone: toneOf(status) }]
      : [],
  )
  if (vehicles.data === undefined) return null
  return (
    <RegionMap
      label={t('map')}
      height={420}
      points={overLand(divisions, points)}
      links={links}
      {...(divisions ? { divisions } : {})}
    />
  )
}

/** It opens its mission where this institution has a part in that. */
const vehiclePoint = (one: Vehicle, missions: readonly MissionLine[]): MapPoint[] =>
  one.longitude === null || one.latitude === null
    ? []
    : [
        {
          id: one.id,
          longitude: one.longitude,
          latitude: one.latitude,
          label: one.name,
          tone: vehicleTone(one.state),
          size: one.state === 'ready' || one.state === 'onMission' ? 2 : 1,
          ...(missions.some(({ id }) => id === one.missionId) ? { to: `/missions/${one.missionId}` } : {}),
        },
      ]

const sitePoint = (site: LandingSite): MapPoint => ({
  id: site.id,
  longitude: site.longitude,
  latitude: site.latitude,
  label: site.name,
  tone: site.closedReason === null ? 'accent' : 'idle',
  size: 1,
})

/** Where the institutions of these missions lie: where patients wait is red, where they go is ours. */
function usePlaces(missions: readonly MissionLine[]): readonly MapPoint[] {
  const read = useRead(fleetApi.listCallPlaces, {}, { live: ['dispatch.called', 'dispatch.ready'] })
  return useMemo(() => {
    const waiting = new Set(missions.filter(({ status }) => status === 'called').map(({ from }) => from.id))
    const named = new Set(missions.flatMap(({ from, to }) => [from.id, to.id]))
    return (read.data ?? [])
      .filter(({ id }) => named.has(id))
      .map(({ id, name, longitude, latitude }) => ({
        ...{ id, longitude, latitude, label: name, size: 3 as const },
        tone: waiting.has(id) ? ('bad' as const) : ('accent' as const),
      }))
  }, [read.data, missions])
}
