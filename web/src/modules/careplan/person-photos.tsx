import { careplanApi } from '@tongmai/api/careplan'
import { useCallback } from 'react'
import { call } from '../../kernel/call.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { ReadingPhotos } from './reading-photos.tsx'
import { careplanWords } from './words.ts'

const FEW = 10

/** What the resident photographed of the device's display, beside the figures they wrote down. */
export function PersonPhotos({ residentId }: { residentId: string }) {
  const t = useWords(careplanWords)
  const params = { id: residentId }
  const photos = useRead(careplanApi.listPhotos, { params, query: { limit: FEW } }, { live: ['reading'] })
  const read = useCallback(
    (photoId: string) => call(careplanApi.readPhoto, { params: { id: residentId, photoId } }),
    [residentId],
  )
  if (!photos.data || photos.data.total === 0) return null
  return (
    <>
      <h4>{t('reading.photos', { count: photos.data.total })}</h4>
      <p className="tm-quiet">{t('reading.photos-hint')}</p>
      <ReadingPhotos items={photos.data.items} nameOf={(kind) => t(`kind.${kind}`)} read={read} />
    </>
  )
}
