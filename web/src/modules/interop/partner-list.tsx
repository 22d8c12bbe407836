import { interopApi } from '@tongmai/api/interop'
import { type MessageCharset, messageCharset, type PartnerLine } from '@tongmai/api/interop/message'
import { Button, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import * as z from 'zod/mini'
import { call } from '../../kernel/call.ts'
import { To, useSearch } from '../../kernel/route.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useForm } from '../../kernel/use-form.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import type { Column } from '../../ui/column.ts'
import { useConfirm } from '../../ui/confirm.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Page } from '../../ui/page.tsx'
import { RefusalNote, useTell, useTellRefused } from '../../ui/tell.tsx'
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
    { key: 'end', title: '', short: true, cell: (one) => <EndPartner of={one} />, text: () => '' },
  ]
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

interface New {
  readonly name: string
  readonly facility: string
  readonly application: string
  readonly clientId: string
  readonly charset: MessageCharset | null
}
const empty: New = { name: '', facility: '', application: '', clientId: '', charset: null }

function AddPartner({ onClose }: { onClose: () => void }) {
  const t = useWords(interopWords)
  const tell = useTell()
  const add = useWrite(interopApi.addPartner, {
    touches,
    onDone: ({ name }) => {
      tell(t('partner.added', { name }))
      form.discard()
      onClose()
    },
  })
  const form = useForm('interop.add-partner', empty, add.error)
  const { value, set, problem } = form
  const line = (name: 'name' | 'facility' | 'application' | 'clientId', label: string, hint?: string) => (
    <Field label={label} required={hint === undefined} hint={hint} problem={problem(name)}>
      {(id) => <Input id={id} value={value[name]} onChange={({ target }) => set(name, target.value)} />}
    </Field>
  )
  return (
    <Modal
      open
      title={t('partner.add')}
      okText={t('partner.add')}
      onOk={() => add.mutate({ body: value })}
      onCancel={onClose}
      confirmLoading={add.isPending}
      okButtonProps={{ disabled: !value.name.trim() || !value.facility.trim() || !value.clientId.trim() }}
    >
      <RefusalNote refused={add.error} />
      <Fields>
        {line('name', t('partner.name'))}
        {line('clientId', t('partner.client'))}
        {line('facility', t('partner.facility'))}
        {line('application', t('partner.application'), t('partner.application-hint'))}
        <Field label={t('partner.charset')} problem={problem('charset')}>
          {(id) => (
            <Select
              id={id}
              allowClear
              placeholder={t('partner.charset-any')}
              value={value.charset}
              onChange={(charset) => set('charset', charset ?? null)}
              options={messageCharset.options.map((one) => ({ value: one, label: one.toUpperCase() }))}
            />
          )}
        </Field>
      </Fields>
    </Modal>
  )
}
