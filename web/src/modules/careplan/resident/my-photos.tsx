import { careplanApi } from '@tongmai/api/careplan'
import { useCallback } from 'react'
import { call } from '../../../kernel/call.ts'
import { useRead } from '../../../kernel/use-read.ts'
import { useWords } from '../../../kernel/words.ts'
import { Block } from '../../../ui/light/block.tsx'
import { ReadingPhotos } from '../reading-photos.tsx'
import { myCareWords } from './words.ts'

const FEW = 10

/** What I photographed of the device's display. */
export function MyPhotos({ residentId }: { residentId: string }) {
  const t = useWords(myCareWords)
  const photos = useRead(
    careplanApi.listMyPhotos,
    { query: { residentId, limit: FEW } },
    { live: ['reading'] },
  )
  const read = useCallback(
    (id: string) => call(careplanApi.readMyPhoto, { params: { id }, query: { residentId } }),
    [residentId],
  )
  if (!photos.data || photos.data.total === 0) return null
  return (
    <Block title={t('reading.photos')}>
      <ReadingPhotos items={photos.data.items} nameOf={(kind) => t(`reading.${kind}`)} read={read} />
    </Block>
  )
}
