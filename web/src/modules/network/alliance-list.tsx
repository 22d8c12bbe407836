import {
  type AllianceForm,
  type AllianceLine,
  allianceApi,
  allianceForm,
} from '@tongmai/api/network/alliance'
import { type Specialty, specialty } from '@tongmai/api/network/institution'
import { Button, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import * as z from 'zod/mini'
import { call } from '../../kernel/call.ts'
import { showDay } from '../../kernel/dates.ts'
import { useGo, useSearch } from '../../kernel/route.tsx'
import { useMay } from '../../kernel/session.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useForm } from '../../kernel/use-form.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { DayField } from '../../ui/date-field.tsx'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { FilterSelect } from '../../ui/filter-select.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Page } from '../../ui/page.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { networkWords } from './words.ts'

const LIMIT = 20
const filterShape = z.object({ form: z.optional(allianceForm), offset: z._default(z.coerce.number(), 0) })

/** The alliances of the four forms. */
export function AllianceList() {
  const t = useWords(networkWords)
  const may = useMay()
  const [{ form, offset }, setFilter] = useSearch(filterShape)
  const [founding, setFounding] = useState(false)
  const read = useRead(
    allianceApi.listAlliances,
    { query: { form, offset, limit: LIMIT } },
    { live: ['network.alliance', 'alliance'], keepPrevious: true },
  )
  const found = may('network.manage') && (
    <Button type="primary" onClick={() => setFounding(true)}>
      {t('alliance.found')}
    </Button>
  )
  return (
    <Page title={t('alliances')} hint={t('alliances.hint')} actions={found}>
      <DataTable
        label={t('alliances')}
        columns={useColumns()}
        read={read}
        keyOf={({ id }) => id}
        rowTo={({ id }) => `/alliances/${id}`}
        offset={offset}
        limit={LIMIT}
        onPage={(next) => setFilter({ offset: next })}
        filters={
          <FilterSelect
            label={t('alliance.form')}
            all={t('all-forms')}
            width={180}
            value={form}
            keys={allianceForm.options}
            word={(one) => t(`form.${one}`)}
            onChange={(next) => setFilter({ form: next, offset: 0 })}
          />
        }
        filtered={form !== undefined}
        onClear={() => setFilter({ form: undefined, offset: 0 })}
        empty={<Nothing title={t('alliances.none')} hint={t('alliances.none-hint')} />}
        readPage={(from, limit) => call(allianceApi.listAlliances, { query: { form, offset: from, limit } })}
      />
      {founding && <FoundAlliance onClose={() => setFounding(false)} />}
    </Page>
  )
}

function useColumns(): Column<AllianceLine>[] {
  const t = useWords(networkWords)
  return [
    { key: 'name', title: t('alliance.name'), cell: (one) => <b>{one.name}</b>, text: (one) => one.name },
    {
      key: 'form',
      title: t('alliance.form'),
      cell: (one) => t(`form.${one.form}`),
      text: (one) => t(`form.${one.form}`),
    },
    {
      key: 'lead',
      title: t('alliance.lead'),
      cell: (one) => one.leadName ?? '—',
      text: (one) => one.leadName ?? '',
    },
    {
      key: 'members',
      title: t('alliance.members'),
      align: 'right',
      cell: (one) => one.members,
      text: (one) => String(one.members),
    },
    { key: 'since', title: t('alliance.since'), cell: (one) => one.since, text: (one) => one.since },
  ]
}

const empty = {
  name: '',
  shortName: '',
  charter: '',
  form: null as AllianceForm | null,
  specialty: null as Specialty | null,
}

function FoundAlliance({ onClose }: { onClose: () => void }) {
  const t = useWords(networkWords)
  const tell = useTell()
  const go = useGo()
  const { now } = useDates()
  const [since, setSince] = useState<string | null>(showDay(now))
  const write = useWrite(allianceApi.foundAlliance, {
    touches: ['network.alliance'],
    onDone: ({ id, name }) => {
      tell(t('alliance.founded', { name }))
      draft.discard()
      go(`/alliances/${id}`)
    },
  })
  const draft = useForm('network.found-alliance', empty, write.error)
  const { name, shortName, charter, form, specialty: chosen } = draft.value
  const isSpecialty = form === 'specialtyAlliance'
  const send = () => {
    if (!form || !since) return
    const words = { name, shortName, charter: charter.trim() || null, form, since }
    write.mutate({ body: { ...words, specialty: isSpecialty ? chosen : null } })
  }
  return (
    <Modal
      open
      title={t('alliance.found')}
      okText={t('alliance.found')}
      onOk={send}
      onCancel={onClose}
      confirmLoading={write.isPending}
      okButtonProps={{ disabled: !name || !shortName || !form || !since || (isSpecialty && !chosen) }}
    >
      <RefusalNote refused={write.error} />
      <DraftNote form={draft} />
      <Fields columns={1}>
        <Field label={t('alliance.name')} required problem={draft.problem('name')}>
          {(id) => <Input id={id} value={name} onChange={({ target }) => draft.set('name', target.value)} />}
        </Field>
        <Field label={t('institution.short-name')} required problem={draft.problem('shortName')}>
          {(id) => (
            <Input
              id={id}
              value={shortName}
              onChange={({ target }) => draft.set('shortName', target.value)}
            />
          )}
        </Field>
        <Field label={t('alliance.form')} required problem={draft.problem('form')}>
          {(id) => (
            <Select
              id={id}
              value={form}
              onChange={(next) => draft.set('form', next)}
              options={allianceForm.options.map((value) => ({ value, label: t(`form.${value}`) }))}
            />
          )}
        </Field>
        {isSpecialty && (
          <Field label={t('department.specialty')} required problem={draft.problem('specialty')}>
            {(id) => (
              <Select
                id={id}
                showSearch={{ optionFilterProp: 'label' }}
                value={chosen}
                onChange={(next) => draft.set('specialty', next)}
                options={specialty.options.map((value) => ({ value, label: t(`specialty.${value}`) }))}
              />
            )}
          </Field>
        )}
        <Field label={t('alliance.since')} required problem={draft.problem('since')}>
          {(id) => <DayField id={id} value={since} onChange={setSince} />}
        </Field>
        <Field label={t('alliance.charter')} problem={draft.problem('charter')}>
          {(id) => (
            <Input.TextArea
              id={id}
              rows={4}
              value={charter}
              onChange={({ target }) => draft.set('charter', target.value)}
            />
          )}
        </Field>
      </Fields>
    </Modal>
  )
}
