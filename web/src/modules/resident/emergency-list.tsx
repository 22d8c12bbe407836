import { residentApi } from '@tongmai/api/resident'
import { type EmergencyAccess, emergencyState } from '@tongmai/api/resident/consent'
import { Button, Input, Modal } from 'antd'
import { useState } from 'react'
import * as z from 'zod/mini'
import { call } from '../../kernel/call.ts'
import { useSearch } from '../../kernel/route.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useForm } from '../../kernel/use-form.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { alike } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Field } from '../../ui/field.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Page } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { OpeningTable } from './opening-table.tsx'
import { ReviewFilters, reviewShape, reviewTable } from './review-filters.tsx'
import { residentWords } from './words.ts'

const filterShape = z.object({ state: z.optional(emergencyState), ...reviewShape })

/** Records opened in an emergency; each waits until a person has judged it. */
export function EmergencyList() {
  const t = useWords(residentWords)
  const { briefly, moment } = useDates()
  const [asked, setFilter] = useSearch(filterShape)
  const [judging, setJudging] = useState<EmergencyAccess | null>(null)
  const table = reviewTable(asked, setFilter)
  const query = { ...asked, limit: table.limit }
  const read = useRead(residentApi.listEmergencies, { query }, { live: ['resident'], keepPrevious: true })
  const word = (one: EmergencyAccess['state']) =>
    t(one === 'open' ? 'emergency.open-state' : `emergency.${one}`)
  const act = (one: EmergencyAccess) => {
    if (one.state !== 'open')
      return <StateTag tone={one.state === 'justified' ? 'good' : 'bad'}>{word(one.state)}</StateTag>
    if (one.isMine) return <span className="tm-quiet">{t('emergency.mine')}</span>
    return (
      <Button size="small" type="primary" onClick={() => setJudging(one)}>
        {t('emergency.judge')}
      </Button>
    )
  }
  return (
    <Page title={t('emergency.title')} hint={t('emergency.list-hint')}>
      <DataTable<EmergencyAccess>
        label={t('emergency.title')}
        read={read}
        keyOf={({ id }) => id}
        {...table}
        readPage={(from, most) =>
          call(residentApi.listEmergencies, { query: { ...query, offset: from, limit: most } })
        }
        filters={
          <ReviewFilters
            states={emergencyState.options}
            word={word}
            state={asked.state}
            q={asked.q}
            hint={t('emergency.search')}
            onChange={(change) => setFilter({ ...change, offset: 0 })}
          />
        }
        empty={<Nothing title={t('emergency.none')} hint={t('emergency.none-hint')} />}
        columns={[
          {
            key: 'name',
            title: t('field.name'),
            ...alike((one: EmergencyAccess) => one.resident.nameMasked),
          },
          {
            key: 'who',
            title: t('emergency.who'),
            short: true,
            ...alike((one: EmergencyAccess) => one.who ?? '—'),
          },
          {
            ...{ key: 'at', title: t('emergency.at'), sort: true, short: true },
            cell: (one) => briefly(one.at),
            text: (one) => moment(one.at),
          },
          {
            key: 'until',
            title: t('emergency.until'),
            short: true,
            ...alike((one: EmergencyAccess) => moment(one.until)),
          },
          { key: 'reason', title: t('emergency.reason'), ...alike((one: EmergencyAccess) => one.reason) },
          {
            key: 'openings',
            title: t('emergency.openings'),
            short: true,
            ...alike((one: EmergencyAccess) => String(one.openings)),
          },
          { key: 'note', title: t('emergency.note'), ...alike((one: EmergencyAccess) => one.note ?? '—') },
          { key: 'act', title: t('objection.state'), cell: act, text: (one) => word(one.state) },
        ]}
      />
      {judging && <Judge one={judging} onClose={() => setJudging(null)} />}
    </Page>
  )
}

function Judge({ one, onClose }: { one: EmergencyAccess; onClose: () => void }) {
  const t = useWords(residentWords)
  const tell = useTell()
  const judge = useWrite(residentApi.judgeEmergency, {
    touches: ['resident'],
    onDone: () => {
      tell(t('emergency.judged'))
      form.discard()
      onClose()
    },
  })
  const form = useForm(`resident.emergency:${one.id}`, { note: '' }, judge.error)
  const { note } = form.value
  const say = (justified: boolean) =>
    judge.mutate({ params: { id: one.id }, body: { justified, note: note.trim() } })
  const isWorded = note.trim().length > 1
  return (
    <Modal
      open
      width={760}
      title={t('emergency.judge')}
      onCancel={onClose}
      footer={[
        <Button key="no" danger disabled={!isWorded} loading={judge.isPending} onClick={() => say(false)}>
          {t('emergency.wrong')}
        </Button>,
        <Button
          key="yes"
          type="primary"
          disabled={!isWorded}
          loading={judge.isPending}
          onClick={() => say(true)}
        >
          {t('emergency.right')}
        </Button>,
      ]}
    >
      <p>{`${one.resident.nameMasked} · ${one.who ?? ''} · ${one.reason}`}</p>
      <Used id={one.id} />
      <RefusalNote refused={judge.error} />
      <DraftNote form={form} />
      <Field label={t('emergency.note')} required>
        {(id) => (
          <Input.TextArea
            id={id}
            rows={2}
            maxLength={500}
            value={note}
            onChange={(event) => form.set('note', event.target.value)}
          />
        )}
      </Field>
    </Modal>
  )
}

/** What was looked at: who judges an opening must know what it was used for. */
function Used({ id }: { id: string }) {
  const query = { offset: 0, limit: 100 }
  const read = useRead(residentApi.listEmergencyOpenings, { params: { id }, query })
  return <Loaded read={read}>{({ items }) => <OpeningTable openings={items} />}</Loaded>
}
