import type { AgreementPage } from '@tongmai/api/network/agreement'
import { institutionApi } from '@tongmai/api/network/institution'
import { To } from '../../kernel/route.tsx'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Card } from '../../ui/page.tsx'
import { networkWords } from './words.ts'

/** Who is to sign, while it is a draft: nobody has been asked yet. */
export function DraftParties({ of }: { of: AgreementPage }) {
  const t = useWords(networkWords)
  const read = useRead(institutionApi.listInstitutions, { query: { allianceId: of.allianceId, limit: 200 } })
  return (
    <Card title={t('agreement.parties')}>
      <Loaded read={read} rows={2}>
        {({ items }) => (
          <div className="tm-row" style={{ gap: '4px 20px' }}>
            {items
              .filter(({ id }) => of.parties.includes(id))
              .map(({ id, shortName }) => (
                <To key={id} to={`/institutions/${id}`}>
                  {shortName}
                </To>
              ))}
          </div>
        )}
      </Loaded>
    </Card>
  )
}
