import { residentApi } from '@tongmai/api/resident'
import type { RevealedField } from '@tongmai/api/resident/person'
import { Input, Modal } from 'antd'
import { useState } from 'react'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { Field } from '../../ui/field.tsx'
import { RefusalNote } from '../../ui/tell.tsx'
import { residentWords } from './words.ts'

/** What is to be shown in full. */
export interface Hidden {
  readonly field: RevealedField
  readonly documentId?: string
}

interface Props {
  readonly residentId: string
  readonly hidden: Hidden
  readonly onShown: (value: string) => void
  readonly onClose: () => void
}

const LEAST = 4

/** Asks for the reason before a hidden value is shown; the act is logged with it. */
export function RevealDialog({ residentId, hidden, onShown, onClose }: Props) {
  const t = useWords(residentWords)
  const [reason, setReason] = useState('')
  const reveal = useWrite(residentApi.reveal, {
    onDone: ({ value }) => {
      onShown(value)
      onClose()
    },
  })
  const send = () => reveal.mutate({ params: { id: residentId }, body: { ...hidden, reason } })
  return (
    <Modal
      open
      title={`${t('reveal.title')}：${t(`reveal.${hidden.field}`)}`}
      okText={t('reveal.act')}
      onOk={send}
      onCancel={onClose}
      confirmLoading={reveal.isPending}
      okButtonProps={{ disabled: reason.trim().length < LEAST }}
    >
      <p className="tm-quiet">{t('reveal.logged')}</p>
      <RefusalNote refused={reveal.error} />
      <Field label={t('field.reason')} required hint={t('field.reason-hint')}>
        {(id) => (
          <Input
            id={id}
            autoFocus
            value={reason}
            maxLength={200}
            onChange={(event) => setReason(event.target.value)}
            onPressEnter={() => reason.trim().length >= LEAST && send()}
          />
        )}
      </Field>
    </Modal>
  )
}
