import { benefitApi } from '@tongmai/api/benefit'
import type { DiagnosisGroup } from '@tongmai/api/benefit/tariff'
import { Button, Input, Modal } from 'antd'
import { useState } from 'react'
import { timeNow } from '../../kernel/clock.ts'
import { showDay } from '../../kernel/dates.ts'
import { useMay } from '../../kernel/session.tsx'
import { useForm } from '../../kernel/use-form.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import type { Column } from '../../ui/column.ts'
import { DayField } from '../../ui/date-field.tsx'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Card, Page } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { itemsOf, linesOf } from './group-lines.ts'
import { showYuan } from './money.ts'
import { RuleTabs } from './rule-tabs.tsx'
import { benefitWords } from './words.ts'

type Doing = { what: 'new' } | { what: 'items' | 'change'; group: DiagnosisGroup }

/** Groups of diagnoses with what is usually done for them: from these the expected bill is made. */
export function GroupList() {
  const t = useWords(benefitWords)
  const may = useMay()
  const [doing, setDoing] = useState<Doing>()
  const read = useRead(benefitApi.listDiagnosisGroups, { query: { limit: 200 } }, { live: ['benefit'] })
  const manages = may('benefit.manage')
  const columns: Column<DiagnosisGroup>[] = [
    { key: 'name', title: t('diagnosis'), cell: ({ name, code }) => <b>{`${name}（${code}）`}</b> },
    { key: 'icd', title: 'ICD-10', cell: ({ icd }) => icd.join('、') },
    {
      key: 'kinds',
      title: t('kind'),
      short: true,
      cell: ({ kinds }) => kinds.map((kind) => t(`kind.${kind}`)).join('、') || t('groups.no-items'),
    },
    {
      key: 'period',
      title: t('rules.period'),
      cell: ({ since, until }) => (until ? t('rules.from-to', { since, until }) : t('rules.from', { since })),
    },
    { key: 'source', title: t('rules.source'), wide: true, cell: ({ source }) => source },
    {
      key: 'act',
      title: '',
      align: 'right',
      cell: (group) => (
        <span className="tm-row">
          <Button type="text" size="small" onClick={() => setDoing({ what: 'items', group })}>
            {t('groups.items')}
          </Button>
          {manages && group.until === null && (
            <Button type="text" size="small" onClick={() => setDoing({ what: 'change', group })}>
              {t('rules.replace')}
            </Button>
          )}
        </span>
      ),
    },
  ]
  const done = () => setDoing(undefined)
  return (
    <Page
      title={t('groups.title')}
      hint={t('groups.hint')}
      actions={
        manages && (
          <Button type="primary" onClick={() => setDoing({ what: 'new' })}>
            {t('groups.add')}
          </Button>
        )
      }
    >
      <RuleTabs at="/diagnosis-groups" />
      <Card flush>
        <Loaded read={read} rows={6}>
          {({ items }) =>
            items.length === 0 ? (
              <Nothing title={t('groups.none')} hint={t('groups.hint')} />
            ) : (
              <Table
                label={t('groups.title')}
                columns={columns}
                rows={items}
                keyOf={({ code, since }) => `${code} ${since}`}
              />
            )
          }
        </Loaded>
      </Card>
      {doing?.what === 'items' && <Items of={doing.group} onClose={done} />}
      {doing?.what === 'new' && <GroupForm items="" onClose={done} />}
      {doing?.what === 'change' && <Change of={doing.group} onClose={done} />}
    </Page>
  )
}

const useItems = (code: string) => useRead(benefitApi.readDiagnosisGroup, { params: { code } })

