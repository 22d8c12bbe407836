import { institutionApi, type InstitutionPage as Shown } from '@tongmai/api/network/institution'
import { Button } from 'antd'
import { useState } from 'react'
import { To, useParam } from '../../kernel/route.tsx'
import { Slot } from '../../kernel/slot.tsx'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Card, Cards, Facts, Page } from '../../ui/page.tsx'
import { RegionMap } from '../../ui/region-map.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { AgreementTable } from './agreement-table.tsx'
import { AreaTable } from './area-table.tsx'
import { DepartmentCard } from './department-card.tsx'
import { ChangeInstitution } from './institution-form.tsx'
import { ReachTable } from './reach-table.tsx'
import { Section } from './section.tsx'
import { useRegion } from './use-region.ts'
import { useTierWords } from './use-tier-words.ts'
import { networkWords } from './words.ts'

/** One institution: facts, place, departments, alliances, agreements and who answers for it. */
export function InstitutionPage() {
  const id = useParam('id')
  const live = [`institution:${id}`, 'network.department-changed']
  const read = useRead(institutionApi.readInstitution, { params: { id } }, { live })
  return <Loaded read={read}>{(institution) => <Found of={institution} />}</Loaded>
}

function Found({ of }: { of: Shown }) {
  const t = useWords(networkWords)
  const tierWords = useTierWords()
  const [changing, setChanging] = useState(false)
  const head = (
    <>
      {of.name} {of.closedOn && <StateTag tone="bad">{t('institution.closed')}</StateTag>}
    </>
  )
  return (
    <Page
      title={head}
      hint={`${t(`kind.${of.kind}`)} · ${tierWords(of)} · ${of.code}`}
      actions={of.mayChange && <Button onClick={() => setChanging(true)}>{t('institution.change')}</Button>}
    >
      {changing && <ChangeInstitution of={of} onClose={() => setChanging(false)} />}
      <Cards least={420}>
        <Card title={t('institution.facts')}>
          <Facts
            facts={[
              [t('institution.credit-code'), of.creditCode],
              [t('institution.division'), of.divisionName ?? of.divisionCode],
              [t('institution.address'), of.address],
              [t('institution.phone'), of.phone && <a href={`tel:${of.phone}`}>{of.phone}</a>],
              [t('institution.alliances'), <Alliances key="alliances" of={of} />],
            ]}
          />
        </Card>
        <Card title={t('institution.place')}>
          <Where of={of} />
        </Card>
      </Cards>
      <DepartmentCard of={of} />
      <Section title={t('institution.agreements')}>
        <AgreementTable institutionId={of.id} />
      </Section>
      <Section title={t('institution.areas')}>
        <AreaTable filter={{ communityId: of.id }} />
      </Section>
      {of.longitude !== null && (
        <Section title={t('institution.reach')}>
          <ReachTable institutionId={of.id} />
        </Section>
      )}
      <Slot at="institution" institutionId={of.id} />
    </Page>
  )
}

function Alliances({ of }: { of: Shown }) {
  const t = useWords(networkWords)
  if (of.alliances.length === 0) return t('institution.in-none')
  return (
    <>
      {of.alliances.map(({ allianceId, name, role }) => (
        <div key={allianceId} className="tm-row">
          <To to={`/alliances/${allianceId}`}>{name}</To>
          <StateTag tone={role === 'lead' ? 'accent' : 'idle'}>{t(`role.${role as 'lead'}`)}</StateTag>
        </div>
      ))}
    </>
  )
}

function Where({ of }: { of: Shown }) {
  const t = useWords(networkWords)
  const { divisions } = useRegion('county')
  const { longitude, latitude, id, shortName } = of
  if (longitude === null || latitude === null) return <p className="tm-quiet">{t('institution.no-place')}</p>
  return (
    <RegionMap
      label={t('institution.place')}
      height={260}
      {...(divisions ? { divisions } : {})}
      points={[{ id, longitude, latitude, label: shortName, size: 3 }]}
    />
  )
}
