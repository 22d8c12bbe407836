import { recognitionApi } from '@tongmai/api/recognition'
import type { Gate, GateState } from '@tongmai/api/recognition/gate'
import { Button, Input, Modal } from 'antd'
import { useState } from 'react'
import { To } from '../../kernel/route.tsx'
import { useForm } from '../../kernel/use-form.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import type { Column } from '../../ui/column.ts'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Field } from '../../ui/field.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { StateTag, type Tone } from '../../ui/state-tag.tsx'
import { Table } from '../../ui/table.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { recognitionWords } from './words.ts'

const tones: Readonly<Record<GateState, Tone>> = {
  passed: 'good',
  failed: 'bad',
  over: 'wait',
  withdrawn: 'idle',
}

/** Assessments as columns; `onWithdraw` where they may be taken back. */
export function useGateColumns(onWithdraw: (gate: Gate) => void): Column<Gate>[] {
  const t = useWords(recognitionWords)
  return [
    {
      key: 'institution',
      title: t('gate.institution'),
      cell: (one) => <To to={`/institutions/${one.institutionId}`}>{one.institutionName}</To>,
      text: (one) => one.institutionName,
    },
    {
      key: 'item',
      title: t('item.name'),
      cell: (one) => <To to={`/recognition-items/${one.itemId}`}>{one.itemName}</To>,
      text: (one) => one.itemName,
    },
    {
      key: 'scope',
      title: t('gate.level'),
      short: true,
      cell: (one) => t(`scope.${one.scope}`),
      text: (one) => t(`scope.${one.scope}`),
    },
    { key: 'body', title: t('gate.body'), wide: true, cell: (one) => one.body, text: (one) => one.body },
    {
      key: 'year',
      title: t('gate.year'),
      short: true,
      wide: true,
      cell: (one) => one.year,
      text: (one) => String(one.year),
    },
    {
      key: 'until',
      title: t('window.until'),
      short: true,
      cell: (one) => one.until,
      text: (one) => one.until,
    },
    {
      key: 'state',
      title: t('gate.state'),
      cell: (one) => (
        <>
          <StateTag tone={tones[one.state]}>{t(`state.${one.state}`)}</StateTag>
          {one.withdrawnReason && <div className="tm-quiet">{one.withdrawnReason}</div>}
        </>
      ),
      text: (one) => t(`state.${one.state}`),
    },
    {
      key: 'act',
      title: '',
      align: 'right',
      cell: (one) =>
        one.mayWithdraw && (
          <Button type="text" danger size="small" onClick={() => onWithdraw(one)}>
            {t('gate.withdraw')}
          </Button>
        ),
    },
  ]
}

/** The assessments of one item. */
export function GateTable({ gates }: { gates: readonly Gate[] }) {
  const t = useWords(recognitionWords)
  const [withdrawing, setWithdrawing] = useState<Gate>()
  const columns = useGateColumns(setWithdrawing).filter(({ key }) => key !== 'item')
  if (gates.length === 0) return <Nothing title={t('gates.none')} hint={t('gates.none-hint')} />
  return (
    <>
      <Table label={t('item.gates')} columns={columns} rows={gates} keyOf={({ id }) => id} />
      {withdrawing && <WithdrawGate of={withdrawing} onClose={() => setWithdrawing(undefined)} />}
    </>
  )
}

/** Takes an assessment back, with the reason. */
export function WithdrawGate({ of, onClose }: { of: Gate; onClose: () => void }) {
  const t = useWords(recognitionWords)
  const tell = useTell()
  const withdraw = useWrite(recognitionApi.withdrawGate, {
    touches: ['recognition'],
    onDone: () => {
      tell(`${of.institutionName} ${of.itemName}：${t('gate.withdrawn')}`)
      form.discard()
      onClose()
    },
  })
  const form = useForm(`recognition.withdraw:${of.id}`, { reason: '' }, withdraw.error)
  const { reason } = form.value
  return (
    <Modal
      open
      title={t('gate.withdraw-title', { name: `${of.institutionName} ${of.itemName}` })}
      okText={t('gate.withdraw')}
      okButtonProps={{ danger: true, disabled: !reason.trim() }}
      confirmLoading={withdraw.isPending}
      onOk={() => withdraw.mutate({ params: { id: of.id }, body: { reason } })}
      onCancel={onClose}
    >
      <DraftNote form={form} />
      <RefusalNote refused={withdraw.error} />
      <Field label={t('gate.withdraw-reason')} required>
        {(id) => (
          <Input
            id={id}
            maxLength={200}
            value={reason}
            onChange={({ target }) => form.set('reason', target.value)}
          />
        )}
      </Field>
    </Modal>
  )
}
