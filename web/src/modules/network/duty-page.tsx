import { useSession } from '../../kernel/session.tsx'
import { useWords } from '../../kernel/words.ts'
import { Page } from '../../ui/page.tsx'
import { DutyTable } from './duty-table.tsx'
import { networkWords } from './words.ts'

/** What the resolutions of all its alliances ask of one's own institution; open ones first. */
export function DutyPage() {
  const t = useWords(networkWords)
  const { institution } = useSession()
  return (
    <Page title={t('duties-here')} hint={t('duties-here.hint')}>
      <DutyTable {...(institution ? { institutionId: institution.id } : {})} />
    </Page>
  )
}
