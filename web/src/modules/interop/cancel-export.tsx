import { interopApi } from '@tongmai/api/interop'
import type { ExportLine } from '@tongmai/api/interop/export'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { useTell } from '../../ui/tell.tsx'
import { ReasonDialog } from './reason-dialog.tsx'
import { interopWords } from './words.ts'

/** Ends a whole export of a client, with the reason. */
export function CancelExport({ of, onClose }: { of: ExportLine; onClose: () => void }) {
  const t = useWords(interopWords)
  const tell = useTell()
  const cancel = useWrite(interopApi.cancelExport, {
    touches: ['interop.export-cancelled'],
    onDone: () => {
      tell(t('export.cancel-done'))
      onClose()
    },
  })
  return (
    <ReasonDialog
      title={`${t('export.cancel')}：${of.clientName}`}
      action={t('export.cancel')}
      label={t('export.cancel-why')}
      hint={t('export.cancel-hint')}
      write={cancel}
      onReason={(note) => cancel.mutate({ params: { id: of.id }, body: { note } })}
      onClose={onClose}
    />
  )
}
