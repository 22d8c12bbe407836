import { recordApi } from '@tongmai/api/record'
import type { Filed, HeldDocument } from '@tongmai/api/record/document'
import { useBytes } from '../../kernel/use-bytes.ts'
import { useWords } from '../../kernel/words.ts'
import { Nothing } from '../../ui/nothing.tsx'
import { Card } from '../../ui/page.tsx'
import { recordWords } from './words.ts'

/** Where a file lies: whose it is, in what, and which of several. */
export interface Place {
  readonly params: { readonly id: string; readonly did: string }
  readonly query: { readonly of?: Filed | undefined; readonly nth?: number | undefined }
}

interface DocumentFileProps {
  readonly document: HeldDocument
  readonly place: Place
}

/** A file that has no sections: the text, the picture or the pages of a PDF; of all others, that it is to be downloaded. */
export function DocumentFile({ document, place }: DocumentFileProps) {
  const t = useWords(recordWords)
  const { text, media } = document
  if (text !== null)
    return (
      <Card title={t('details')}>
        <p style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{text}</p>
      </Card>
    )
  const isPicture = /^image\/(png|jpeg)$/.test(media)
  if (isPicture || (media === 'application/pdf' && navigator.pdfViewerEnabled))
    return (
      <Card>
        <Seen document={document} place={place} isPicture={isPicture} />
      </Card>
    )
  return <Nothing title={t('document.not-shown')} hint={t('document.not-shown-hint')} />
}

/** A scan, at most as wide as the page, or the browser's own reader of PDF. */
function Seen({ document, place, isPicture }: DocumentFileProps & { readonly isPicture: boolean }) {
  const address = useBytes(recordApi.readOriginal, place, document.media)
  if (!address) return null
  return isPicture ? (
    <img src={address} alt={document.title} style={{ maxWidth: '100%' }} />
  ) : (
    <iframe
      src={`${address}#navpanes=0&view=FitH`}
      title={document.title}
      style={{ width: '100%', height: '80vh', border: 'none' }}
    />
  )
}
