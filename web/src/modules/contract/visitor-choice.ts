import { contractApi } from '@tongmai/api/contract'
import { useSession } from '../../kernel/session.tsx'
import { useRead } from '../../kernel/use-read.ts'

/** Who makes home visits: the family doctors here, and oneself, who may be a nurse. */
export function useVisitorChoices(): readonly { readonly value: string; readonly label: string }[] {
  const { practitionerId, account } = useSession()
  const doctors = useRead(contractApi.listPanels, {}).data ?? []
  const people = new Map(doctors.map((one) => [one.doctorId, one.doctor]))
  if (practitionerId && !people.has(practitionerId)) people.set(practitionerId, account.name)
  return [...people].map(([value, label]) => ({ value, label }))
}
