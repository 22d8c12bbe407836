import { benefitApi } from '@tongmai/api/benefit'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { ImportDialog } from '../../ui/import-dialog.tsx'
import { useTell } from '../../ui/tell.tsx'
import { benefitWords } from './words.ts'

/** Takes a price list: checked first, with every problem and its line; imported by a second press. */
export function ImportTariffs({ onClose }: { onClose: () => void }) {
  const t = useWords(benefitWords)
  const tell = useTell()
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
  return (
    <ImportDialog
      title={t('tariff.import')}
      hint={t('tariff.import-hint')}
      act={found ? t('import.do', { count: changes }) : t('import.check')}
      can={found === undefined || changes > 0}
      busy={check.isPending || take.isPending}
      refused={check.error ?? take.error}
      limitMb={2}
      found={
        found && {
          summary: t('import.summary', {
            ...{ lines: found.lines, added: found.added, replaced: found.replaced },
            ...{ unchanged: found.unchanged, problems: found.problems.length },
          }),
          problems: found.problems.map(
            ({ line, problem, value }) =>
              `${t('import.line', { line })} ${t(`import.problem.${problem as 'code'}`)} ${value}`,
          ),
        }
      }
      onSend={(csv) => (found ? take : check).mutate({ body: { csv, dryRun: !found } })}
      onOther={check.reset}
      onClose={onClose}
    />
  )
}
