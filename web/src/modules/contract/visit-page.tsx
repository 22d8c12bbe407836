import { contractApi } from '@tongmai/api/contract'
import type { DayRoute, HomeVisit } from '@tongmai/api/contract/visit'
import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import * as z from 'zod/mini'
import { useSearch } from '../../kernel/route.tsx'
import { useSession } from '../../kernel/session.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { DayField } from '../../ui/date-field.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Card, Page } from '../../ui/page.tsx'
import { type MapPoint, RegionMap } from '../../ui/region-map.tsx'
import { Table } from '../../ui/table.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { useVisitColumns } from './visit-columns.tsx'
import { type Doing, VisitDialogs } from './visit-dialogs.tsx'
import { useVisitorSearch } from './visitor-choice.ts'
import { contractWords } from './words.ts'

const search = z.object({ on: z.optional(z.string()), who: z.optional(z.string()) })
const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/

/** The home visits of one person on a day: ordered, on the map, started and finished where they are. */
export function VisitPage() {
  const t = useWords(contractWords)
  const { now, day } = useDates()
  const me = useSession().practitionerId
  const [{ on = day(now), who }, setSearch] = useSearch(search)
  const practitionerId = who ?? me ?? undefined
  const visitors = useVisitorSearch()
  const read = useRead(
    contractApi.readRoute,
    { query: { on, practitionerId } },
    { live: ['contract'], when: practitionerId !== undefined, keepPrevious: true },
  )
  return (
    <Page
      title={t('visit.title')}
      hint={t('visit.hint')}
      actions={practitionerId && <OrderButton on={on} practitionerId={practitionerId} />}
    >
      <div className="tm-row tm-no-print" style={{ flexWrap: 'wrap', marginBottom: 12 }}>
        <span style={{ width: 150 }}>
          <DayField value={on} onChange={(next) => next && setSearch({ on: next })} />
        </span>
        <Select
          {...visitors}
          aria-label={t('visit.who')}
          placeholder={t('visit.who')}
          style={{ width: 150 }}
          value={practitionerId ?? null}
          onChange={(next) => setSearch({ who: next ?? undefined })}
        />
      </div>
      {practitionerId && <Loaded read={read}>{(route) => <Route route={route} />}</Loaded>}
    </Page>
  )
}

function OrderButton({ on, practitionerId }: { on: string; practitionerId: string }) {
  const t = useWords(contractWords)
  const tell = useTell()
  const { briefly } = useDates()
  const [leaveAt, setLeaveAt] = useState('08:30')
  const order = useWrite(contractApi.orderVisits, {
    touches: ['contract'],
    onDone: ({ travelMinutes, backAt }) =>
      travelMinutes !== null &&
      backAt &&
      tell(t('visit.ordered', { minutes: travelMinutes, at: briefly(backAt) })),
  })
  const good = CLOCK.test(leaveAt)
  return (
    <>
      <RefusalNote refused={order.error} />
      <Input
        aria-label={t('visit.leave-at')}
        addonBefore={t('visit.leave-at')}
        style={{ width: 170 }}
        status={good ? '' : 'error'}
        value={leaveAt}
        onChange={({ target }) => setLeaveAt(target.value)}
      />
      <Button
        type="primary"
        disabled={!good}
        loading={order.isPending}
        onClick={() => order.mutate({ body: { on, practitionerId, leaveAt } })}
      >
        {t('visit.order')}
      </Button>
    </>
  )
}

function Route({ route }: { route: DayRoute }) {
  const t = useWords(contractWords)
  const [doing, setDoing] = useState<Doing | null>(null)
  const columns = useVisitColumns(setDoing)
  if (route.visits.length === 0) return <Nothing title={t('visit.none')} hint={t('visit.none-hint')} />
  return (
    <>
      <Card flush>
        <Table label={t('visit.title')} columns={columns} rows={route.visits} keyOf={(row) => row.id} />
      </Card>
      <RouteMap route={route} />
      {doing && <VisitDialogs doing={doing} onClose={() => setDoing(null)} />}
    </>
  )
}

const tones = { planned: 'wait', underWay: 'note', done: 'good', cancelled: 'idle' } as const

/** From the centre from home to home and back, as the day was ordered. */
function RouteMap({ route: { base, visits } }: { route: DayRoute }) {
  const t = useWords(contractWords)
  const placed = visits.flatMap((visit) => (visit.place ? [{ visit, place: visit.place }] : []))
  if (!base || placed.length === 0) return null
  const nameOf = (visit: HomeVisit) => [visit.seq, visit.resident.nameMasked].filter(Boolean).join(' ')
  const points: MapPoint[] = [
    { id: 'base', ...base, label: base.name, size: 3 },
    ...placed.map(({ visit, place }) => ({
      ...{ id: visit.id, ...place, label: nameOf(visit), tone: tones[visit.status], size: 3 as const },
    })),
  ]
  const stops = [
    'base',
    ...placed.filter(({ visit }) => visit.seq !== null).map(({ visit }) => visit.id),
    'base',
  ]
  const links = stops.slice(1).map((to, n) => ({ from: stops[n] ?? 'base', to }))
  return (
    <Card title={t('visit.map')}>
      <RegionMap label={t('visit.map')} height={360} points={points} links={stops.length > 2 ? links : []} />
    </Card>
  )
}
