import { careplanApi } from '@tongmai/api/careplan'
import type { AlertRule } from '@tongmai/api/careplan/alert-rule'
import { Button, Input, InputNumber, Modal, Segmented } from 'antd'
import { useState } from 'react'
import { useDates } from '../../kernel/use-dates.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { DayField } from '../../ui/date-field.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { careplanWords } from './words.ts'

type NumberName = 'least' | 'most' | 'spanHours' | 'amount' | 'minutes'
/** Which numbers each way of looking has. */
const numbers: Readonly<Record<AlertRule['way'], readonly NumberName[]>> = {
  threshold: ['least', 'most', 'minutes'],
  duration: ['least', 'most', 'spanHours', 'minutes'],
  baseline: ['spanHours', 'amount', 'minutes'],
  trend: ['spanHours', 'amount', 'minutes'],
  silence: ['spanHours', 'minutes'],
}

/** Changes a rule from a day on, with the document it comes from; or stops it. */
export function AlertRuleDialog({ rule, onClose }: { rule: AlertRule; onClose: () => void }) {
  const t = useWords(careplanWords)
  const tell = useTell()
  const { now, day } = useDates()
  const [typed, setTyped] = useState({ ...rule, source: '', since: day(now) })
  const set = useWrite(careplanApi.setAlertRule, {
    touches: ['careplan'],
    onDone: () => {
      tell(t('alert-rule.saved', { since: typed.since }))
      onClose()
    },
  })
  const { code, kind: _, way, part: __, ...terms } = typed
  const send = (stopped: boolean) => set.mutate({ params: { code }, body: { ...terms, stopped } })
  const ready = typed.source.trim() !== '' && typed.name.trim() !== ''
  const label: Readonly<Record<NumberName, string>> = {
    ...{ least: t('alert-rule.least'), most: t('alert-rule.most'), spanHours: t('alert-rule.span') },
    amount: t(way === 'baseline' ? 'alert-rule.percent' : 'alert-rule.amount'),
    minutes: t('alert-rule.within'),
  }
  return (
    <Modal
      open
      title={`${t('alert-rule.change')} · ${rule.name}`}
      onCancel={onClose}
      footer={
        <>
          {!rule.stopped && (
            <Button danger disabled={!ready} loading={set.isPending} onClick={() => send(true)}>
              {t('alert-rule.stop')}
            </Button>
          )}
          <Button type="primary" disabled={!ready} loading={set.isPending} onClick={() => send(false)}>
            {t(rule.stopped ? 'alert-rule.start' : 'alert-rule.change')}
          </Button>
        </>
      }
    >
      <RefusalNote refused={set.error} />
      <Fields columns={2}>
        <Field label={t('alert-rule.name')} required wide>
          {(id) => (
            <Input
              id={id}
              maxLength={60}
              value={typed.name}
              onChange={({ target }) => setTyped({ ...typed, name: target.value })}
            />
          )}
        </Field>
        {numbers[way].map((name) => (
          <Field
            key={name}
            label={label[name]}
            {...(name === 'least' || name === 'most' ? { hint: t('alert-rule.limit-hint') } : {})}
          >
            {(id) => (
              <InputNumber
                id={id}
                style={{ width: '100%' }}
                value={typed[name]}
                onChange={(next) => setTyped({ ...typed, [name]: next ?? (name === 'spanHours' ? 0 : null) })}
              />
            )}
          </Field>
        ))}
        <Field label={t('alert.level')}>
          {(id) => (
            <Segmented<AlertRule['level']>
              id={id}
              value={typed.level}
              options={(['warn', 'critical'] as const).map((value) => ({
                value,
                label: t(`alert.${value}`),
              }))}
              onChange={(level) => setTyped({ ...typed, level })}
            />
          )}
        </Field>
        <Field label={t('alert-rule.since')} required>
          {(id) => (
            <DayField
              id={id}
              value={typed.since}
              onChange={(since) => setTyped({ ...typed, since: since ?? typed.since })}
            />
          )}
        </Field>
        <Field label={t('alert.source')} required wide hint={rule.source}>
          {(id) => (
            <Input
              id={id}
              maxLength={300}
              value={typed.source}
              onChange={({ target }) => setTyped({ ...typed, source: target.value })}
            />
          )}
        </Field>
      </Fields>
    </Modal>
  )
}
