import { pharmacyApi } from '@tongmai/api/pharmacy'
import { useWrite } from '../../kernel/use-write.ts'
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
  return (
    <ImportDialog
      title={t(`import.${what}`)}
      hint={t(`import.${what}-hint`)}
      act={found ? t('import.do', { count: changes }) : t('import.check')}
      can={found === undefined || changes > 0}
      busy={check.isPending || take.isPending}
      refused={check.error ?? take.error}
      limitMb={2}
      found={
        found && {
          summary: t('import.summary', {
            ...{ lines: found.lines, added: found.added, changed: found.changed },
            ...{ unchanged: found.unchanged, problems: found.problems.length },
          }),
          problems: found.problems.map(
            ({ line, problem, value }) =>
              `${t('import.line', { line })} ${t(`import.problem.${problem as 'name'}`)} ${value}`,
          ),
        }
      }
      onSend={(csv) => (found ? take : check).mutate({ body: { csv, dryRun: !found } })}
      onOther={check.reset}
      onClose={onClose}
    />
  )
}
