import { useWords } from '../../kernel/words.ts'
import { Card } from '../../ui/page.tsx'
import { CallButton } from './call-button.tsx'
import { MissionLines } from './mission-lines.tsx'
import { dispatchWords } from './words.ts'

/** On a resident's page: their transports that my institution has a part in, and the way to call for one. */
export function PersonMissions({ residentId }: { residentId: string }) {
  const t = useWords(dispatchWords)
  return (
    <Card title={t('missions')} extra={<CallButton residentId={residentId} />}>
      <MissionLines residentId={residentId} />
    </Card>
  )
}
