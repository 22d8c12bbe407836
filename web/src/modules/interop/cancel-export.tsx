import { interopApi } from '@tongmai/api/interop'
import type { ExportLine } from '@tongmai/api/interop/export'
import { Input, Modal } from 'antd'
import { useState } from 'react'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { Field } from '../../ui/field.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { interopWords } from './words.ts'

/** Ends a whole export of a client, with the reason. */
export function CancelExport({ of, onClose }: { of: ExportLine; onClose: () => void }) {
  const t = useWords(interopWords)
  const tell = useTell()
  const [note, setNote] = useState('')
  const cancel = useWrite(interopApi.cancelExport, {
    touches: ['interop.export-cancelled'],
    onDone: () => {
      tell(t('export.cancel-done'))
      onClose()
    },
  })
  return (
    <Modal
      open
      title={`${t('export.cancel')}：${of.clientName}`}
      okText={t('export.cancel')}
      okButtonProps={{ danger: true, disabled: note.trim() === '' }}
      confirmLoading={cancel.isPending}
      onOk={() => cancel.mutate({ params: { id: of.id }, body: { note } })}
      onCancel={onClose}
    >
      <RefusalNote refused={cancel.error} />
      <Field label={t('export.cancel-why')} hint={t('export.cancel-hint')} required>
        {(id) => (
          <Input.TextArea
            id={id}
            rows={3}
            maxLength={200}
            value={note}
            onChange={({ target }) => setNote(target.value)}
          />
        )}
      </Field>
    </Modal>
  )
}
