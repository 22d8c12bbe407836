import { recognitionApi } from '@tongmai/api/recognition'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { ImportDialog } from '../../ui/import-dialog.tsx'
import { useTell } from '../../ui/tell.tsx'
import { recognitionWords } from './words.ts'

/** Takes a table of assessments: checked first, with every problem and its line; taken whole by a second press. */
export function ImportGates({ onClose }: { onClose: () => void }) {
  const t = useWords(recognitionWords)
  const tell = useTell()
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
  return (
    <ImportDialog
      title={t('gates.import')}
      hint={t('gates.import-hint')}
      act={ready ? t('gates.take', { count: found.added }) : t('gates.check')}
      can={found === undefined || ready}
      busy={take.isPending}
      refused={take.error}
      limitMb={0.4}
      found={
        found && {
          summary: t('gates.summary', {
            ...{ lines: found.lines, added: found.added, unchanged: found.unchanged },
            problems: found.problems.length,
          }),
          problems: found.problems.map(
            ({ line, problem, value }) =>
              `${t('gates.line', { line })} ${t(`problem.${problem as 'item'}`)} ${value}`,
          ),
        }
      }
      onSend={(csv) => take.mutate({ body: { csv, dryRun: !ready } })}
      onOther={take.reset}
      onClose={onClose}
    />
  )
}
