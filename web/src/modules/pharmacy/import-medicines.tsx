import { pharmacyApi } from '@tongmai/api/pharmacy'
import { useWords } from '../../kernel/words.ts'
import { ImportDialog } from '../../ui/import-dialog.tsx'
import { useTell } from '../../ui/tell.tsx'
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
  return (
    <ImportDialog
      endpoint={what === 'stock' ? pharmacyApi.importStock : pharmacyApi.importMedicines}
      touches={['pharmacy']}
      title={t(`import.${what}`)}
      hint={t(`import.${what}-hint`)}
      limitMb={0.9}
      countOf={({ added, changed }) => added + changed}
      actOf={(count) => (count === undefined ? t('import.check') : t('import.do', { count }))}
      summaryOf={({ problems, ...counts }) => t('import.summary', { ...counts, problems: problems.length })}
      problemsOf={({ problems }) =>
        problems.map(
          ({ line, problem, value }) =>
            `${t('import.line', { line })} ${t(`import.problem.${problem as 'name'}`)} ${value}`,
        )
      }
      onTaken={({ added, changed }) => {
        tell(t('import.done', { added, changed }))
        onClose()
      }}
      onClose={onClose}
    />
  )
}
