import type { Institution } from '@tongmai/api/network/institution'
import { useCallback } from 'react'
import { useWords } from '../../kernel/words.ts'
import { networkWords } from './words.ts'

/** Tier and grade as people say them together: 三级甲等. */
export function useTierWords(): (of: Pick<Institution, 'tier' | 'hospitalGrade'>) => string {
  const t = useWords(networkWords)
  return useCallback(
    ({ tier, hospitalGrade }) =>
      tier
        ? `${t(`tier.${tier}`)}${hospitalGrade ? t(`hospital-grade.${hospitalGrade}`) : ''}`
        : t('tier.none'),
    [t],
  )
}
