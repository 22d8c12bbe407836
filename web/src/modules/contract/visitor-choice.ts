import { useSession } from '../../kernel/session.tsx'
import { useStaffSearch } from '../workforce/index.ts'

/** What to spread on a `Select` of who makes home visits: whoever may follow residents up here, oneself first. */
export function useVisitorSearch() {
  const { practitionerId } = useSession()
  const staff = useStaffSearch({ act: 'followUp' })
  const isMe = ({ value }: { value: string }) => Number(value === practitionerId)
  return { ...staff, options: staff.options.toSorted((a, b) => isMe(b) - isMe(a)) }
}
