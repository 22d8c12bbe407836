import { useQueryClient } from '@tanstack/react-query'
import { referralApi } from '@tongmai/api/referral'
import type { WorkList } from '@tongmai/api/referral/list'
import type { ReferralLine } from '@tongmai/api/referral/shape'
import { Button, Checkbox } from 'antd'
import { useState } from 'react'
import { call } from '../../kernel/call.ts'
import { concerns } from '../../kernel/concern.ts'
import { newKey } from '../../kernel/new-key.ts'
import { useWords } from '../../kernel/words.ts'
import type { Column } from '../../ui/column.ts'
import { useTell } from '../../ui/tell.tsx'
import { referralWords } from './words.ts'

/** What may be done to many at once without looking at each: it asks for nothing and can do no harm. */
const safe: Partial<Record<WorkList, 'arrive' | 'readOutcome'>> = {
  arrivingToday: 'arrive',
  outcomeUnread: 'readOutcome',
}

const perform = (move: 'arrive' | 'readOutcome', { id, version }: ReferralLine): Promise<unknown> => {
  const params = { id }
  return move === 'arrive'
    ? call(referralApi.arrive, { params, body: { comment: '', version } }, { key: newKey() })
    : call(referralApi.readOutcome, { params }, { key: newKey() })
}

/** Ticks on the rows of a work-list and one button for all of them; each is done by itself, so one refusal stops no other. */
export function useBulk(list: WorkList | undefined, rows: readonly ReferralLine[]) {
  const t = useWords(referralWords)
  const tell = useTell()
  const queries = useQueryClient()
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set())
  const [busy, setBusy] = useState(false)
  const move = list && safe[list]
  const chosen = rows.filter((row) => picked.has(row.id))
  const toggle = (id: string) =>
    setPicked((before) =>
      before.has(id) ? new Set([...before].filter((one) => one !== id)) : new Set([...before, id]),
    )

  const run = async (act: 'arrive' | 'readOutcome') => {
    setBusy(true)
    const failed = new Set<string>()
    for (const row of chosen) await perform(act, row).catch(() => failed.add(row.id))
    setBusy(false)
    // What was not done stays ticked, to be looked at one by one.
    setPicked(failed)
    tell(t('bulk.done', { done: chosen.length - failed.size, failed: failed.size }))
    void queries.invalidateQueries({ predicate: ({ queryKey }) => concerns(queryKey, 'referral') })
  }

  const column: Column<ReferralLine> = {
    key: 'pick',
    title: t('bulk.select'),
    width: 56,
    cell: (row) => (
      <Checkbox
        aria-label={`${t('bulk.select')} ${row.resident.nameMasked}`}
        checked={picked.has(row.id)}
        onChange={() => toggle(row.id)}
      />
    ),
  }
  const button = move && (
    <>
      <Button onClick={() => setPicked(new Set(rows.map((row) => row.id)))}>{t('bulk.all')}</Button>
      <Button type="primary" loading={busy} disabled={chosen.length === 0} onClick={() => void run(move)}>
        {t('bulk.run', {
          move: t(move === 'arrive' ? 'move.arrive' : 'case.outcome-read'),
          count: chosen.length,
        })}
      </Button>
    </>
  )
  return { columns: move ? [column] : [], button }
}
