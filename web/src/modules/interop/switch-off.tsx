import { interopApi } from '@tongmai/api/interop'
import { Input, Modal } from 'antd'
import { useState } from 'react'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { Field } from '../../ui/field.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { interopWords } from './words.ts'

/** Switches a subscription off, with a word for its client. */
export function SwitchOff({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useWords(interopWords)
  const tell = useTell()
  const [note, setNote] = useState('')
  const end = useWrite(interopApi.switchOffSubscription, {
    touches: ['interop.subscription-changed'],
    onDone: () => {
      tell(t('subscription.switched-off'))
      onClose()
    },
  })
  return (
    <Modal
      open
      title={t('subscription.switch-off')}
      okText={t('subscription.switch-off')}
      okButtonProps={{ danger: true, disabled: note.trim() === '' }}
      confirmLoading={end.isPending}
      onOk={() => end.mutate({ params: { id }, body: { note } })}
      onCancel={onClose}
    >
      <RefusalNote refused={end.error} />
      <Field label={t('subscription.switch-off-why')} hint={t('subscription.switch-off-hint')} required>
        {(field) => (
          <Input.TextArea
            id={field}
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
