import { contractApi } from '@tongmai/api/contract'
import type { PriorityGroup } from '@tongmai/api/contract/package'
import { Checkbox, Input } from 'antd'
import { useState } from 'react'
import { useWords } from '../../kernel/words.ts'
import { Field } from '../../ui/field.tsx'
import { ImportDialog } from '../../ui/import-dialog.tsx'
import { useTell } from '../../ui/tell.tsx'
import { contractWords } from './words.ts'

/** Takes the register of one group: checked first, with every bad line named; taken by a second press. */
export function ImportRegister({ group, onClose }: { group: PriorityGroup; onClose: () => void }) {
  const t = useWords(contractWords)
  const tell = useTell()
  const [source, setSource] = useState('')
  const [whole, setWhole] = useState(false)
  return (
    <ImportDialog
      endpoint={contractApi.importRegister}
      touches={['contract']}
      title={t('register.import-of', { group: t(`group.${group}`) })}
      hint={t('register.columns')}
      limitMb={20}
      uploads
      more={{ group, source: source.trim(), whole }}
      ready={source.trim() !== ''}
      fields={
        <>
          <Field label={t('register.source')} required hint={t('register.source-hint')}>
            {(id) => (
              <Input
                id={id}
                maxLength={200}
                value={source}
                onChange={({ target }) => setSource(target.value)}
              />
            )}
          </Field>
          <Checkbox
            style={{ marginBottom: 12 }}
            checked={whole}
            onChange={({ target }) => setWhole(target.checked)}
          >
            {t('register.whole')}
          </Checkbox>
        </>
      }
      countOf={({ added, changed, ended }) => added + changed + ended}
      actOf={(count) => (count === undefined ? t('register.check') : t('register.take', { count }))}
      summaryOf={({ problems: _, ...counts }) => t('register.summary', counts)}
      problemsOf={({ problems }) =>
        problems.map(
          ({ line, name, problem, details }) =>
            t('register.line', { line, name }) + t(`problem.${problem}`, details),
        )
      }
      onTaken={({ added, changed, ended }) => {
        tell(t('register.taken', { added, changed, ended }))
        onClose()
      }}
      onClose={onClose}
    />
  )
}
