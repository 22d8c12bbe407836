import { interopApi } from '@tongmai/api/interop'
import type { PartnerLine } from '@tongmai/api/interop/message'
import { Button, Space } from 'antd'
import { useState } from 'react'
import * as z from 'zod/mini'
import { call } from '../../kernel/call.ts'
import { To, useSearch } from '../../kernel/route.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import type { Column } from '../../ui/column.ts'
import { useConfirm } from '../../ui/confirm.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Page } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { useTell, useTellRefused } from '../../ui/tell.tsx'
import { AddPartner } from './add-partner.tsx'
import { SetDestination } from './set-destination.tsx'
import { problemText } from './subscription-problem.ts'
import { interopWords } from './words.ts'

const LIMIT = 50
const touches = ['interop.partner']
const filterShape = z.object({ offset: z._default(z.coerce.number(), 0) })

/** The systems that speak HL7 v2 with us for this institution. */
export function PartnerList() {
  const t = useWords(interopWords)
  const [{ offset }, setFilter] = useSearch(filterShape)
  const [adding, setAdding] = useState(false)
  const read = useRead(
    interopApi.listPartners,
    { query: { offset, limit: LIMIT } },
    { live: touches, keepPrevious: true },
  )
  return (
    <Page
      title={t('partner.title')}
      hint={t('partner.hint')}
      actions={
        <>
          <To to="/messages">{t('message.title')}</To>
          <Button type="primary" onClick={() => setAdding(true)}>
            {t('partner.add')}
          </Button>
        </>
      }
    >
      <DataTable
        label={t('partner.title')}
        columns={useColumns()}
        read={read}
        keyOf={({ id }) => id}
        offset={offset}
        limit={LIMIT}
        onPage={(next) => setFilter({ offset: next })}
        empty={<Nothing title={t('partner.none')} hint={t('partner.none-hint')} />}
        readPage={(from, limit) => call(interopApi.listPartners, { query: { offset: from, limit } })}
      />
      {adding && <AddPartner onClose={() => setAdding(false)} />}
    </Page>
  )
}

function useColumns(): Column<PartnerLine>[] {
  const t = useWords(interopWords)
  const { moment } = useDates()
  const text = (key: 'facility' | 'application' | 'clientId', title: string, wide = false) => ({
    ...{ key, title, wide },
    cell: (one: PartnerLine) => <code>{one[key] || t('partner.any')}</code>,
    text: (one: PartnerLine) => one[key],
  })
  return [
    { key: 'name', title: t('partner.name'), cell: (one) => <b>{one.name}</b>, text: (one) => one.name },
    text('facility', t('partner.facility')),
    text('application', t('partner.application'), true),
    text('clientId', t('partner.client'), true),
    {
      ...{ key: 'added', title: t('partner.added-at'), short: true, wide: true },
      cell: (one) => moment(one.addedAt),
      text: (one) => moment(one.addedAt),
    },
    {
      ...{ key: 'destination', title: t('partner.destination') },
      cell: (one) => <Destination of={one} />,
      text: (one) => one.destination?.address ?? '',
    },
    { key: 'acts', title: '', short: true, cell: (one) => <Acts of={one} />, text: () => '' },
  ]
}

/** Where it listens, and how sending there goes. */
function Destination({ of: { destination } }: { of: PartnerLine }) {
  const t = useWords(interopWords)
  const { moment } = useDates()
  if (!destination) return <span className="tm-quiet">{t('partner.no-destination')}</span>
  const { road, address, secured, waiting, problem, tries, nextTryAt, arrivedAt } = destination
  return (
    <>
      <code>{address}</code>{' '}
      <span className="tm-quiet">
        {t(`message.road.${road}`)}
        {secured && ' · TLS'}
      </span>
      <div>
        <StateTag tone={problem ? 'bad' : waiting > 0 ? 'wait' : 'good'}>
          {problem ? t('partner.failing', { tries }) : t('partner.well')}
        </StateTag>{' '}
        {waiting > 0 && (
          <To to="/messages?direction=out&state=waiting">{t('partner.waiting', { count: waiting })}</To>
        )}
      </div>
      <div className="tm-quiet">
        {problem
          ? [problemText(problem), nextTryAt && t('partner.next-try', { at: moment(nextTryAt) })]
              .filter(Boolean)
              .join('，')
          : arrivedAt && t('partner.arrived', { at: moment(arrivedAt) })}
      </div>
    </>
  )
}

function Acts({ of }: { of: PartnerLine }) {
  const t = useWords(interopWords)
  const tell = useTell()
  const onError = useTellRefused()
  const [isOpen, setOpen] = useState(false)
  const send = useWrite(interopApi.sendNow, { touches, onDone: () => tell(t('partner.sending')) })
  return (
    <Space wrap size={4}>
      {of.destination?.problem && (
        <Button
          size="small"
          loading={send.isPending}
          onClick={() => send.mutate({ params: { id: of.id }, body: {} }, { onError })}
        >
          {t('partner.send-now')}
        </Button>
      )}
      <Button size="small" onClick={() => setOpen(true)}>
        {t('partner.destination')}
      </Button>
      <EndPartner of={of} />
      {isOpen && <SetDestination of={of} onClose={() => setOpen(false)} />}
    </Space>
  )
}

function EndPartner({ of }: { of: PartnerLine }) {
  const t = useWords(interopWords)
  const tell = useTell()
  const onError = useTellRefused()
  const confirm = useConfirm()
  const end = useWrite(interopApi.endPartner, {
    touches,
    onDone: ({ name }) => tell(t('partner.ended', { name })),
  })
  const run = () => end.mutate({ params: { id: of.id }, body: {} }, { onError })
  return (
    <Button
      size="small"
      danger
      loading={end.isPending}
      onClick={() =>
        confirm({ label: t('partner.end'), confirm: t('partner.end-confirm'), danger: true, run })
      }
    >
      {t('partner.end')}
    </Button>
  )
}
