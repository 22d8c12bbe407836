import { type RoadProblem, roadApi } from '@tongmai/api/network/road'
import { Modal } from 'antd'
import { useState } from 'react'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { Field } from '../../ui/field.tsx'
import { FileDrop } from '../../ui/file-drop.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { networkWords } from './words.ts'

type Files = readonly File[]
const none: Files = []

/** Two tables, first checked, then taken in: dry run, problems, do. */
export function ImportRoads({ onClose }: { onClose: () => void }) {
  const t = useWords(networkWords)
  const tell = useTell()
  const [files, setFiles] = useState({ junctions: none, roads: none })
  const take = useWrite(roadApi.importRoads, {
    touches: ['network.roads-imported'],
    onDone: ({ taken, roads }) => {
      if (!taken) return
      tell(t('roads.taken', { roads }))
      onClose()
    },
  })
  const [junctionFile, roadFile] = [files.junctions[0], files.roads[0]]
  const checked = take.data?.taken === false ? take.data : undefined
  const ready = checked?.problems.length === 0
  const choose = (change: Partial<typeof files>) => {
    setFiles({ ...files, ...change })
    take.reset()
  }
  const send = async () => {
    if (!junctionFile || !roadFile) return
    const [junctions, roads] = await Promise.all([junctionFile.text(), roadFile.text()])
    take.mutate({ body: { junctions, roads, dryRun: !ready } })
  }
  return (
    <Modal
      open
      title={t('roads.import')}
      okText={
        ready ? t('roads.take', { junctions: checked.junctions, roads: checked.roads }) : t('roads.try')
      }
      okButtonProps={{ disabled: !junctionFile || !roadFile }}
      confirmLoading={take.isPending}
      onOk={() => void send()}
      onCancel={onClose}
    >
      <RefusalNote refused={take.error} />
      <p className="tm-quiet">{t('roads.import-hint')}</p>
      <Field label={t('roads.junction-file')} required>
        {() => (
          <FileDrop
            files={files.junctions}
            onChange={(junctions) => choose({ junctions })}
            accept=".csv"
            several={false}
            limitMb={0.4}
          />
        )}
      </Field>
      <Field label={t('roads.road-file')} required>
        {() => (
          <FileDrop
            files={files.roads}
            onChange={(roads) => choose({ roads })}
            accept=".csv"
            several={false}
            limitMb={0.4}
          />
        )}
      </Field>
      {checked && <Problems problems={checked.problems} />}
    </Modal>
  )
}

function Problems({ problems }: { problems: readonly RoadProblem[] }) {
  const t = useWords(networkWords)
  if (problems.length === 0) return <p>{t('roads.fine')}</p>
  return (
    <ul role="alert">
      {problems.map(({ table, line, problem }) => (
        <li key={`${table} ${line}`}>
          {t('roads.problem', {
            table: t(table === 'roads' ? 'roads.road-file' : 'roads.junction-file'),
            line,
            problem: t(`road-problem.${problem}`),
          })}
        </li>
      ))}
    </ul>
  )
}
