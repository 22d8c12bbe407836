import { careplanApi } from '@tongmai/api/careplan'
import { type Device, type EndOfDevice, endOfDevice } from '@tongmai/api/careplan/device'
import { Button, Input, Modal, Select, Space } from 'antd'
import { useState } from 'react'
import { useMay } from '../../kernel/session.tsx'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { useConfirm } from '../../ui/confirm.tsx'
import { Field } from '../../ui/field.tsx'
import { RefusalNote, useTell, useTellRefused } from '../../ui/tell.tsx'
import { careplanWords } from './words.ts'

/** What can be done with a device: taken back while it is lent, ended while it serves. */
export function DeviceActs({ device }: { device: Device }) {
  const t = useWords(careplanWords)
  const may = useMay()
  const tell = useTell()
  const tellRefused = useTellRefused()
  const confirm = useConfirm()
  const [ending, setEnding] = useState(false)
  const back = useWrite(careplanApi.takeBackDevice, {
    touches: ['device'],
    onDone: () => tell(t('device.taken-back')),
  })
  if (device.status === 'retired' || !may('careplan.follow')) return null
  const run = () => back.mutate({ params: { id: device.id } }, { onError: tellRefused })
  return (
    <Space size={0}>
      {device.resident && (
        <Button
          size="small"
          type="text"
          loading={back.isPending}
          onClick={() => confirm({ label: t('device.take-back'), confirm: t('device.take-back-note'), run })}
        >
          {t('device.take-back')}
        </Button>
      )}
      <Button size="small" type="text" danger onClick={() => setEnding(true)}>
        {t('device.end')}
      </Button>
      {ending && <EndDevice device={device} onClose={() => setEnding(false)} />}
    </Space>
  )
}

function EndDevice({ device, onClose }: { device: Device; onClose: () => void }) {
  const t = useWords(careplanWords)
  const tell = useTell()
  const [reason, setReason] = useState<EndOfDevice | null>(null)
  const [note, setNote] = useState('')
  const end = useWrite(careplanApi.endDevice, {
    touches: ['device'],
    onDone: () => {
      tell(t('device.ended'))
      onClose()
    },
  })
  const send = () =>
    reason && end.mutate({ params: { id: device.id }, body: { reason, note: note.trim() || null } })
  return (
    <Modal
      open
      title={`${t('device.end')} ${device.serial}`}
      okText={t('device.end')}
      okButtonProps={{ danger: true, disabled: !reason }}
      confirmLoading={end.isPending}
      onOk={send}
      onCancel={onClose}
    >
      <RefusalNote refused={end.error} />
      <Field label={t('device.end-why')} required>
        {(field) => (
          <Select
            id={field}
            style={{ width: '100%' }}
            value={reason}
            options={endOfDevice.options.map((one) => ({ value: one, label: t(`device.end.${one}`) }))}
            onChange={setReason}
          />
        )}
      </Field>
      <Field label={t('device.end-note')}>
        {(field) => (
          <Input.TextArea id={field} rows={2} value={note} onChange={({ target }) => setNote(target.value)} />
        )}
      </Field>
    </Modal>
  )
}
