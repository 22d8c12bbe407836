import { contractApi } from '@tongmai/api/contract'
import type { ContractService } from '@tongmai/api/contract/fulfilment'
import { Input, Modal } from 'antd'
import { useState } from 'react'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { Field } from '../../ui/field.tsx'
import { RefusalNote } from '../../ui/tell.tsx'
import { contractWords } from './words.ts'

/** The resident does not want a service, and says why. */
export function RefuseDialog({ service, onClose }: { service: ContractService; onClose: () => void }) {
  const t = useWords(contractWords)
  const [note, setNote] = useState('')
  const refuse = useWrite(contractApi.refuseService, { touches: ['contract'], onDone: onClose })
  return (
    <Modal
      open
      title={`${service.resident.nameMasked} · ${service.item}`}
      okText={t('service.refuse')}
      okButtonProps={{ disabled: note.trim() === '' }}
      confirmLoading={refuse.isPending}
      onOk={() => refuse.mutate({ params: { id: service.id }, body: { note } })}
      onCancel={onClose}
    >
      <RefusalNote refused={refuse.error} />
      <Field label={t('service.why')} required>
        {(id) => (
          <Input.TextArea id={id} rows={3} value={note} onChange={({ target }) => setNote(target.value)} />
        )}
      </Field>
    </Modal>
  )
}
