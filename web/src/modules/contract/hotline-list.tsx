import { contractApi } from '@tongmai/api/contract'
import {
  type HotlineCall,
  type HotlineOutcome,
  hotlineOutcome,
  hotlineTopic,
} from '@tongmai/api/contract/hotline'
import { Button } from 'antd'
import { useState } from 'react'
import * as z from 'zod/mini'
import { call } from '../../kernel/call.ts'
import { To, useSearch } from '../../kernel/route.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { FilterSelect } from '../../ui/filter-select.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Page } from '../../ui/page.tsx'
import { StateTag, type Tone } from '../../ui/state-tag.tsx'
import { HotlineDialog } from './hotline-dialog.tsx'
import { contractWords } from './words.ts'

const LIMIT = 50
const search = z.object({
  topic: z.optional(hotlineTopic),
  outcome: z.optional(hotlineOutcome),
  offset: z._default(z.coerce.number(), 0),
})
const tones: Readonly<Record<HotlineOutcome, Tone>> = {
  answered: 'good',
  visit: 'note',
  referred: 'note',
  emergency: 'bad',
  callBack: 'wait',
}

/** The log of the health hotline, newest first. */
export function HotlineList() {
  const t = useWords(contractWords)
  const [{ topic, outcome, offset }, setSearch] = useSearch(search)
  const [notes, setNotes] = useState(false)
  const query = { topic, outcome }
  const read = useRead(
    contractApi.listHotline,
    { query: { ...query, offset, limit: LIMIT } },
    { live: ['contract.hotline-called'], keepPrevious: true },
  )
  const note = (
    <Button type="primary" onClick={() => setNotes(true)}>
      {t('hotline.note')}
    </Button>
  )
  return (
    <Page title={t('hotline.title')} hint={t('hotline.hint')} actions={note}>
      <DataTable
        label={t('hotline.title')}
        columns={useColumns()}
        read={read}
        keyOf={(row) => row.id}
        offset={offset}
        limit={LIMIT}
        onPage={(next) => setSearch({ offset: next })}
        filters={
          <>
            <FilterSelect
              label={t('hotline.topic')}
              width={130}
              value={topic}
              keys={hotlineTopic.options}
              word={(one) => t(`hotline.topic.${one}`)}
              onChange={(next) => setSearch({ topic: next, offset: 0 })}
            />
            <FilterSelect
              label={t('hotline.outcome')}
              width={130}
              value={outcome}
              keys={hotlineOutcome.options}
              word={(one) => t(`hotline.outcome.${one}`)}
              onChange={(next) => setSearch({ outcome: next, offset: 0 })}
            />
          </>
        }
        filtered={Boolean(topic ?? outcome)}
        onClear={() => setSearch({ topic: undefined, outcome: undefined, offset: 0 })}
        empty={<Nothing title={t('hotline.none')} hint={t('hotline.none-hint')} />}
        readPage={(at, limit) => call(contractApi.listHotline, { query: { ...query, offset: at, limit } })}
      />
      {notes && <HotlineDialog onClose={() => setNotes(false)} />}
    </Page>
  )
}

function useColumns(): Column<HotlineCall>[] {
  const t = useWords(contractWords)
  const dates = useDates()
  const who = ({ resident, caller }: HotlineCall) => resident?.nameMasked ?? caller
  return [
    {
      key: 'at',
      title: t('hotline.at'),
      short: true,
      cell: ({ at }) => dates.briefly(at),
      text: ({ at }) => dates.moment(at),
    },
    {
      key: 'who',
      title: t('hotline.caller'),
      width: 130,
      cell: (row) => (row.resident ? <To to={`/residents/${row.resident.id}`}>{who(row)}</To> : who(row)),
      text: who,
    },
    {
      key: 'topic',
      title: t('hotline.topic'),
      short: true,
      cell: ({ topic }) => t(`hotline.topic.${topic}`),
      text: ({ topic }) => t(`hotline.topic.${topic}`),
    },
    {
      key: 'asked',
      title: t('hotline.asked'),
      cell: ({ asked, answered }) => (
        <>
          {asked}
          {answered && <div className="tm-quiet">{answered}</div>}
        </>
      ),
      text: ({ asked }) => asked,
    },
    {
      key: 'outcome',
      title: t('hotline.outcome'),
      short: true,
      cell: ({ outcome }) => <StateTag tone={tones[outcome]}>{t(`hotline.outcome.${outcome}`)}</StateTag>,
      text: ({ outcome }) => t(`hotline.outcome.${outcome}`),
    },
    {
      key: 'by',
      title: t('hotline.by'),
      wide: true,
      cell: ({ by }) => by ?? '—',
      text: ({ by }) => by ?? '',
    },
  ]
}