function Items({ of, onClose }: { of: DiagnosisGroup; onClose: () => void }) {
  const t = useWords(benefitWords)
  const read = useItems(of.code)
  return (
    <Modal open width={720} title={`${of.name} · ${t('groups.items')}`} footer={null} onCancel={onClose}>
      <Loaded read={read} rows={5}>
        {({ items }) => (
          <Table
            label={t('groups.items')}
            keyOf={({ kind, tier, itemCode }) => `${kind} ${tier} ${itemCode}`}
            rows={items}
            columns={[
              {
                key: 'at',
                title: t('tariff.tier'),
                cell: ({ kind, tier }) => `${t(`kind.${kind}`)} ${t(`level.${tier}`)}`,
              },
              {
                key: 'item',
                title: t('tariff.name'),
                cell: ({ name, itemCode }) => `${name ?? t('groups.no-price')}（${itemCode}）`,
              },
              { key: 'count', title: t('groups.count'), align: 'right', cell: ({ quantity }) => quantity },
              {
                key: 'price',
                title: t('tariff.price'),
                align: 'right',
                cell: ({ priceFen }) => showYuan(priceFen),
              },
            ]}
          />
        )}
      </Loaded>
    </Modal>
  )
}

/** The form begins with the items as they are. */
function Change({ of, onClose }: { of: DiagnosisGroup; onClose: () => void }) {
  const read = useItems(of.code)
  return read.data ? <GroupForm of={of} items={linesOf(read.data.items)} onClose={onClose} /> : null
}

function GroupForm({ of, items, onClose }: { of?: DiagnosisGroup; items: string; onClose: () => void }) {
  const t = useWords(benefitWords)
  const tell = useTell()
  const save = useWrite(benefitApi.setDiagnosisGroup, {
    touches: ['benefit'],
    onDone: ({ since }) => {
      tell(t('rules.added', { since }))
      form.discard()
      onClose()
    },
  })
  const begun = {
    ...{ code: of?.code ?? '', name: of?.name ?? '', icd: of?.icd.join('、') ?? '', source: '' },
    ...{ since: showDay(timeNow()), items },
  }
  const form = useForm(`benefit.group:${of?.code ?? 'new'}`, begun, save.error)
  const { value, set, problem } = form
  const typed = itemsOf(value.items)
  const icd = value.icd.split(/[,，、\s]+/).filter(Boolean)
  const send = () => {
    const { code, name, source, since } = value
    save.mutate({ body: { code: code.trim(), name, icd, source, since, items: typed.items } })
  }
  const text = (name: 'code' | 'name' | 'icd' | 'source', label: string, hint?: string) => (
    <Field label={label} required hint={hint} problem={problem(name)}>
      {(id) => (
        <Input
          id={id}
          disabled={name === 'code' && of !== undefined}
          value={value[name]}
          onChange={({ target }) => set(name, target.value)}
        />
      )}
    </Field>
  )
  const label = t(of ? 'rules.replace' : 'groups.add')
  const isWhole = [value.code, value.name, value.source].every((one) => one.trim()) && icd.length > 0
  return (
    <Modal
      open
      width={720}
      title={label}
      okText={label}
      okButtonProps={{ disabled: !isWhole || typed.wrong.length > 0 }}
      confirmLoading={save.isPending}
      onOk={send}
      onCancel={onClose}
    >
      <RefusalNote refused={save.error} />
      <DraftNote form={form} />
      <Fields>
        {text('code', t('groups.code'))}
        {text('name', t('groups.name'))}
        {text('icd', t('groups.icd'), t('groups.icd-hint'))}
        {text('source', t('rules.source'), t('rules.source-hint'))}
        <Field label={t('rules.since')} required problem={problem('since')}>
          {(id) => <DayField id={id} value={value.since} onChange={(next) => next && set('since', next)} />}
        </Field>
        <Field
          label={t('groups.items')}
          wide
          hint={t('groups.lines-hint')}
          problem={
            typed.wrong.length > 0 ? t('groups.lines-wrong', { lines: typed.wrong.join('、') }) : undefined
          }
        >
          {(id) => (
            <Input.TextArea
              id={id}
              autoSize={{ minRows: 6, maxRows: 16 }}
              value={value.items}
              onChange={({ target }) => set('items', target.value)}
            />
          )}
        </Field>
      </Fields>
    </Modal>
  )
}
