import { pharmacyApi } from '@tongmai/api/pharmacy'
import type { Shortage, ShortageMove } from '@tongmai/api/pharmacy/shortage'
import { Button, Select } from 'antd'
import { useState } from 'react'
import * as z from 'zod/mini'
import { call } from '../../kernel/call.ts'
import { useSearch } from '../../kernel/route.tsx'
import { useSession } from '../../kernel/session.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { Clock } from '../../ui/clock.tsx'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Page } from '../../ui/page.tsx'
import { StateTag, type Tone } from '../../ui/state-tag.tsx'
import { PharmacyTabs } from './pharmacy-tabs.tsx'
import { ShortageDialog } from './shortage-dialog.tsx'
import { pharmacyWords } from './words.ts'

const LIMIT = 50
const filterShape = z.object({
  whose: z._default(z.enum(['all', 'own']), 'all'),
  show: z._default(z.enum(['open', 'all']), 'open'),
  offset: z._default(z.coerce.number(), 0),
})
const tones: Readonly<Record<Shortage['status'], Tone>> = {
  ...{ reported: 'bad', procuring: 'wait', arrived: 'note' },
  ...{ collected: 'good', replaced: 'good', unobtainable: 'idle' },
}

/** 缺药登记: who lacks what, since when and until when; the pharmacy moves it on. */
export function ShortageList() {
  const t = useWords(pharmacyWords)
  const { institution } = useSession()
  const [{ offset, whose, show }, setFilter] = useSearch(filterShape)
  const [doing, setDoing] = useState<{ of: Shortage; move: ShortageMove }>()
  const query = {
    ...(whose === 'own' && institution ? { institutionId: institution.id } : {}),
    ...(show === 'open' ? { open: true } : {}),
  }
  const read = useRead(
    pharmacyApi.listShortages,
    { query: { ...query, offset, limit: LIMIT } },
    { live: ['pharmacy'], keepPrevious: true },
  )
  return (
    <Page title={t('shortage.title')} hint={t('shortage.hint')}>
      <PharmacyTabs at="/shortages" />
      <DataTable
        label={t('shortage.title')}
        columns={useColumns((of, move) => setDoing({ of, move }))}
        read={read}
        keyOf={({ id }) => id}
        offset={offset}
        limit={LIMIT}
        onPage={(next) => setFilter({ offset: next })}
        filters={
          <>
            <Select
              aria-label={t('shortage.whose')}
              value={whose}
              style={{ width: 130 }}
              onChange={(next) => setFilter({ whose: next, offset: 0 })}
              options={(['all', 'own'] as const).map((value) => ({
                value,
                label: t(`shortage.whose.${value}`),
              }))}
            />
            <Select
              aria-label={t('shortage.state')}
              value={show}
              style={{ width: 130 }}
              onChange={(next) => setFilter({ show: next, offset: 0 })}
              options={(['open', 'all'] as const).map((value) => ({
                value,
                label: t(`shortage.show.${value}`),
              }))}
            />
          </>
        }
        empty={<Nothing title={t('shortage.none')} hint={t('shortage.none-hint')} />}
        readPage={(from, limit) =>
          call(pharmacyApi.listShortages, { query: { ...query, offset: from, limit } })
        }
      />
      {doing && <ShortageDialog of={doing.of} move={doing.move} onClose={() => setDoing(undefined)} />}
    </Page>
  )
}

const said = (one: { name: string; form: string; strength: string }): string =>
  `${one.name}${one.form} ${one.strength}`

function useColumns(onMove: (of: Shortage, move: ShortageMove) => void): Column<Shortage>[] {
  const t = useWords(pharmacyWords)
  const { moment } = useDates()
  const more = ({ expectedOn, alternative, note }: Shortage) =>
    [
      expectedOn && t('shortage.expected', { day: expectedOn }),
      alternative && t('shortage.instead', { name: said(alternative) }),
      note,
    ]
      .filter(Boolean)
      .join(' · ')
  return [
    {
      key: 'medicine',
      title: t('name'),
      cell: ({ medicine }) => <b>{said(medicine)}</b>,
      text: ({ medicine }) => said(medicine),
    },
    {
      key: 'institution',
      title: t('shortage.where'),
      short: true,
      cell: ({ institution }) => institution,
      text: ({ institution }) => institution,
    },
    {
      key: 'need',
      title: t('shortage.need'),
      cell: (one) => (
        <>
          {t('shortage.for', { patients: one.patients, quantity: one.quantity })}
          <div className="tm-quiet">{one.reason}</div>
        </>
      ),
      text: ({ patients, quantity, reason }) => `${patients} ${quantity} ${reason}`,
    },
    {
      key: 'state',
      title: t('shortage.state'),
      cell: (one) => (
        <>
          <StateTag tone={tones[one.status]}>{t(`shortage.status.${one.status}`)}</StateTag>
          <div className="tm-quiet">{more(one)}</div>
        </>
      ),
      text: (one) => `${t(`shortage.status.${one.status}`)} ${more(one)}`,
    },
    {
      key: 'due',
      title: t('shortage.due'),
      cell: ({ due, reportedAt }) => due && <Clock due={due} since={reportedAt} />,
      text: ({ due }) => (due ? moment(due) : ''),
    },
    {
      key: 'by',
      title: t('shortage.by'),
      wide: true,
      cell: ({ reportedBy, reportedAt }) => (
        <span className="tm-quiet">
          {reportedBy} {moment(reportedAt)}
        </span>
      ),
      text: ({ reportedBy }) => reportedBy,
    },
    {
      key: 'act',
      title: '',
      cell: (one) => (
        <span className="tm-row">
          {one.moves.map((move) => (
            <Button key={move} size="small" onClick={() => onMove(one, move as ShortageMove)}>
              {t(`shortage.move.${move as ShortageMove}`)}
            </Button>
          ))}
        </span>
      ),
    },
  ]
}
