import type { IndicatorValue } from '@tongmai/api/contract/indicator'
import { To } from '../../kernel/route.tsx'
import { useWords } from '../../kernel/words.ts'
import { contractWords } from './words.ts'

/** `87.5%`; null where it is unknown, or where there is nobody to count. */
export const rateOf = ({ have, should }: Pick<IndicatorValue, 'have' | 'should'>): string | null =>
  have === null || !should ? null : `${((have / should) * 100).toFixed(1)}%`

/** A rate in a table: with its two counts, or why it is unknown. */
export function Rate({ value }: { value: IndicatorValue | undefined }) {
  const t = useWords(contractWords)
  if (!value) return null
  if (value.unknown)
    return (
      <span className="tm-quiet" title={t(`indicator.why.${value.unknown}`)}>
        {t('indicator.unknown')}
      </span>
    )
  return (
    <>
      {rateOf(value) ?? '—'}{' '}
      <span className="tm-quiet">
        {value.have}/{value.should}
      </span>
    </>
  )
}

interface CountProps {
  readonly count: number | null
  readonly opens: boolean
  readonly to: string
}

/** A count that opens its people, where it has any. */
export function Count({ count, opens, to }: CountProps) {
  if (count === null) return '—'
  const shown = count.toLocaleString('zh-CN')
  return opens && count > 0 ? <To to={to}>{shown}</To> : shown
}
