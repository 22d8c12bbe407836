import { recordApi } from '@tongmai/api/record'
import { To, useParam } from '../../kernel/route.tsx'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Card, Page } from '../../ui/page.tsx'
import { ResidentBanner } from '../resident/index.ts'
import { Provenance } from './fact-drawer.tsx'
import { labelWords } from './fact-words.ts'
import { topOf } from './place-words.ts'
import { ToMend, useToMend } from './to-mend.tsx'
import { recordWords } from './words.ts'

/** One entry of a record on a page of its own: where lists of what is to be mended lead. */
export function FactPage() {
  const t = useWords(recordWords)
  const [id, type, rid] = [useParam('id'), useParam('type'), useParam('rid')]
  const read = useRead(recordApi.readFact, { params: { id, type, rid } })
  const findings = useToMend(type, rid)
  const wrong = new Set(findings.flatMap(({ places }) => places.map(topOf)))
  return (
    <Loaded read={read}>
      {(opened) => (
        <Page
          title={labelWords(opened.fact.label)}
          hint={t(`kind.${opened.fact.kind}`)}
          actions={<To to={`/residents/${id}/record`}>{t('open-record')}</To>}
        >
          <ResidentBanner residentId={id} />
          <ToMend findings={findings} />
          <Card>
            <Provenance residentId={id} opened={opened} wrong={wrong} />
          </Card>
        </Page>
      )}
    </Loaded>
  )
}
