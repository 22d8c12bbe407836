import { benefitApi } from '@tongmai/api/benefit'
import { useWords } from '../../kernel/words.ts'
import { ImportDialog } from '../../ui/import-dialog.tsx'
import { useTell } from '../../ui/tell.tsx'
import { benefitWords } from './words.ts'

/** Takes a price list: checked first, with every problem and its line; imported by a second press. */
export function ImportTariffs({ onClose }: { onClose: () => void }) {
  const t = useWords(benefitWords)
  const tell = useTell()
  return (
    <ImportDialog
      endpoint={benefitApi.importTariffs}
      touches={['benefit']}
      title={t('tariff.import')}
      hint={t('tariff.import-hint')}
      limitMb={0.9}
      countOf={({ added, replaced }) => added + replaced}
      actOf={(count) => (count === undefined ? t('import.check') : t('import.do', { count }))}
      summaryOf={({ problems, ...counts }) => t('import.summary', { ...counts, problems: problems.length })}
      problemsOf={({ problems }) =>
        problems.map(
          ({ line, problem, value }) =>
            `${t('import.line', { line })} ${t(`import.problem.${problem as 'code'}`)} ${value}`,
        )
      }
      onTaken={({ added, replaced }) => {
        tell(t('import.done', { added, replaced }))
        onClose()
      }}
      onClose={onClose}
    />
  )
}
