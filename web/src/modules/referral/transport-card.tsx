import type { Referral } from '@tongmai/api/referral/shape'
import { useSession } from '../../kernel/session.tsx'
import { useWords } from '../../kernel/words.ts'
import { Card } from '../../ui/page.tsx'
import { CallButton, MissionLines } from '../dispatch/index.ts'
import { referralWords } from './words.ts'

const waiting = ['submitted', 'infoRequested', 'accepted', 'inTransfer']

/** How the patient gets there: the missions of this referral, and the call for one from where the patient is. */
export function TransportCard({ referral }: { referral: Referral }) {
  const t = useWords(referralWords)
  const { institution } = useSession()
  const { id, resident, from, to, status, urgency } = referral
  const sends = institution?.id === from.id && waiting.includes(status)
  return (
    <Card
      title={t('case.transport')}
      extra={
        sends && <CallButton residentId={resident.id} to={to.id} thing={`referral:${id}`} urgency={urgency} />
      }
    >
      <MissionLines thing={`referral:${id}`} />
    </Card>
  )
}
