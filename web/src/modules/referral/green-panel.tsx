import { type GreenKind, greenChannelApi, greenKind } from '@tongmai/api/referral/green-channel'
import type { Referral } from '@tongmai/api/referral/shape'
import { Button, Checkbox, Input, InputNumber, Modal, Select } from 'antd'
import { useState } from 'react'
import { timeNow } from '../../kernel/clock.ts'
import { useMay, useSession } from '../../kernel/session.tsx'
import { useForm } from '../../kernel/use-form.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { Card } from '../../ui/page.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { GreenChain } from './green-chain.tsx'
import { GreenFacts } from './green-facts.tsx'
import { referralWords } from './words.ts'

const waiting = ['submitted', 'infoRequested', 'accepted', 'inTransfer']
const MINUTE_MS = 60_000

/** On a referral: its green channel with entitlements and chain, or the way to open one. */
export function GreenPanel({ referral }: { referral: Referral }) {
  const t = useWords(referralWords)
  const may = useMay()
  const { institution } = useSession()
  const [opening, setOpening] = useState(false)
  const live = ['green-channel', 'dispatch', `referral:${referral.id}`]
  const read = useRead(greenChannelApi.greenChannelOf, { params: { id: referral.id } }, { live })
  const channel = read.data?.channel
  const mayOpen =
    institution?.id === referral.from.id && may('referral.write') && waiting.includes(referral.status)
  if (!read.data || (!channel && !mayOpen)) return null
  return (
    <Card
      title={t('green')}
      extra={
        (!channel || channel.closedAt) &&
        mayOpen && (
          <Button size="small" danger onClick={() => setOpening(true)}>
            {t('green.open')}
          </Button>
        )
      }
    >
      {channel && (
        <div style={{ display: 'grid', gap: 16 }}>
          <GreenFacts channel={channel} />
          <GreenChain channel={channel} />
        </div>
      )}
      {opening && <OpenGreen referral={referral} onClose={() => setOpening(false)} />}
    </Card>
  )
}

interface Typed {
  kind: GreenKind
  critical: boolean
  summary: string
  minutes: number | null
}

function OpenGreen({ referral, onClose }: { referral: Referral; onClose: () => void }) {
  const t = useWords(referralWords)
  const tell = useTell()
  const open = useWrite(greenChannelApi.openGreenChannel, {
    touches: ['green-channel', `referral:${referral.id}`],
    onDone: () => {
      tell(t('green.opened', { to: referral.to.shortName }))
      form.discard()
      onClose()
    },
  })
  const begun: Typed = {
    ...{ kind: 'chestPain', critical: true, minutes: null },
    summary: [referral.diagnosis, referral.form.treatmentSoFar].filter(Boolean).join('；').slice(0, 2000),
  }
  const form = useForm<Typed>(`referral.green:${referral.id}`, begun, open.error)
  const { kind, critical, summary, minutes } = form.value
  const send = () => {
    const expectedAt = minutes === null ? null : new Date(timeNow().getTime() + minutes * MINUTE_MS)
    open.mutate({ params: { id: referral.id }, body: { kind, critical, summary, expectedAt } })
  }
  return (
    <Modal
      open
      title={t('green.open')}
      okText={t('green.open')}
      okButtonProps={{ disabled: !summary.trim() }}
      confirmLoading={open.isPending}
      onOk={send}
      onCancel={onClose}
    >
      <RefusalNote refused={open.error} />
      <DraftNote form={form} />
      <Fields>
        <Field label={t('green.kind')}>
          {(id) => (
            <Select
              id={id}
              value={kind}
              options={greenKind.options.map((value) => ({ value, label: t(`green-kind.${value}`) }))}
              onChange={(next) => form.set('kind', next)}
            />
          )}
        </Field>
        <Field label={t('green.expected-in')}>
          {(id) => (
            <InputNumber
              id={id}
              min={0}
              max={1440}
              style={{ width: '100%' }}
              value={minutes}
              onChange={(next) => form.set('minutes', next)}
            />
          )}
        </Field>
        <Checkbox checked={critical} onChange={({ target }) => form.set('critical', target.checked)}>
          {t('green.critical')}
        </Checkbox>
        <Field
          label={t('green.summary')}
          required
          wide
          hint={t('green.summary-hint')}
          problem={form.problem('summary')}
        >
          {(id) => (
            <Input.TextArea
              id={id}
              autoSize={{ minRows: 4, maxRows: 10 }}
              value={summary}
              onChange={({ target }) => form.set('summary', target.value)}
            />
          )}
        </Field>
      </Fields>
    </Modal>
  )
}
