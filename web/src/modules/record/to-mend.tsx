import { recordApi } from '@tongmai/api/record'
import type { Finding } from '@tongmai/api/record/quality'
import { useMay } from '../../kernel/session.tsx'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { Card } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { FindingPlaces } from './finding-places.tsx'
import { recordWords } from './words.ts'

const LIMIT = 20

/** What is to be mended of one entry; nothing where all is well or it is another’s to mend. */
export function useToMend(type: string, resourceId: string): readonly Finding[] {
  const may = useMay()
  const query = { type, resourceId, limit: LIMIT }
  const { data } = useRead(recordApi.listQualityFindings, { query }, { when: may('quality.read') })
  return data?.items ?? []
}

/** What is to be mended, element by element, and where that is done. */
export function ToMend({ findings }: { findings: readonly Finding[] }) {
  const t = useWords(recordWords)
  const atPerson = useMay()('resident.register') ? 'finding.mend-here' : 'finding.mend-desk'
  if (findings.length === 0) return null
  const isPatient = findings[0]?.type === 'Patient'
  return (
    <Card title={t('finding.what')}>
      <ul>
        {findings.map((one) => (
          <li key={one.rule}>
            <StateTag tone="wait">{one.title}</StateTag> {one.detail}
            <FindingPlaces of={one} />
          </li>
        ))}
      </ul>
      <p className="tm-quiet">{t(isPatient ? atPerson : 'finding.here')}</p>
    </Card>
  )
}

/** What is to be mended of a registration, on the page where it is done. */
export function PersonToMend({ residentId }: { residentId: string }) {
  return <ToMend findings={useToMend('Patient', residentId)} />
}
