import { residentApi } from '@tongmai/api/resident'
import { type Objection, objectionState } from '@tongmai/api/resident/mine'
import { Button, Input, Modal } from 'antd'
import { useState } from 'react'
import * as z from 'zod/mini'
import { call } from '../../kernel/call.ts'
import { useSearch } from '../../kernel/route.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useForm } from '../../kernel/use-form.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useSay, useWords } from '../../kernel/words.ts'
import { alike } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Field } from '../../ui/field.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Page } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { ReviewFilters, reviewShape, reviewTable } from './review-filters.tsx'
import { residentWords } from './words.ts'

const filterShape = z.object({ state: z.optional(objectionState), ...reviewShape })

/** Openings that residents object to, and the answers. */
export function ObjectionList() {
  const t = useWords(residentWords)
  const say = useSay()
  const { briefly, moment } = useDates()
  const [asked, setFilter] = useSearch(filterShape)
  const [answering, setAnswering] = useState<Objection | null>(null)
  const table = reviewTable(asked, setFilter)
  const query = { ...asked, limit: table.limit }
  const read = useRead(residentApi.listObjections, { query }, { live: ['resident'], keepPrevious: true })
  const state = (one: Objection) =>
    one.state === 'open' ? (
      <Button size="small" type="primary" onClick={() => setAnswering(one)}>
        {t('objection.answer')}
      </Button>
    ) : (
      <StateTag tone="good">{t('status.answered')}</StateTag>
    )
  const opened = (one: Objection, at: string) =>
    `${at} ${one.who ?? ''} · ${say(`resident.basis.${one.basis}`)}`
  return (
    <Page title={t('objection.title')} hint={t('objection.hint')}>
      <DataTable<Objection>
        label={t('objection.title')}
        read={read}
        keyOf={({ id }) => id}
        {...table}
        readPage={(from, most) =>
          call(residentApi.listObjections, { query: { ...query, offset: from, limit: most } })
        }
        filters={
          <ReviewFilters
            states={objectionState.options}
            word={(state) => t(`status.${state}`)}
            state={asked.state}
            q={asked.q}
            hint={t('objection.search')}
            onChange={(change) => setFilter({ ...change, offset: 0 })}
          />
        }
        empty={<Nothing title={t('objection.none')} hint={t('objection.none-hint')} />}
        columns={[
          { key: 'name', title: t('field.name'), ...alike((one: Objection) => one.resident.nameMasked) },
          {
            ...{ key: 'at', title: t('objection.at'), sort: true, short: true },
            cell: (one) => briefly(one.at),
            text: (one) => moment(one.at),
          },
          { key: 'reason', title: t('objection.reason'), ...alike((one: Objection) => one.reason) },
          {
            ...{ key: 'opened', title: t('objection.opened') },
            cell: (one) => opened(one, briefly(one.openedAt)),
            text: (one) => opened(one, moment(one.openedAt)),
          },
          { key: 'answer', title: t('objection.answer'), ...alike((one: Objection) => one.answer ?? '') },
          {
            ...{ key: 'state', title: t('objection.state'), cell: state },
            text: (one) => t(`status.${one.state}`),
          },
        ]}
      />
      {answering && (
        <Answer
          objection={answering}
          opened={opened(answering, moment(answering.openedAt))}
          onClose={() => setAnswering(null)}
        />
      )}
    </Page>
  )
}

interface AnswerProps {
  readonly objection: Objection
  /** When it was opened, by whom, on which basis. */
  readonly opened: string
  readonly onClose: () => void
}

function Answer({ objection, opened, onClose }: AnswerProps) {
  const t = useWords(residentWords)
  const tell = useTell()
  const answer = useWrite(residentApi.answerObjection, {
    touches: ['resident'],
    onDone: () => {
      tell(t('objection.answered'))
      form.discard()
      onClose()
    },
  })
  const form = useForm(`resident.objection:${objection.id}`, { answer: '' }, answer.error)
  return (
    <Modal
      open
      title={t('objection.answer')}
      okText={t('objection.answer')}
      onOk={() => answer.mutate({ params: { id: objection.id }, body: form.value })}
      onCancel={onClose}
      confirmLoading={answer.isPending}
      okButtonProps={{ disabled: !form.value.answer.trim() }}
    >
      <p>{objection.reason}</p>
      <p className="tm-quiet">{opened}</p>
      <RefusalNote refused={answer.error} />
      <DraftNote form={form} />
      <Field label={t('objection.answer')} required problem={form.problem('answer')}>
        {(id) => (
          <Input.TextArea
            id={id}
            rows={3}
            maxLength={1000}
            value={form.value.answer}
            onChange={(event) => form.set('answer', event.target.value)}
          />
        )}
      </Field>
    </Modal>
  )
}
