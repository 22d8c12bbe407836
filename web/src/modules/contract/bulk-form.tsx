import { contractApi } from '@tongmai/api/contract'
import { Checkbox, Modal, Select } from 'antd'
import { useState } from 'react'
import { timeNow } from '../../kernel/clock.ts'
import { showDay } from '../../kernel/dates.ts'
import { Refused } from '../../kernel/refused.ts'
import { useGo } from '../../kernel/route.tsx'
import { tableFile } from '../../kernel/table-file.ts'
import { upload } from '../../kernel/upload.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { Field } from '../../ui/field.tsx'
import { FileDrop } from '../../ui/file-drop.tsx'
import { RefusalNote, useTellRefused } from '../../ui/tell.tsx'
import { beginParty, PartyFields, partyOf } from './party-fields.tsx'
import { contractWords } from './words.ts'

/** The spreadsheet, and what holds where a line says nothing; then the dry run begins. */
export function BulkForm({ onClose }: { onClose: () => void }) {
  const t = useWords(contractWords)
  const go = useGo()
  const tellRefused = useTellRefused()
  const [files, setFiles] = useState<readonly File[]>([])
  const [party, setParty] = useState(beginParty)
  const [packageIds, setPackages] = useState<string[]>([])
  const [signed, setSigned] = useState(false)
  const [busy, setBusy] = useState(false)
  const offered = useRead(contractApi.listPackages, { query: { on: showDay(timeNow()), limit: 100 } })
  const consent = useRead(contractApi.readConsent, {})
  const start = useWrite(contractApi.startBulk, {
    touches: ['contract'],
    onDone: ({ id }) => go(`/contract-bulks/${id}`),
  })
  const chosen = partyOf(party)
  const [file] = files
  const ready = file && chosen && packageIds.length > 0 && signed && consent.data
  const send = async () => {
    if (!ready) return
    setBusy(true)
    try {
      const { hash } = await upload(await tableFile(file))
      const { channel: _, ...parties } = chosen
      const body = { ...parties, hash, fileName: file.name, packageIds, consentVersion: consent.data.version }
      start.mutate({ body })
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
      width={760}
      title={t('bulk.new')}
      okText={t('bulk.check')}
      okButtonProps={{ disabled: !ready }}
      confirmLoading={busy || start.isPending}
      onOk={() => void send()}
      onCancel={onClose}
    >
      <RefusalNote refused={start.error} />
      <Field label={t('bulk.file')} required hint={t('bulk.columns')}>
        {() => <FileDrop files={files} onChange={setFiles} accept=".xlsx,.csv" several={false} />}
      </Field>
      <PartyFields onPaper value={party} onChange={setParty} refused={start.error} />
      <Field label={t('packages')} required>
        {(id) => (
          <Select
            id={id}
            mode="multiple"
            style={{ width: '100%' }}
            value={packageIds}
            options={(offered.data?.items ?? []).map((one) => ({ value: one.id, label: one.name }))}
            onChange={setPackages}
          />
        )}
      </Field>
      <Checkbox checked={signed} onChange={({ target }) => setSigned(target.checked)}>
        {t('bulk.paper')}
      </Checkbox>
    </Modal>
  )
}
