import type { Finding, FindingPlace } from '@tongmai/api/record/quality'
import { language, useWords } from '../../kernel/words.ts'
import { placeWords } from './place-words.ts'
import { recordWords } from './words.ts'

type Say = ReturnType<typeof useWords<(typeof recordWords)['table']>>
type Placed = Pick<Finding, 'type' | 'places'>

const lists = { and: { zh: '、', en: ', ' }, or: { zh: '，或', en: ', or ' } } as const

/** What is to be corrected with what stands there, what is to be added; alternatives as such. */
function said(t: Say, type: string, places: readonly FindingPlace[], join: 'and' | 'or'): string {
  const glue = lists[join][language()]
  const wrong = places
    .filter(({ missing }) => !missing)
    .map((one) => {
      const place = placeWords(type, one)
      return one.found === undefined
        ? t('finding.wrong-at', { place })
        : t('finding.wrong-found', { place, found: one.found })
    })
  // Two elements may go by one name: a reason as a code, or as a reference.
  const missing = [...new Set(places.filter((one) => one.missing).map((one) => placeWords(type, one)))]
  const last = join === 'or' ? t('finding.or') : glue
  const named = [missing.slice(0, -1).join(lists.and[language()]), ...missing.slice(-1)]
    .filter(Boolean)
    .join(last)
  const added = missing.length > 0 ? [t('finding.missing-at', { place: named })] : []
  const enough = join === 'or' && missing.length > 1 && wrong.length === 0 ? t('finding.one-is-enough') : ''
  return [...wrong, ...added].join(glue) + enough
}

function linesOf(t: Say, { type, places }: Placed): string[] {
  const groups = Map.groupBy(places, ({ either }) => either)
  return [...groups].flatMap(([either, own]) =>
    either === undefined
      ? [
          ...own.filter(({ missing }) => !missing).map((one) => said(t, type, [one], 'and')),
          said(
            t,
            type,
            own.filter(({ missing }) => missing),
            'and',
          ),
        ].filter(Boolean)
      : said(t, type, own, 'or'),
  )
}

/** Which elements are to be corrected or added, in one line. */
export const placesText = (t: Say, of: Placed): string => linesOf(t, of).join('；')

/** Which elements are to be corrected or added, each on a line. */
export function FindingPlaces({ of }: { of: Placed }) {
  const t = useWords(recordWords)
  return linesOf(t, of).map((line) => <div key={line}>{line}</div>)
}
