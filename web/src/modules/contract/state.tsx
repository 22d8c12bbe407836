import type { ContractStatus } from '@tongmai/api/contract/flow'
import { useWords } from '../../kernel/words.ts'
import { StateTag, type Tone } from '../../ui/state-tag.tsx'
import { contractWords } from './words.ts'

const tones: Readonly<Record<ContractStatus, Tone>> = {
  pendingReview: 'wait',
  active: 'good',
  expiring: 'wait',
  expired: 'bad',
  renewed: 'idle',
  teamChanged: 'idle',
  rescinded: 'idle',
  terminated: 'idle',
}

/** A contract's state in words and colour. */
export function State({ status, upcoming = false }: { status: ContractStatus; upcoming?: boolean }) {
  const t = useWords(contractWords)
  if (upcoming && status === 'active') return <StateTag tone="note">{t('upcoming')}</StateTag>
  return <StateTag tone={tones[status]}>{t(`status.${status}`)}</StateTag>
}

/** Fen as yuan, `120.00`. */
export const yuanOf = (fen: number): string => (fen / 100).toFixed(2)
