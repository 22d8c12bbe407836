import { pharmacyApi } from '@tongmai/api/pharmacy'
import { Modal } from 'antd'
import { useState } from 'react'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { FileDrop } from '../../ui/file-drop.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { pharmacyWords } from './words.ts'

interface Props {
  /** The formulary of the alliance, or one's own stock. */
  readonly what: 'formulary' | 'stock'
  readonly onClose: () => void
}

/** Takes a list: checked first, with every problem and its line; imported by a second press. */
export function ImportMedicines({ what, onClose }: Props) {
  const t = useWords(pharmacyWords)
  const tell = useTell()
  const [files, setFiles] = useState<readonly File[]>([])
  const endpoint = what === 'stock' ? pharmacyApi.importStock : pharmacyApi.importMedicines
  const check = useWrite(endpoint)
  const take = useWrite(endpoint, {
    touches: ['pharmacy'],
    onDone: ({ added, changed }) => {
      tell(t('import.done', { added, changed }))
      onClose()
    },
  })
  const found = check.data
  const changes = found ? found.added + found.changed : 0
  const send = async () => {
    const [file] = files
    if (!file) return
    const body = { csv: await file.text(), dryRun: !found }
    if (found) take.mutate({ body })
    else check.mutate({ body })
  }
  return (
    <Modal
      open
      width={640}
      title={t(`import.${what}`)}
      okText={found ? t('import.do', { count: changes }) : t('import.check')}
      onOk={() => void send()}
      onCancel={onClose}
      confirmLoading={check.isPending || take.isPending}
      okButtonProps={{ disabled: files.length === 0 || (found !== undefined && changes === 0) }}
    >
      <p className="tm-quiet">{t(`import.${what}-hint`)}</p>
      <RefusalNote refused={check.error ?? take.error} />
      <FileDrop
        files={files}
        onChange={(next) => {
          check.reset()
          setFiles(next)
        }}
        accept=".csv,text/csv"
        several={false}
        limitMb={2}
      />
      {found && (
        <>
          <p>
            {t('import.summary', {
              ...{ lines: found.lines, added: found.added, changed: found.changed },
              ...{ unchanged: found.unchanged, problems: found.problems.length },
            })}
          </p>
          <ul>
            {found.problems.map(({ line, problem, value }) => (
              <li key={`${line} ${problem} ${value}`}>
                {t('import.line', { line })} {t(`import.problem.${problem as 'name'}`)} {value}
              </li>
            ))}
          </ul>
        </>
      )}
    </Modal>
  )
}
