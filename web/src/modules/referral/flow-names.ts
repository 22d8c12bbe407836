import type { FlowBy, FlowQuery, FlowRow } from '@tongmai/api/referral/watch'
import { useMemo } from 'react'
import { find, useWords } from '../../kernel/words.ts'
import { referralWords } from './words.ts'

/** What narrows the cases to those of one stream. */
export function streamOf(row: FlowRow, by: FlowBy): Partial<FlowQuery> {
  return {
    direction: row.direction,
    ...(row.from ? { fromId: row.from.id } : row.fromLevel ? { fromLevel: row.fromLevel } : {}),
    ...(row.to ? { toId: row.to.id } : row.toLevel ? { toLevel: row.toLevel } : {}),
    ...(by === 'disease' ? { category: row.category ?? 'none' } : {}),
    ...(row.month ? { month: row.month } : {}),
  }
}

/** A line of the picture: streams that have the same ends there, as one, with what narrows the cases to theirs. */
export interface Drawn {
  readonly source: string
  readonly target: string
  readonly value: number
  readonly of: Partial<FlowQuery>
}

/** The streams as lines of the picture, where a disease or a month stands at the left whatever the level. */
export function drawn(rows: readonly FlowRow[], by: FlowBy, names: FlowNames): Drawn[] {
  const lines = new Map<string, Drawn>()
  for (const row of rows) {
    const [source, target] = [names.left(row, by), names.right(row)]
    const { fromLevel, ...of } = streamOf(row, by)
    const narrow = by === 'level' && fromLevel ? { ...of, fromLevel } : of
    const value = row.count + (lines.get(`${source} > ${target}`)?.value ?? 0)
    lines.set(`${source} > ${target}`, { source, target, value, of: narrow })
  }
  return [...lines.values()].toSorted((a, b) => b.value - a.value)
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
      return [row.category, chapter].filter(Boolean).join(' ') || t('watch.undiagnosed')
    }
    const end = (row: FlowRow, name: string): string => `${t(`direction.${row.direction}`)} · ${name}`
    return {
      ...{ from, to, disease },
      left: (row: FlowRow, by: FlowBy): string =>
        by === 'month' ? (row.month ?? '—') : by === 'disease' ? disease(row) : from(row),
      right: (row: FlowRow): string => end(row, to(row)),
    }
  }, [t])
}

export type FlowNames = ReturnType<typeof useFlowNames>
