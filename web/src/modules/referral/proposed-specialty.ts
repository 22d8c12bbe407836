import { referralApi } from '@tongmai/api/referral'
import type { SpecialtyProposal } from '@tongmai/api/referral/specialty'
import { useRead } from '../../kernel/use-read.ts'
import type { Typed } from './typed.ts'

/** The specialty that the typed diagnosis proposes; down-referrals go to primary care, whatever the diagnosis. */
export function useProposedSpecialty({ diagnosisCode, direction }: Typed): SpecialtyProposal | null {
  const diagnosis = diagnosisCode.trim().toUpperCase()
  const when = direction !== 'down' && /^[A-Z][0-9]{2}[A-Z0-9.+x]{0,12}$/.test(diagnosis)
  const read = useRead(referralApi.proposeSpecialty, { query: { diagnosis } }, { when })
  return (when && read.data) || null
}
