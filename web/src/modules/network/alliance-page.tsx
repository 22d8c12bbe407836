import { allianceApi, layer, type AlliancePage as Shown } from '@tongmai/api/network/alliance'
import { Button } from 'antd'
import { useState } from 'react'
import { To, useParam } from '../../kernel/route.tsx'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Card, Facts, Page } from '../../ui/page.tsx'
import { Stat, Stats } from '../../ui/stat.tsx'
import { DraftAgreement } from './agreement-form.tsx'
import { AgreementTable } from './agreement-table.tsx'
import { AreaTable } from './area-table.tsx'
import { AssignArea } from './assign-area.tsx'
import { DutyTable } from './duty-table.tsx'
import { MemberCard } from './member-card.tsx'
import { ResolutionCard } from './resolution-card.tsx'
import { ServiceCard } from './service-card.tsx'
import { networkWords } from './words.ts'

/** One alliance: members by layer and grade, what each grade switches on, agreements, resolutions, duties. */
export function AlliancePage() {
  const id = useParam('id')
  const live = [`alliance:${id}`, 'network.member-joined']
  const read = useRead(allianceApi.readAlliance, { params: { id } }, { live })
  return <Loaded read={read}>{(alliance) => <Found of={alliance} />}</Loaded>
}

function Found({ of }: { of: Shown }) {
  const t = useWords(networkWords)
  const [drafting, setDrafting] = useState(false)
  const [assigning, setAssigning] = useState(false)
  const kind = of.specialty
    ? `${t(`form.${of.form}`)} · ${t(`specialty.${of.specialty}`)}`
    : t(`form.${of.form}`)
  const draft = of.mayManage && <Button onClick={() => setDrafting(true)}>{t('agreement.draft')}</Button>
  const assign = of.mayManage && <Button onClick={() => setAssigning(true)}>{t('area.assign')}</Button>
  return (
    <Page title={of.name} hint={kind}>
      <Counts of={of} />
      <Card title={t('institution.facts')}>
        <Facts
          facts={[
            [t('alliance.lead'), of.leadId && <To to={`/institutions/${of.leadId}`}>{of.leadName}</To>],
            [t('alliance.since'), of.since],
            [
              t('alliance.charter'),
              of.charter ? (
                <p key="charter" style={{ whiteSpace: 'pre-line' }}>
                  {of.charter}
                </p>
              ) : (
                t('alliance.no-charter')
              ),
            ],
          ]}
        />
      </Card>
      <MemberCard of={of} />
      <ServiceCard of={of} />
      <Card title={t('agreements')} extra={draft} flush>
        <AgreementTable allianceId={of.id} />
      </Card>
      {of.belongs && <ResolutionCard of={of} />}
      <Card title={t('duties')} flush>
        <DutyTable allianceId={of.id} />
      </Card>
      <Card title={t('areas')} extra={assign} flush>
        <AreaTable filter={{ allianceId: of.id }} />
      </Card>
      {drafting && <DraftAgreement alliance={of} onClose={() => setDrafting(false)} />}
      {assigning && <AssignArea allianceId={of.id} onClose={() => setAssigning(false)} />}
    </Page>
  )
}

/** Members in all, and by layer. */
function Counts({ of }: { of: Shown }) {
  const t = useWords(networkWords)
  const inLayer = (one: string) =>
    of.counts.filter((count) => count.layer === one).reduce((sum, count) => sum + count.members, 0)
  const graded = (one: string) =>
    of.counts
      .filter((count) => count.layer === one)
      .map((count) => `${t(`cooperation.${count.grade}`)} ${count.members}`)
  const merged = (one: string) => [...new Set(graded(one))].join(' · ')
  return (
    <Stats>
      <Stat label={t('alliance.members')} value={of.members} />
      {layer.options.map((one) => (
        <Stat key={one} label={t(`layer.${one}`)} value={inLayer(one)} hint={merged(one)} />
      ))}
    </Stats>
  )
}
