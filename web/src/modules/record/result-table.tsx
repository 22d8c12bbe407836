import type { Opened } from '@tongmai/api/record'
import { useWords } from '../../kernel/words.ts'
import { StateTag } from '../../ui/state-tag.tsx'
import { flagOf, flagTone, labelWords, valueWords } from './fact-words.ts'
import { recordWords } from './words.ts'

/** What was found, as on the sheet of a laboratory: item, value, range. */
export function ResultTable({ results }: { results: Opened['results'] }) {
  const t = useWords(recordWords)
  return (
    <div className="tm-table-wrap">
      <table className="tm-table">
        <thead>
          <tr>
            <th>{t('result.item')}</th>
            <th>{t('result.value')}</th>
            <th>{t('result.range')}</th>
          </tr>
        </thead>
        <tbody>
          {results.map(({ fact, reference }) => {
            const flag = flagOf(fact)
            return (
              <tr key={fact.id}>
                <td>{labelWords(fact.label)}</td>
                <td>
                  {valueWords(fact.values)}{' '}
                  {flag && flag !== 'normal' && (
                    <StateTag tone={flagTone[flag]}>{t(`flag.${flag}`)}</StateTag>
                  )}
                </td>
                <td>{reference}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
