import { recognitionApi } from '@tongmai/api/recognition'
import { Modal } from 'antd'
import { useState } from 'react'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { FileDrop } from '../../ui/file-drop.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { recognitionWords } from './words.ts'

/** Takes a table of assessments: checked first, with every problem and its line; taken whole by a second press. */
export function ImportGates({ onClose }: { onClose: () => void }) {
  const t = useWords(recognitionWords)
  const tell = useTell()
  const [files, setFiles] = useState<readonly File[]>([])
  const take = useWrite(recognitionApi.importGates, {
    touches: ['recognition'],
    onDone: ({ taken, added }) => {
      if (!taken) return
      tell(t('gates.taken', { count: added }))
      onClose()
    },
  })
  const found = take.data?.taken === false ? take.data : undefined
  const ready = found !== undefined && found.problems.length === 0 && found.added > 0
  const send = async () => {
    const [file] = files
    if (file) take.mutate({ body: { csv: await file.text(), dryRun: !ready } })
  }
  return (
    <Modal
      open
      width={640}
      title={t('gates.import')}
      okText={ready ? t('gates.take', { count: found.added }) : t('gates.check')}
      okButtonProps={{ disabled: files.length === 0 || (found !== undefined && !ready) }}
      confirmLoading={take.isPending}
      onOk={() => void send()}
      onCancel={onClose}
    >
      <p className="tm-quiet">{t('gates.import-hint')}</p>
      <RefusalNote refused={take.error} />
      <FileDrop
        files={files}
        onChange={(next) => {
          take.reset()
          setFiles(next)
        }}
        accept=".csv,text/csv"
        several={false}
        limitMb={0.4}
      />
      {found && (
        <>
          <p>
            {t('gates.summary', {
              ...{ lines: found.lines, added: found.added, unchanged: found.unchanged },
              problems: found.problems.length,
            })}
          </p>
          <ul role="alert">
            {found.problems.map(({ line, problem, value }) => (
              <li key={`${line} ${problem}`}>
                {t('gates.line', { line })} {t(`problem.${problem as 'item'}`)} {value}
              </li>
            ))}
          </ul>
        </>
      )}
    </Modal>
  )
}
