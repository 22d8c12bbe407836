import type { ReferralStatus, Urgency } from '@tongmai/api/referral/flow'
import { useWords } from '../../kernel/words.ts'
import { StateTag } from '../../ui/state-tag.tsx'
import { toneOf } from './tone.ts'
import { referralWords } from './words.ts'

/** A referral's state in words and colour. */
export function State({ status }: { status: ReferralStatus }) {
  const t = useWords(referralWords)
  return <StateTag tone={toneOf(status)}>{t(`status.${status}`)}</StateTag>
}

/** How urgent it is; routine needs no word. */
export function UrgencyTag({ urgency }: { urgency: Urgency }) {
  const t = useWords(referralWords)
  if (urgency === 'routine') return null
  return <StateTag tone={urgency === 'emergency' ? 'bad' : 'wait'}>{t(`urgency.${urgency}`)}</StateTag>
}
