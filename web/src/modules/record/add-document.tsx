import { recordApi } from '@tongmai/api/record'
import { Button, Input, Modal } from 'antd'
import { useState } from 'react'
import { Refused } from '../../kernel/refused.ts'
import { useGo } from '../../kernel/route.tsx'
import { useMay } from '../../kernel/session.tsx'
import { upload } from '../../kernel/upload.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { Field } from '../../ui/field.tsx'
import { FileDrop } from '../../ui/file-drop.tsx'
import { RefusalNote, useTellRefused } from '../../ui/tell.tsx'
import { recordWords } from './words.ts'

/** The button that takes a file into the record, for whoever may write there. */
export function AddDocument({ residentId }: { residentId: string }) {
  const t = useWords(recordWords)
  const may = useMay()
  const [isOpen, setOpen] = useState(false)
  if (!may('record.write')) return null
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('document.add')}</Button>
      {isOpen && <Form residentId={residentId} onClose={() => setOpen(false)} />}
    </>
  )
}

function Form({ residentId, onClose }: { residentId: string; onClose: () => void }) {
  const t = useWords(recordWords)
  const go = useGo()
  const tellRefused = useTellRefused()
  const [files, setFiles] = useState<readonly File[]>([])
  const [title, setTitle] = useState('')
  const [busy, setBusy] = useState(false)
  const add = useWrite(recordApi.addDocument, {
    touches: ['record'],
    onDone: ({ id }) => go(`/residents/${residentId}/documents/${id}`),
  })
  const [file] = files
  const send = async () => {
    if (!file) return
    setBusy(true)
    try {
      const { hash } = await upload(file)
      const named = title.trim() ? { title: title.trim() } : {}
      add.mutate({ params: { id: residentId }, body: { hash, fileName: file.name, ...named } })
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      tellRefused(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Modal
      open
      title={t('document.add')}
      okText={t('document.take')}
      okButtonProps={{ disabled: !file }}
      confirmLoading={busy || add.isPending}
      onOk={() => void send()}
      onCancel={onClose}
    >
      <RefusalNote refused={add.error} />
      <Field label={t('document.file')} required hint={t('document.file-hint')}>
        {() => (
          <FileDrop
            files={files}
            onChange={setFiles}
            accept=".xml,.cda,.pdf,.txt,image/*"
            several={false}
            limitMb={5}
          />
        )}
      </Field>
      <Field label={t('document.title')} hint={t('document.title-hint')}>
        {(id) => (
          <Input id={id} maxLength={200} value={title} onChange={({ target }) => setTitle(target.value)} />
        )}
      </Field>
    </Modal>
  )
}
