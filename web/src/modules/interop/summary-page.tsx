import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import type { Refused } from '../../kernel/refused.ts'
import { To, useParam } from '../../kernel/route.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useWords } from '../../kernel/words.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Card, Page } from '../../ui/page.tsx'
import { ResidentBanner } from '../resident/index.ts'
import { readSummary, type SummaryDocument, type SummarySection } from './summary-document.ts'
import { interopWords } from './words.ts'

/** The International Patient Summary of one resident: to be read, printed, and given along as a file. */
export function SummaryPage() {
  const id = useParam('id')
  const t = useWords(interopWords)
  const { moment } = useDates()
  const read = useQuery<SummaryDocument, Refused>({
    queryKey: ['interop.summary', id],
    queryFn: ({ signal }) => readSummary(id, signal),
  })
  const { data } = read
  return (
    <Page
      title={t('summary.title')}
      hint={data && t('summary.hint', { at: moment(data.at) })}
      actions={
        data && (
          <>
            <To to={`/residents/${id}/record`}>{t('summary.record')}</To>
            <Button onClick={() => window.print()}>{t('summary.print')}</Button>
            <Button onClick={() => save(data.text)}>{t('summary.save')}</Button>
          </>
        )
      }
    >
      <ResidentBanner residentId={id} />
      <Loaded read={read} rows={10}>
        {({ sections }) =>
          sections.map((section) => (
            <Card key={section.title} title={section.title}>
              <Section of={section} />
            </Card>
          ))
        }
      </Loaded>
    </Page>
  )
}

function save(text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/fhir+json' }))
  Object.assign(document.createElement('a'), { href: address, download: 'ips.json' }).click()
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

/** The pieces of a document have no names and never move: their place is their key. */
const numbered = <T,>(pieces: readonly T[]) => pieces.map((value, at) => ({ key: String(at), value }))

/** The same in every section, so that the eye runs down one column: day, name, content. */
const widths = [140, '40%']

function Section({ of: { paragraphs, head, rows } }: { of: SummarySection }) {
  return (
    <>
      {numbered(paragraphs).map(({ key, value }) => (
        <p key={key} className="tm-quiet">
          {value}
        </p>
      ))}
      {rows.length > 0 && (
        <div className="tm-table-wrap">
          <table className="tm-table">
            <thead>
              <tr>
                {numbered(head).map(({ key, value }) => (
                  <th key={key} style={{ width: widths[Number(key)] }}>
                    {value}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {numbered(rows).map((row) => (
                <tr key={row.key}>
                  {numbered(row.value).map(({ key, value }) => (
                    <td key={key} data-name={head[Number(key)]}>
                      {value}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  )
}
