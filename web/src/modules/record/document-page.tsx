import { recordApi } from '@tongmai/api/record'
import { type Block, filed, type HeldDocument, type Section } from '@tongmai/api/record/document'
import { Button } from 'antd'
import * as z from 'zod/mini'
import { call } from '../../kernel/call.ts'
import { useParam, useSearch } from '../../kernel/route.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Card, Facts, Page } from '../../ui/page.tsx'
import { showSize } from '../../ui/show-size.ts'
import { ResidentBanner } from '../resident/index.ts'
import { DocumentFile, type Place } from './document-file.tsx'
import { numbered } from './numbered.ts'
import { recordWords } from './words.ts'

const filterShape = z.object({
  of: z.optional(filed),
  nth: z.optional(z.coerce.number().check(z.int(), z.minimum(0))),
})

/** One document of a record, or the original of a report or a picture, as it is read and to take away. */
export function DocumentPage() {
  const params = { id: useParam('id'), did: useParam('did') }
  const [query, setQuery] = useSearch(filterShape)
  const place = { params, query }
  const read = useRead(recordApi.readDocument, place)
  return (
    <Loaded read={read}>
      {(document) => <Whole document={document} place={place} onFile={(nth) => setQuery({ nth })} />}
    </Loaded>
  )
}

interface WholeProps {
  readonly document: HeldDocument
  readonly place: Place
  /** Another of its files is to be shown. */
  readonly onFile: (nth: number) => void
}

/** Hands the bytes to the browser as a file, whatever they are: nothing of a foreign document runs here. */
async function save(place: Place): Promise<void> {
  const { bytes, fileName } = (await call(recordApi.readOriginal, place)) as {
    bytes: Uint8Array<ArrayBuffer>
    fileName: string
  }
  const address = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }))
  const link = Object.assign(window.document.createElement('a'), { href: address, download: fileName })
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

function Whole({ document, place, onFile }: WholeProps) {
  const t = useWords(recordWords)
  const dates = useDates()
  const { title, at, sections, files } = document
  const { nth = files[0]?.nth } = place.query
  return (
    <Page
      title={title}
      hint={at ? dates.moment(at) : t('unknown-date')}
      actions={
        <>
          <Button onClick={() => window.print()}>{t('document.print')}</Button>
          <Button onClick={() => void save(place)}>{t('document.original')}</Button>
        </>
      }
    >
      <ResidentBanner residentId={place.params.id} />
      <Head document={document} />
      {files.length > 1 && (
        <Card title={t('document.files')}>
          {files.map((file, at) => (
            <Button
              key={file.nth}
              type={file.nth === nth ? 'primary' : 'default'}
              onClick={() => onFile(file.nth)}
            >
              {file.name || t('document.nth', { n: at + 1 })}
            </Button>
          ))}
        </Card>
      )}
      {numbered(sections).map(({ key, value }) => (
        <Part key={key} section={value} />
      ))}
      {sections.length === 0 && <DocumentFile document={document} place={place} />}
    </Page>
  )
}

/** What people call a file of these media. */
function mediaWord(media: string): 'cda' | 'pdf' | 'picture' | 'text' | 'other' {
  if (/hl7|xml/.test(media)) return 'cda'
  if (media === 'application/pdf') return 'pdf'
  if (media.startsWith('image/')) return 'picture'
  return media.startsWith('text/') ? 'text' : 'other'
}

function Head({ document: { header, media, size } }: { document: HeldDocument }) {
  const t = useWords(recordWords)
  const file = `${t(`media.${mediaWord(media)}`)}，${showSize(size)}`
  if (!header)
    return (
      <Card title={t('source')}>
        <Facts facts={[[t('document.file'), file]]} />
      </Card>
    )
  const { patient, standard, authors, custodian, number } = header
  return (
    <Card title={t('source')}>
      <Facts
        facts={[
          [t('document.patient'), [patient.name, patient.birthDate].filter(Boolean).join('，')],
          [t('document.authors'), authors.join('、')],
          [t('document.custodian'), custodian],
          [t('document.number'), number?.extension],
          [t('document.standard'), standard],
          [t('document.file'), file],
        ]}
      />
    </Card>
  )
}

function Part({ section: { title, blocks } }: { section: Section }) {
  return (
    <Card title={title}>
      <div style={{ display: 'grid', gap: 12 }}>
        {numbered(blocks).map(({ key, value }) => (
          <Piece key={key} block={value} />
        ))}
      </div>
    </Card>
  )
}

function Piece({ block: { kind, items, head, rows } }: { block: Block }) {
  if (kind === 'paragraph') return numbered(items).map(({ key, value }) => <p key={key}>{value}</p>)
  if (kind === 'list')
    return (
      <ul style={{ paddingInlineStart: 20, listStyle: 'disc' }}>
        {numbered(items).map(({ key, value }) => (
          <li key={key}>{value}</li>
        ))}
      </ul>
    )
  return (
    <div className="tm-table-wrap">
      <table className="tm-table">
        {head.length > 0 && (
          <thead>
            <tr>
              {numbered(head).map(({ key, value }) => (
                <th key={key}>{value}</th>
              ))}
            </tr>
          </thead>
        )}
        <tbody>
          {numbered(rows).map(({ key, value: row }) => (
            <tr key={key}>
              {numbered(row).map((cell) => (
                <td key={cell.key}>{cell.value}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
