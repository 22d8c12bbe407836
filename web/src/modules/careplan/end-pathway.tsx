import { careplanApi } from '@tongmai/api/careplan'
import type { FollowedPathway } from '@tongmai/api/careplan/following-pathway'
import { Input, Modal } from 'antd'
import { useState } from 'react'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { Field } from '../../ui/field.tsx'
import { RefusalNote } from '../../ui/tell.tsx'
import { careplanWords } from './words.ts'

/** Takes a resident off a pathway, with a reason. */
export function EndPathway({ followed, onClose }: { followed: FollowedPathway; onClose: () => void }) {
  const t = useWords(careplanWords)
  const [reason, setReason] = useState('')
  const end = useWrite(careplanApi.endPathway, { touches: ['careplan'], onDone: onClose })
  return (
    <Modal
      open
      title={t('on.end')}
      okText={t('on.end')}
      okButtonProps={{ disabled: reason.trim() === '' }}
      confirmLoading={end.isPending}
      onOk={() => end.mutate({ params: { id: followed.id }, body: { reason } })}
      onCancel={onClose}
    >
      <RefusalNote refused={end.error} />
      <Field label={t('on.end-why')} required>
        {(id) => (
          <Input.TextArea
            id={id}
            rows={3}
            value={reason}
            onChange={({ target }) => setReason(target.value)}
          />
        )}
      </Field>
    </Modal>
  )
}
