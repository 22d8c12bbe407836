import { useSession } from '../../kernel/session.tsx'
import { useStaffOptions } from '../workforce/index.ts'

/** Who makes home visits: whoever may follow residents up here, oneself first. */
export function useVisitorChoices(): readonly { readonly value: string; readonly label: string }[] {
  const { practitionerId } = useSession()
  return useStaffOptions({ act: 'followUp' }).toSorted(
    (a, b) => Number(b.value === practitionerId) - Number(a.value === practitionerId),
  )
}
