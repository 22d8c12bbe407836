import { To } from '../../kernel/route.tsx'
import { useWords } from '../../kernel/words.ts'
import { Card } from '../../ui/page.tsx'
import { MasteryTable } from './mastery-table.tsx'
import { techniqueWords } from './words.ts'

/** On an institution's page: what it has been signed off for. */
export function InstitutionTechniques({ institutionId }: { institutionId: string }) {
  const t = useWords(techniqueWords)
  return (
    <Card title={t('own')} extra={<To to="/techniques">{t('own-all')}</To>} flush>
      <MasteryTable filter={{ institutionId }} by="technique" />
    </Card>
  )
}

/** On a practitioner's page: what they have been signed off for by name. */
export function PractitionerTechniques({ practitionerId }: { practitionerId: string }) {
  const t = useWords(techniqueWords)
  return (
    <Card title={t('own')} flush>
      <MasteryTable filter={{ practitionerId }} by="technique" />
    </Card>
  )
}
