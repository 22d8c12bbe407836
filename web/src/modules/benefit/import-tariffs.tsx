import { benefitApi } from '@tongmai/api/benefit'
import { Modal } from 'antd'
import { useState } from 'react'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { FileDrop } from '../../ui/file-drop.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { benefitWords } from './words.ts'

/** Takes a price list: checked first, with every problem and its line; imported by a second press. */
export function ImportTariffs({ onClose }: { onClose: () => void }) {
  const t = useWords(benefitWords)
  const tell = useTell()
  const [files, setFiles] = useState<readonly File[]>([])
  const check = useWrite(benefitApi.importTariffs)
  const take = useWrite(benefitApi.importTariffs, {
    touches: ['benefit'],
    onDone: ({ added, replaced }) => {
      tell(t('import.done', { added, replaced }))
      onClose()
    },
  })
  const found = check.data
  const changes = found ? found.added + found.replaced : 0
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
      title={t('tariff.import')}
      okText={found ? t('import.do', { count: changes }) : t('import.check')}
      onOk={() => void send()}
      onCancel={onClose}
      confirmLoading={check.isPending || take.isPending}
      okButtonProps={{ disabled: files.length === 0 || (found !== undefined && changes === 0) }}
    >
      <p className="tm-quiet">{t('tariff.import-hint')}</p>
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
              ...{ lines: found.lines, added: found.added, replaced: found.replaced },
              ...{ unchanged: found.unchanged, problems: found.problems.length },
            })}
          </p>
          <ul>
            {found.problems.map(({ line, problem, value }) => (
              <li key={`${line} ${problem} ${value}`}>
                {t('import.line', { line })} {t(`import.problem.${problem as 'code'}`)} {value}
              </li>
            ))}
          </ul>
        </>
      )}
    </Modal>
  )
}
