import type { FlowQuery, FlowRow } from '@tongmai/api/referral/watch'
import { useMemo } from 'react'
import { find, useWords } from '../../kernel/words.ts'
import { referralWords } from './words.ts'

/** What narrows the cases to those of one stream. */
export function streamOf(row: FlowRow): Partial<FlowQuery> {
  return {
    direction: row.direction,
    ...(row.from ? { fromId: row.from.id } : row.fromLevel ? { fromLevel: row.fromLevel } : {}),
    ...(row.to ? { toId: row.to.id } : row.toLevel ? { toLevel: row.toLevel } : {}),
    ...(row.category ? { category: row.category } : {}),
    ...(row.month ? { month: row.month } : {}),
  }
}

/** What the ends of a stream are called. */
export function useFlowNames() {
  const t = useWords(referralWords)
  return useMemo(() => {
    const from = (row: FlowRow): string =>
      row.from?.name ?? (row.fromLevel ? t(`level.${row.fromLevel}`) : '—')
    const to = (row: FlowRow): string => row.to?.name ?? (row.toLevel ? t(`level.${row.toLevel}`) : '—')
    const disease = (row: FlowRow): string => {
      const chapter = row.chapter && find(`referral.chapter.${row.chapter}`)
      return [row.category, chapter].filter(Boolean).join(' ') || '—'
    }
    const end = (row: FlowRow, name: string): string => `${t(`direction.${row.direction}`)} · ${name}`
    return {
      ...{ from, to, disease },
      left: (row: FlowRow): string => (row.month ? row.month : row.category ? disease(row) : from(row)),
      right: (row: FlowRow): string => end(row, to(row)),
    }
  }, [t])
}
