import { recognitionApi } from '@tongmai/api/recognition'
import { useWords } from '../../kernel/words.ts'
import { ImportDialog } from '../../ui/import-dialog.tsx'
import { useTell } from '../../ui/tell.tsx'
import { recognitionWords } from './words.ts'

/** Takes a table of assessments: checked first, with every problem and its line; taken whole by a second press. */
export function ImportGates({ onClose }: { onClose: () => void }) {
  const t = useWords(recognitionWords)
  const tell = useTell()
  return (
    <ImportDialog
      endpoint={recognitionApi.importGates}
      touches={['recognition']}
      title={t('gates.import')}
      hint={t('gates.import-hint')}
      limitMb={0.4}
      countOf={({ added, problems }) => (problems.length === 0 ? added : 0)}
      actOf={(count) => (count ? t('gates.take', { count }) : t('gates.check'))}
      summaryOf={({ lines, added, unchanged, problems }) =>
        t('gates.summary', { lines, added, unchanged, problems: problems.length })
      }
      problemsOf={({ problems }) =>
        problems.map(
          ({ line, problem, value }) =>
            `${t('gates.line', { line })} ${t(`problem.${problem as 'item'}`)} ${value}`,
        )
      }
      onTaken={({ taken, added }) => {
        if (!taken) return
        tell(t('gates.taken', { count: added }))
        onClose()
      }}
      onClose={onClose}
    />
  )
}
