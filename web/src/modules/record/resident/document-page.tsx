import { recordApi } from '@tongmai/api/record'
import type { Filed, HeldDocument, Section } from '@tongmai/api/record/document'
import { useState } from 'react'
import { showDay } from '../../../kernel/dates.ts'
import { useSmallParam } from '../../../kernel/small-route.tsx'
import { useBytes } from '../../../kernel/use-bytes.ts'
import { useRead } from '../../../kernel/use-read.ts'
import { useWords } from '../../../kernel/words.ts'
import { Block } from '../../../ui/light/block.tsx'
import { Button } from '../../../ui/light/button.tsx'
import { Known } from '../../../ui/light/known.tsx'
import { showSize } from '../../../ui/show-size.ts'
import { numbered } from '../numbered.ts'
import { recordResidentWords } from './words.ts'

interface Place {
  readonly params: { readonly id: string; readonly did: string }
  readonly query: { readonly of: Filed; readonly nth?: number | undefined }
}

/** A report, a document or a picture of mine as it was issued: read here, and taken along. */
export function MyDocumentPage() {
  const params = { id: useSmallParam('id'), did: useSmallParam('did') }
  const of = useSmallParam('of') as Filed
  const [nth, setNth] = useState<number>()
  const place: Place = { params, query: { of, nth } }
  const read = useRead(recordApi.readMyDocument, place)
  return (
    <Known read={read}>
      {(document) => (
        <>
          <Block title={document.title}>
            {document.at && <p className="me-quiet">{showDay(document.at)}</p>}
            {document.text !== null && <p style={{ whiteSpace: 'pre-wrap' }}>{document.text}</p>}
            {numbered(document.sections).map(({ key, value }) => (
              <Part key={key} section={value} />
            ))}
            <File document={document} place={place} />
          </Block>
          <Others document={document} nth={nth ?? document.files[0]?.nth} onFile={setNth} />
        </>
      )}
    </Known>
  )
}

/** A picture is shown, a PDF opens in the phone's own reader, and all else is only saved: nothing of it runs here. */
function File({ document, place }: { document: HeldDocument; place: Place }) {
  const t = useWords(recordResidentWords)
  const isPicture = /^image\/(png|jpeg)$/.test(document.media)
  const opens = isPicture || document.media === 'application/pdf'
  const media = opens ? document.media : 'application/octet-stream'
  const address = useBytes(recordApi.readMyOriginal, place, media)
  if (!address) return null
  const size = showSize(document.size)
  const how = opens ? { target: '_blank', rel: 'noreferrer' } : { download: document.fileName }
  return (
    <>
      {isPicture && <img src={address} alt={document.title} style={{ maxWidth: '100%' }} />}
      <a className="me-button me-button-quiet" href={address} {...how}>
        {t(opens ? 'file-open' : 'file-save', { size })}
      </a>
    </>
  )
}

interface OthersProps {
  readonly document: HeldDocument
  readonly nth: number | undefined
  readonly onFile: (nth: number) => void
}

function Others({ document, nth, onFile }: OthersProps) {
  const t = useWords(recordResidentWords)
  const others = document.files.map((file, at) => ({ ...file, n: at + 1 })).filter((file) => file.nth !== nth)
  if (others.length === 0) return null
  return (
    <Block title={t('file-others')}>
      {others.map((file) => (
        <Button key={file.nth} quiet onClick={() => onFile(file.nth)}>
          {file.name || t('file-nth', { n: file.n })}
        </Button>
      ))}
    </Block>
  )
}

function Part({ section: { title, blocks } }: { section: Section }) {
  const lines = blocks.flatMap(({ items, rows }) => [...items, ...rows.map((row) => row.join('，'))])
  return (
    <>
      <h3>{title}</h3>
      {numbered(lines).map(({ key, value }) => (
        <p key={key}>{value}</p>
      ))}
    </>
  )
}
