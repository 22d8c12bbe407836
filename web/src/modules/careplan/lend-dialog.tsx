import { careplanApi } from '@tongmai/api/careplan'
import { Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { Field } from '../../ui/field.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { careplanWords } from './words.ts'

/** Lends a device in stock to a resident, with what was agreed. */
export function LendDialog({ residentId, onClose }: { residentId: string; onClose: () => void }) {
  const t = useWords(careplanWords)
  const tell = useTell()
  const stock = useRead(careplanApi.listDevices, { query: { status: 'stock', limit: 200 } })
  const [id, setId] = useState<string | null>(null)
  const [agreement, setAgreement] = useState('')
  const [signer, setSigner] = useState('')
  const lend = useWrite(careplanApi.lendDevice, {
    touches: ['device'],
    onDone: () => {
      tell(t('device.lent'))
      onClose()
    },
  })
  return (
    <Modal
      open
      title={t('device.lend')}
      okText={t('device.lend')}
      okButtonProps={{ disabled: !id || agreement.trim() === '' || signer.trim() === '' }}
      confirmLoading={lend.isPending}
      onOk={() => id && lend.mutate({ params: { id }, body: { residentId, agreement, signer } })}
      onCancel={onClose}
    >
      <RefusalNote refused={lend.error} />
      <Field label={t('device.choose')} required>
        {(field) => (
          <Select
            id={field}
            style={{ width: '100%' }}
            value={id}
            options={(stock.data?.items ?? []).map((one) => ({
              value: one.id,
              label: `${one.model} ${one.serial}（${one.kinds.map((kind) => t(`kind.${kind}`)).join('、')}）`,
            }))}
            onChange={setId}
          />
        )}
      </Field>
      <Field label={t('device.agreement')} required hint={t('device.agreement-hint')}>
        {(field) => (
          <Input.TextArea
            id={field}
            rows={2}
            value={agreement}
            onChange={({ target }) => setAgreement(target.value)}
          />
        )}
      </Field>
      <Field label={t('device.signer')} required hint={t('device.signer-hint')}>
        {(field) => <Input id={field} value={signer} onChange={({ target }) => setSigner(target.value)} />}
      </Field>
    </Modal>
  )
}
