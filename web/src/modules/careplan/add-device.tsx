import { careplanApi } from '@tongmai/api/careplan'
import { type ReadingKind, readingKinds } from '@tongmai/api/careplan/reading'
import { Input, Modal, Select, Typography } from 'antd'
import { useState } from 'react'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { Field } from '../../ui/field.tsx'
import { RefusalNote } from '../../ui/tell.tsx'
import { careplanWords } from './words.ts'

/** Takes a device into stock, and shows its token this once. */
export function AddDevice({ onClose }: { onClose: () => void }) {
  const t = useWords(careplanWords)
  const [serial, setSerial] = useState('')
  const [model, setModel] = useState('')
  const [kinds, setKinds] = useState<ReadingKind[]>(['bloodPressure'])
  const add = useWrite(careplanApi.addDevice, { touches: ['device'] })
  const token = add.data?.token
  return (
    <Modal
      open
      title={t('device.add')}
      okText={t('device.add')}
      okButtonProps={{
        disabled: !serial.trim() || !model.trim() || kinds.length === 0 || token !== undefined,
      }}
      confirmLoading={add.isPending}
      onOk={() => add.mutate({ body: { serial, model, kinds } })}
      onCancel={onClose}
    >
      <RefusalNote refused={add.error} />
      <Field label={t('device.serial')} required>
        {(id) => <Input id={id} value={serial} onChange={({ target }) => setSerial(target.value)} />}
      </Field>
      <Field label={t('device.model')} required>
        {(id) => <Input id={id} value={model} onChange={({ target }) => setModel(target.value)} />}
      </Field>
      <Field label={t('device.kinds')} required>
        {(id) => (
          <Select<ReadingKind[]>
            id={id}
            mode="multiple"
            style={{ width: '100%' }}
            value={kinds}
            options={readingKinds.map((one) => ({ value: one, label: t(`kind.${one}`) }))}
            onChange={setKinds}
          />
        )}
      </Field>
      {token && (
        <Field label={t('device.token')} hint={t('device.token-once')}>
          {() => <Typography.Text copyable>{token}</Typography.Text>}
        </Field>
      )}
    </Modal>
  )
}
