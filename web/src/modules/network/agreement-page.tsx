import {
  type AgreementStatus,
  agreementApi,
  agreementFlow,
  type AgreementPage as Shown,
} from '@tongmai/api/network/agreement'
import { To, useParam } from '../../kernel/route.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { CasePage } from '../../ui/case-page.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Card, Facts } from '../../ui/page.tsx'
import { StateLine } from '../../ui/state-line.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { Table } from '../../ui/table.tsx'
import { type Happening, TimeLine } from '../../ui/time-line.tsx'
import { AgreementActs } from './agreement-acts.tsx'
import { AgreementState } from './agreement-table.tsx'
import { DraftParties } from './draft-parties.tsx'
import { networkWords } from './words.ts'

/** One agreement: where it stands, what it says and switches on, who signed, and what I can do. */
export function AgreementPage() {
  const id = useParam('id')
  const read = useRead(agreementApi.readAgreement, { params: { id } }, { live: [`agreement:${id}`] })
  return <Loaded read={read}>{(agreement) => <Found of={agreement} />}</Loaded>
}

const main: readonly AgreementStatus[] = ['draft', 'signing', 'signed', 'inForce', 'ended']
const led: Readonly<Record<string, AgreementStatus>> = {
  draft: 'draft',
  propose: 'signing',
  return: 'draft',
  enter: 'inForce',
  succeed: 'renewed',
  exit: 'exited',
  end: 'ended',
  withdraw: 'withdrawn',
}

/** The states it has been in, oldest first; it was signed in the moment of the last signature. */
function pastOf(of: Shown): { state: AgreementStatus; at: Date }[] {
  const steps = of.history.toReversed()
  const past = steps.flatMap(({ move, at }) => (led[move] ? [{ state: led[move], at }] : []))
  const last = steps.findLast(({ move }) => move === 'sign')
  const complete = last && !['draft', 'signing', 'withdrawn'].includes(of.status)
  if (complete) past.push({ state: 'signed', at: last.at })
  return past.toSorted((a, b) => a.at.getTime() - b.at.getTime())
}

function Found({ of }: { of: Shown }) {
  const t = useWords(networkWords)
  const title = (
    <>
      {of.title} <AgreementState status={of.status} />
    </>
  )
  const waiting = of.signatories.filter((one) => !one.signedAt).map((one) => one.name)
  return (
    <CasePage
      banner={null}
      title={title}
      state={
        <StateLine
          flow={agreementFlow}
          main={main}
          now={of.status}
          past={pastOf(of)}
          word={(status) => t(`status.${status}`)}
          {...(of.status === 'signing' ? { owner: waiting.join('、') } : {})}
        />
      }
      facts={<AgreementFacts of={of} />}
      storyTitle={t('agreement.history')}
      story={<Story of={of} />}
      actions={<AgreementActs of={of} />}
    />
  )
}

function AgreementFacts({ of }: { of: Shown }) {
  const t = useWords(networkWords)
  const { moment } = useDates()
  const services = [
    t('agreement.services'),
    of.services.map((one) => t(`service.${one}`)).join('、'),
  ] as const
  const renewed = [
    t('agreement.renews'),
    <To key="renews" to={`/agreements/${of.renews}`}>
      {t('agreement.before')}
    </To>,
  ] as const
  return (
    <>
      <Card title={t('institution.facts')}>
        <Facts
          facts={[
            [t('agreement.number'), of.number],
            [
              t('alliance.name'),
              <To key="alliance" to={`/alliances/${of.allianceId}`}>
                {of.allianceName}
              </To>,
            ],
            [t('member.grade'), t(`cooperation.${of.grade}`)],
            [t('agreement.period'), t('member.span', { since: of.since, until: of.until })],
            ...(of.services.length > 0 ? [services] : []),
            ...(of.renews ? [renewed] : []),
          ]}
        />
      </Card>
      {of.status === 'draft' && <DraftParties of={of} />}
      {of.signatories.length > 0 && (
        <Card title={t('agreement.parties')} flush>
          <Table
            label={t('agreement.parties')}
            rows={of.signatories}
            keyOf={({ institutionId }) => institutionId}
            columns={[
              {
                key: 'name',
                title: t('institution'),
                cell: (one) => <To to={`/institutions/${one.institutionId}`}>{one.name}</To>,
              },
              { key: 'signer', title: t('agreement.signer'), cell: (one) => one.signerName ?? '—' },
              {
                key: 'at',
                title: t('agreement.signed'),
                cell: (one) =>
                  one.leftAt ? (
                    <StateTag tone="bad">{t('agreement.left')}</StateTag>
                  ) : one.signedAt ? (
                    moment(one.signedAt)
                  ) : (
                    <StateTag tone="wait">{t('agreement.not-signed')}</StateTag>
                  ),
              },
            ]}
          />
        </Card>
      )}
      <Card title={t('agreement.text')}>
        <p style={{ whiteSpace: 'pre-line' }}>{of.text}</p>
      </Card>
    </>
  )
}

function Story({ of }: { of: Shown }) {
  const t = useWords(networkWords)
  const happenings: Happening[] = of.history.map((one, at) => ({
    id: `${at}`,
    at: one.at,
    title: t(`move.${one.move as 'sign'}`),
    by: [one.institutionName ?? t('agreement.system'), one.personName].filter(Boolean).join(' · '),
    body: one.note,
  }))
  return <TimeLine happenings={happenings} />
}
