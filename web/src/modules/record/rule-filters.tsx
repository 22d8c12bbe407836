import { type Dimension, dimension } from '@tongmai/api/record/quality'
import { useWords } from '../../kernel/words.ts'
import { FilterSelect } from '../../ui/filter-select.tsx'
import { namedTypes, typeWords } from './quality-show.ts'
import { recordWords } from './words.ts'

interface RuleFilter {
  readonly type?: string | undefined
  readonly dimension?: Dimension | undefined
}

interface Props {
  readonly filter: RuleFilter
  readonly onChange: (change: RuleFilter) => void
}

/** Which rules are meant: for which type of data, and of which dimension of quality. */
export function RuleFilters({ filter, onChange }: Props) {
  const t = useWords(recordWords)
  return (
    <>
      <FilterSelect
        label={t('by.type')}
        all={t('finding.all-types')}
        width={140}
        value={filter.type}
        keys={namedTypes}
        word={(one) => typeWords(t, one)}
        onChange={(type) => onChange({ type })}
      />
      <FilterSelect
        label={t('rule.dimension')}
        all={t('finding.all-dimensions')}
        width={130}
        value={filter.dimension}
        keys={dimension.options}
        word={(one) => t(`dimension.${one}`)}
        onChange={(next) => onChange({ dimension: next })}
      />
    </>
  )
}
