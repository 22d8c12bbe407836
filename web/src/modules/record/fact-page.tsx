import { recordApi } from '@tongmai/api/record'
import { To, useParam } from '../../kernel/route.tsx'
import { useMay } from '../../kernel/session.tsx'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Card, Page } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { ResidentBanner } from '../resident/index.ts'
import { Provenance } from './fact-drawer.tsx'
import { labelWords } from './fact-words.ts'
import { recordWords } from './words.ts'

/** One entry of a record on a page of its own: where lists of what is to be mended lead. */
export function FactPage() {
  const t = useWords(recordWords)
  const may = useMay()
  const [id, type, rid] = [useParam('id'), useParam('type'), useParam('rid')]
  const read = useRead(recordApi.readFact, { params: { id, type, rid } })
  return (
    <Loaded read={read}>
      {(opened) => (
        <Page
          title={labelWords(opened.fact.label)}
          hint={t(`kind.${opened.fact.kind}`)}
          actions={<To to={`/residents/${id}/record`}>{t('open-record')}</To>}
        >
          <ResidentBanner residentId={id} />
          {may('quality.read') && <ToMend type={type} rid={rid} />}
          <Card>
            <Provenance residentId={id} opened={opened} />
          </Card>
        </Page>
      )}
    </Loaded>
  )
}

/** What is to be mended here, above what the source says; nothing where all is well or it is another’s to mend. */
function ToMend({ type, rid }: { type: string; rid: string }) {
  const t = useWords(recordWords)
  const query = { type, resourceId: rid, limit: 20 }
  const { data } = useRead(recordApi.listQualityFindings, { query })
  if (!data?.items.length) return null
  return (
    <Card title={t('finding.what')}>
      <ul>
        {data.items.map(({ rule, title, detail }) => (
          <li key={rule}>
            <StateTag tone="wait">{title}</StateTag> {detail}
          </li>
        ))}
      </ul>
      <p className="tm-quiet">{t('finding.here')}</p>
    </Card>
  )
}
