import { benefitApi } from '@tongmai/api/benefit'
import { type EntitlementRule, entitlementCode } from '@tongmai/api/benefit/rule'
import { Button, Checkbox, Input, InputNumber, Modal, Select } from 'antd'
import { useState } from 'react'
import { timeNow } from '../../kernel/clock.ts'
import { showDay } from '../../kernel/dates.ts'
import { useMay } from '../../kernel/session.tsx'
import { useForm } from '../../kernel/use-form.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { find, useWords } from '../../kernel/words.ts'
import type { Column } from '../../ui/column.ts'
import { DayField } from '../../ui/date-field.tsx'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Card, Page } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { RuleTabs } from './rule-tabs.tsx'
import { benefitWords } from './words.ts'

type Doing = { what: 'add' } | { what: 'replace' | 'end'; rule: EntitlementRule }

/** Waivers and priorities: what each asks for, from when to when, by which source; who may, changes them. */
export function EntitlementList() {
  const t = useWords(benefitWords)
  const may = useMay()
  const [doing, setDoing] = useState<Doing>()
  const read = useRead(benefitApi.listEntitlementRules, { query: { limit: 200 } }, { live: ['benefit'] })
  const columns = useColumns(may('benefit.manage'), setDoing)
  const done = () => setDoing(undefined)
  return (
    <Page
      title={t('waivers.title')}
      hint={t('waivers.hint')}
      actions={
        may('benefit.manage') && (
          <Button type="primary" onClick={() => setDoing({ what: 'add' })}>
            {t('waivers.add')}
          </Button>
        )
      }
    >
      <RuleTabs at="/entitlement-rules" />
      <Card flush>
        <Loaded read={read} rows={6}>
          {({ items }) =>
            items.length === 0 ? (
              <Nothing title={t('waivers.none')} hint={t('waivers.hint')} />
            ) : (
              <Table label={t('waivers.title')} columns={columns} rows={items} keyOf={({ id }) => id} />
            )
          }
        </Loaded>
      </Card>
      {doing && doing.what !== 'end' && (
        <ClaimForm {...(doing.what === 'replace' ? { of: doing.rule } : {})} onClose={done} />
      )}
      {doing?.what === 'end' && <EndForm of={doing.rule} onClose={done} />}
    </Page>
  )
}

function useColumns(manages: boolean, onDo: (doing: Doing) => void): Column<EntitlementRule>[] {
  const t = useWords(benefitWords)
  const asks = (one: EntitlementRule): string =>
    [
      one.minAge === null ? null : t('waivers.age', { age: one.minAge }),
      one.critical && t('critical'),
      one.contracted && t('contracted.true'),
      one.referred && t('referred'),
      one.kind && (find(`referral.green-kind.${one.kind}`) ?? one.kind),
    ]
      .filter(Boolean)
      .join(' · ') || t('waivers.everybody')
  return [
    { key: 'code', title: t('waivers.what'), cell: ({ code }) => <b>{t(`entitlement.${code}`)}</b> },
    { key: 'asks', title: t('rules.conditions'), cell: asks },
    {
      key: 'period',
      title: t('rules.period'),
      short: true,
      cell: ({ since, until }) => {
        if (since === null && until === null) return t('rules.since-unknown')
        const from = since ?? t('rules.since-unknown')
        return until ? t('rules.from-to', { since: from, until }) : t('rules.from', { since: from })
      },
    },
    { key: 'source', title: t('rules.source'), wide: true, cell: ({ source }) => source },
    {
      key: 'act',
      title: '',
      align: 'right',
      cell: (rule) =>
        manages &&
        rule.until === null && (
          <span className="tm-row">
            <Button type="text" size="small" onClick={() => onDo({ what: 'replace', rule })}>
              {t('rules.replace')}
            </Button>
            <Button type="text" size="small" danger onClick={() => onDo({ what: 'end', rule })}>
              {t('rules.end')}
            </Button>
          </span>
        ),
    },
  ]
}

const empty = {
  code: 'freeTransport' as EntitlementRule['code'],
  minAge: null as number | null,
  ...{ critical: false, contracted: false, referred: false, source: '' },
  since: '',
}

