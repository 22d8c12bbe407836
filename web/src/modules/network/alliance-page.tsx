import {
  allianceApi,
  cooperationGrade,
  layer,
  type AlliancePage as Shown,
} from '@tongmai/api/network/alliance'
import { Button, Tabs } from 'antd'
import { useState } from 'react'
import * as z from 'zod/mini'
import { To, useParam, useSearch } from '../../kernel/route.tsx'
import { useMay } from '../../kernel/session.tsx'
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
import { Section } from './section.tsx'
import { ServiceCard } from './service-card.tsx'
import { networkWords } from './words.ts'

/** One alliance: members by layer and grade, what each grade switches on, agreements, resolutions, duties. */
export function AlliancePage() {
  const id = useParam('id')
  const live = [`alliance:${id}`, 'network.member-joined']
  const read = useRead(allianceApi.readAlliance, { params: { id } }, { live })
  return <Loaded read={read}>{(alliance) => <Found of={alliance} />}</Loaded>
}

const tabShape = z.object({
  tab: z._default(z.enum(['members', 'agreements', 'council', 'areas', 'services']), 'members'),
})

function Found({ of }: { of: Shown }) {
  const t = useWords(networkWords)
  const may = useMay()
  const [{ tab }, setTab] = useSearch(tabShape)
  const kind = of.specialty
    ? `${t(`form.${of.form}`)} · ${t(`specialty.${of.specialty}`)}`
    : t(`form.${of.form}`)
  const council = {
    key: 'council',
    label: t('council'),
    children: <Council of={of} />,
  }
  const tabs = [
    { key: 'members', label: t('alliance.members'), children: <MemberCard of={of} /> },
    { key: 'agreements', label: t('agreements'), children: <Agreements of={of} /> },
    ...(of.belongs || may('oversight.read') ? [council] : []),
    { key: 'areas', label: t('areas'), children: <Areas of={of} /> },
    { key: 'services', label: t('services.title'), children: <ServiceCard of={of} /> },
  ]
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
              of.charter ? <Charter key="charter" text={of.charter} /> : t('alliance.no-charter'),
            ],
          ]}
        />
      </Card>
      <Tabs activeKey={tab} items={tabs} onChange={(next) => setTab({ tab: next as typeof tab })} />
    </Page>
  )
}

const Charter = ({ text }: { text: string }) => <p style={{ whiteSpace: 'pre-line', margin: 0 }}>{text}</p>

function Agreements({ of }: { of: Shown }) {
  const t = useWords(networkWords)
  const [drafting, setDrafting] = useState(false)
  const draft = of.mayManage && (
    <Button type="primary" onClick={() => setDrafting(true)}>
      {t('agreement.draft')}
    </Button>
  )
  return (
    <Section title={t('agreements')} extra={draft}>
      <AgreementTable allianceId={of.id} />
      {drafting && <DraftAgreement alliance={of} onClose={() => setDrafting(false)} />}
    </Section>
  )
}

function Council({ of }: { of: Shown }) {
  const t = useWords(networkWords)
  return (
    <>
      <ResolutionCard of={of} />
      <Section title={t('duties')}>
        <DutyTable allianceId={of.id} />
      </Section>
    </>
  )
}

function Areas({ of }: { of: Shown }) {
  const t = useWords(networkWords)
  const [assigning, setAssigning] = useState(false)
  const assign = of.mayManage && (
    <Button type="primary" onClick={() => setAssigning(true)}>
      {t('area.assign')}
    </Button>
  )
  return (
    <Section title={t('areas')} extra={assign}>
      <AreaTable filter={{ allianceId: of.id }} />
      {assigning && <AssignArea allianceId={of.id} onClose={() => setAssigning(false)} />}
    </Section>
  )
}

/** Members in all, and by layer. */
function Counts({ of }: { of: Shown }) {
  const t = useWords(networkWords)
  const within = (one: string) => of.counts.filter((count) => count.layer === one)
  const sum = (counts: Shown['counts']) => counts.reduce((all, count) => all + count.members, 0)
  const graded = (one: string) =>
    cooperationGrade.options
      .map((grade) => [grade, sum(within(one).filter((count) => count.grade === grade))] as const)
      .filter(([, members]) => members > 0)
      .map(([grade, members]) => `${t(`cooperation.${grade}`)} ${members}`)
      .join(' · ')
  return (
    <Stats>
      <Stat label={t('alliance.members')} value={of.members} />
      {layer.options.map((one) => (
        <Stat key={one} label={t(`layer.${one}`)} value={sum(within(one))} hint={graded(one)} />
      ))}
    </Stats>
  )
}
