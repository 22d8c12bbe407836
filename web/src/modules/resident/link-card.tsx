import { residentApi } from '@tongmai/api/resident'
import { To } from '../../kernel/route.tsx'
import { useMay } from '../../kernel/session.tsx'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Card } from '../../ui/page.tsx'
import { LinkSteps } from './link-steps.tsx'
import { LinkTag } from './link-tag.tsx'
import { residentWords } from './words.ts'

/** Under which other registrations this person is known, and what was decided of each. */
export function LinkCard({ residentId }: { residentId: string }) {
  const t = useWords(residentWords)
  const may = useMay()
  const live = { live: [`resident:${residentId}`] }
  const read = useRead(residentApi.listLinksOf, { params: { id: residentId } }, live)
  return (
    <Card title={t('links.of-one')}>
      <Loaded read={read} rows={1}>
        {(links) =>
          links.length === 0 ? (
            <p className="tm-quiet">{t('links.of-one-none')}</p>
          ) : (
            links.map(({ link, steps }) => {
              const other = link.one.id === residentId ? link.other : link.one
              const name = [other.nameMasked, other.birthDate, other.idMasked].filter(Boolean).join(' · ')
              return (
                <div key={link.id}>
                  <p className="tm-row">
                    <LinkTag state={link.state} /> {name}{' '}
                    {may('resident.link') && <To to={`/resident-links/${link.id}`}>{t('links.open')}</To>}
                  </p>
                  <LinkSteps steps={steps} />
                </div>
              )
            })
          )
        }
      </Loaded>
    </Card>
  )
}