/** All that a waiver asks for; who has all of it, is granted it. */
function ClaimForm({ of, onClose }: { of?: EntitlementRule; onClose: () => void }) {
  const t = useWords(benefitWords)
  const tell = useTell()
  const done = {
    touches: ['benefit'],
    onDone: ({ since }: EntitlementRule) => {
      tell(t('rules.added', { since: since ?? '' }))
      form.discard()
      onClose()
    },
  }
  const add = useWrite(benefitApi.addEntitlementRule, done)
  const replace = useWrite(benefitApi.replaceEntitlementRule, done)
  const refused = of ? replace.error : add.error
  const begun = { ...empty, ...(of ?? {}), source: '', since: showDay(timeNow()) }
  const form = useForm(`benefit.waiver:${of?.id ?? 'new'}`, begun, refused)
  const { value, set, problem } = form
  const send = () => {
    const { code, minAge, critical, contracted, referred, since } = value
    const claimed = { minAge, critical, contracted, referred, kind: of?.kind ?? null }
    const body = { ...claimed, source: value.source.trim(), since }
    if (of) replace.mutate({ params: { id: of.id }, body })
    else add.mutate({ body: { ...body, code, until: null } })
  }
  const label = t(of ? 'rules.replace' : 'waivers.add')
  return (
    <Modal
      open
      width={640}
      title={of ? `${label}：${t(`entitlement.${of.code}`)}` : label}
      okText={label}
      onOk={send}
      onCancel={onClose}
      confirmLoading={add.isPending || replace.isPending}
      okButtonProps={{ disabled: !value.source.trim() }}
    >
      {of && <p className="tm-quiet">{t('rules.replace-hint')}</p>}
      <RefusalNote refused={refused} />
      <DraftNote form={form} />
      <Fields>
        {!of && (
          <Field label={t('waivers.what')} required>
            {(id) => (
              <Select
                id={id}
                value={value.code}
                onChange={(code) => set('code', code)}
                options={entitlementCode.options.map((code) => ({
                  value: code,
                  label: t(`entitlement.${code}`),
                }))}
              />
            )}
          </Field>
        )}
        <Field label={t('waivers.min-age')} hint={t('waivers.min-age-hint')} problem={problem('minAge')}>
          {(id) => (
            <InputNumber
              id={id}
              min={0}
              max={130}
              style={{ width: '100%' }}
              value={value.minAge}
              onChange={(age) => set('minAge', age)}
            />
          )}
        </Field>
        <Field label={t('rules.conditions')} wide>
          {() => (
            <span className="tm-row">
              {(['critical', 'contracted', 'referred'] as const).map((name) => (
                <Checkbox
                  key={name}
                  checked={value[name]}
                  onChange={({ target }) => set(name, target.checked)}
                >
                  {t(name === 'contracted' ? 'contracted.true' : name)}
                </Checkbox>
              ))}
            </span>
          )}
        </Field>
        <Field label={t('rules.since')} required problem={problem('since')}>
          {(id) => <DayField id={id} value={value.since} onChange={(next) => next && set('since', next)} />}
        </Field>
        <Field label={t('rules.source')} required hint={t('rules.source-hint')} problem={problem('source')}>
          {(id) => (
            <Input id={id} value={value.source} onChange={({ target }) => set('source', target.value)} />
          )}
        </Field>
      </Fields>
    </Modal>
  )
}

function EndForm({ of, onClose }: { of: EntitlementRule; onClose: () => void }) {
  const t = useWords(benefitWords)
  const tell = useTell()
  const [until, setUntil] = useState(showDay(timeNow()))
  const end = useWrite(benefitApi.endEntitlementRule, {
    touches: ['benefit'],
    onDone: () => {
      tell(t('rules.ended', { until }))
      onClose()
    },
  })
  return (
    <Modal
      open
      title={t('rules.end-title', { rule: t(`entitlement.${of.code}`) })}
      okText={t('rules.end')}
      okButtonProps={{ danger: true }}
      confirmLoading={end.isPending}
      onOk={() => end.mutate({ params: { id: of.id }, body: { until } })}
      onCancel={onClose}
    >
      <RefusalNote refused={end.error} />
      <Field label={t('rules.until')} required>
        {(id) => <DayField id={id} value={until} onChange={(next) => next && setUntil(next)} />}
      </Field>
    </Modal>
  )
}
