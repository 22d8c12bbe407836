import type { Division } from '@tongmai/api/network/grid'
import { useWords } from '../../kernel/words.ts'
import { StateTag } from '../../ui/state-tag.tsx'
import { networkWords } from './words.ts'

interface CoverageNoteProps {
  readonly units: readonly Division[]
  readonly gaps: readonly string[]
  readonly overlaps: readonly { readonly division: string; readonly grids: readonly string[] }[]
  readonly nameOf: (gridId: string) => string
}

/** Gaps and overlaps in words, by name: what the colours show must also be readable. */
export function CoverageNote({ units, gaps, overlaps, nameOf }: CoverageNoteProps) {
  const t = useWords(networkWords)
  const unitName = (code: string) => units.find((unit) => unit.code === code)?.name ?? code
  if (gaps.length === 0 && overlaps.length === 0)
    return <StateTag tone="good">{t('grids.all-well')}</StateTag>
  return (
    <div role="status">
      {gaps.length > 0 && (
        <p>
          <StateTag tone="bad">{t('grids.gaps', { count: gaps.length })}</StateTag>{' '}
          {gaps.map(unitName).join('、')}
        </p>
      )}
      {overlaps.length > 0 && (
        <p>
          <StateTag tone="bad">{t('grids.overlaps', { count: overlaps.length })}</StateTag>{' '}
          {overlaps
            .map(({ division, grids }) => `${unitName(division)}（${grids.map(nameOf).join('、')}）`)
            .join('；')}
        </p>
      )}
    </div>
  )
}
