import { contractApi } from '@tongmai/api/contract'
import { type CallOutcome, callOutcome, type PanelResident } from '@tongmai/api/contract/panel'
import { Input, Modal, Radio } from 'antd'
import { useState } from 'react'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { Field } from '../../ui/field.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { contractWords } from './words.ts'

/** Notes what came of a call, under the calls before it. */
export function CallDialog({ resident, onClose }: { resident: PanelResident; onClose: () => void }) {
  const t = useWords(contractWords)
  const tell = useTell()
  const [outcome, setOutcome] = useState<CallOutcome>('reached')
  const [note, setNote] = useState('')
  const params = { id: resident.contractId }
  const log = useWrite(contractApi.logCall, {
    touches: ['contract'],
    onDone: () => {
      tell(t('mine.noted'))
      onClose()
    },
  })
  return (
    <Modal
      open
      title={`${resident.resident.nameMasked} · ${t('mine.call')}`}
      okText={t('mine.call')}
      confirmLoading={log.isPending}
      onOk={() => log.mutate({ params, body: { outcome, note } })}
      onCancel={onClose}
    >
      <RefusalNote refused={log.error} />
      <Field label={t('mine.outcome')} required>
        {(id) => (
          <Radio.Group
            id={id}
            value={outcome}
            options={callOutcome.options.map((value) => ({ value, label: t(`outcome.${value}`) }))}
            onChange={({ target }) => setOutcome(target.value as CallOutcome)}
          />
        )}
      </Field>
      <Field label={t('mine.note')}>
        {(id) => (
          <Input.TextArea
            id={id}
            rows={3}
            maxLength={1000}
            value={note}
            onChange={({ target }) => setNote(target.value)}
          />
        )}
      </Field>
      <Calls contractId={resident.contractId} />
    </Modal>
  )
}

function Calls({ contractId }: { contractId: string }) {
  const t = useWords(contractWords)
  const { moment } = useDates()
  const read = useRead(
    contractApi.listCalls,
    { params: { id: contractId }, query: { limit: 20 } },
    { live: ['contract.called'] },
  )
  return (
    <Loaded read={read} rows={1}>
      {({ items }) =>
        items.length > 0 && (
          <>
            <h3>{t('mine.calls')}</h3>
            <ul>
              {items.map((one) => (
                <li key={one.id}>
                  <span className="tm-quiet">
                    {moment(one.at)} {one.by}
                  </span>{' '}
                  {t(`outcome.${one.outcome}`)} {one.note}
                </li>
              ))}
            </ul>
          </>
        )
      }
    </Loaded>
  )
}
