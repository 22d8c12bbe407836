import type { Finding } from '@tongmai/api/record/quality'
import { useWords } from '../../kernel/words.ts'
import { placeWords } from './place-words.ts'
import { recordWords } from './words.ts'

type Say = ReturnType<typeof useWords<(typeof recordWords)['table']>>
type Placed = Pick<Finding, 'type' | 'places'>

function linesOf(t: Say, { type, places }: Placed): string[] {
  const words = (missing: boolean) =>
    places.filter((place) => place.missing === missing).map((place) => placeWords(type, place))
  const missing = words(true)
  return [
    ...words(false).map((place) => t('finding.wrong-at', { place })),
    ...(missing.length > 0 ? [t('finding.missing-at', { place: missing.join(' / ') })] : []),
  ]
}

/** Which elements are to be corrected or added, in one line. */
export const placesText = (t: Say, of: Placed): string => linesOf(t, of).join('；')

/** Which elements are to be corrected or added, each on a line. */
export function FindingPlaces({ of }: { of: Placed }) {
  const t = useWords(recordWords)
  return linesOf(t, of).map((line) => <div key={line}>{line}</div>)
}
