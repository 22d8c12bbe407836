import { referralApi } from '@tongmai/api/referral'
import type { Referral } from '@tongmai/api/referral/shape'
import type { ReactNode } from 'react'
import { useMay } from '../../kernel/session.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { Card, Facts } from '../../ui/page.tsx'
import { AskTreating } from './ask-treating.tsx'
import { Chain, Children } from './chain.tsx'
import { ContinuedMedicines } from './continued-medicines.tsx'
import { GreenPanel } from './green-panel.tsx'
import { RoutingCard } from './routing-card.tsx'
import { TransportCard } from './transport-card.tsx'
import { referralWords } from './words.ts'

type Fact = readonly [string, ReactNode]

/** What is known of a referral, in cards: what it is about, what was arranged, how it went, how it goes on. */
export function ReferralFacts({ referral }: { referral: Referral }) {
  const t = useWords(referralWords)
  const { outcome, ending, followUp, returnNote } = referral
  const { moment } = useDates()
  const may = useMay()
  return (
    <>
      {referral.direction !== 'down' && <GreenPanel referral={referral} />}
      <RoutingCard referralId={referral.id} />
      {referral.direction !== 'down' && <Arrangement referral={referral} />}
      {referral.direction !== 'down' && may('dispatch.read') && <TransportCard referral={referral} />}
      <Children referral={referral} />
      {ending && (
        <Card title={t('case.ending')}>
          <Facts
            facts={[
              [t('ask.reason'), t(`reason.${ending.reason}`)],
              ...filled([
                [t('case.advice'), ending.advice],
                [t('ask.comment'), ending.note],
                [t('case.settled'), ending.settled ? t(`reason.${ending.settled}`) : null],
              ]),
            ]}
          />
        </Card>
      )}
      {outcome && (
        <Card title={t('case.outcome')}>
          <Facts
            facts={filled([
              [t('ask.result'), t(`result.${outcome.result}`)],
              [t('diagnosis'), `${outcome.diagnosis.text} ${outcome.diagnosis.code}`],
              [t('ask.summary'), outcome.summary],
              [t('back.results'), outcome.mainResults],
              [t('back.treatment'), outcome.treatment],
              [t('back.next-plan'), outcome.nextPlan],
              [t('back.inpatient-number'), outcome.inpatientNumber],
              [t('ask.disposition'), outcome.disposition && t(`disposition.${outcome.disposition}`)],
              [t('ask.discharged-at'), outcome.dischargedAt && moment(outcome.dischargedAt)],
            ])}
          />
        </Card>
      )}
      {followUp && (
        <Card title={t('case.follow-up')}>
          <Facts
            facts={filled([
              [t('ask.follow-up-at'), moment(followUp.at)],
              [t('ask.method'), t(`method.${followUp.method}`)],
              [t('ask.finding'), t(`finding.${followUp.finding}`)],
              [t('ask.note'), followUp.note],
              [t('ask.next-on'), followUp.nextOn],
            ])}
          />
        </Card>
      )}
      {returnNote && <ReturnNote referral={referral} note={returnNote} />}
      <AskTreating referral={referral} />
      <Written referral={referral} />
      <Chain referral={referral} />
    </>
  )
}

const filled = (facts: readonly Fact[]): Fact[] => facts.filter(([, value]) => value !== null && value !== '')

function Arrangement({ referral }: { referral: Referral }) {
  const t = useWords(referralWords)
  const { moment } = useDates()
  const { arrangement, treating, noShows } = referral
  return (
    <Card title={t('case.arrangement')}>
      {arrangement ? (
        <Facts
          facts={filled([
            [t('department'), arrangement.department ?? ''],
            [t('ask.doctor'), arrangement.practitioner],
            [t('ask.at'), moment(arrangement.at)],
            [
              t('ask.place'),
              arrangement.placeId ? `${arrangement.place} · ${t('place.reserved')}` : arrangement.place,
            ],
            [t('ask.instructions'), arrangement.instructions],
            [t('case.treating'), treating?.name ?? null],
            [t('case.no-shows'), noShows > 0 ? noShows : null],
          ])}
        />
      ) : (
        <p className="tm-quiet">{t('case.no-arrangement')}</p>
      )}
    </Card>
  )
}

function ReturnNote({ referral, note }: { referral: Referral; note: NonNullable<Referral['returnNote']> }) {
  const t = useWords(referralWords)
  return (
    <Card title={t('back.title')}>
      <Facts
        facts={filled([
          [t('back.doctor'), referral.toPractitioner?.name ?? null],
          [t('back.diagnosis'), note.diagnosisResult],
          [t('back.inpatient-number'), note.inpatientNumber],
          [t('back.results'), note.mainResults],
          [t('back.treatment'), note.treatment],
          [t('back.next-plan'), note.nextPlan],
          [t('back.rehab'), note.rehabPlan],
          [
            t('back.medicines'),
            note.medicines.length > 0 && (
              <ContinuedMedicines referral={referral} medicines={note.medicines} />
            ),
          ],
          [t('back.follow-up-on'), note.followUpOn],
          [t('back.follow-ups'), note.followUps.map((one) => `${one.dueOn} ${one.purpose}`).join('；')],
        ])}
      />
    </Card>
  )
}

/** What the sender wrote. */
function Written({ referral }: { referral: Referral }) {
  const t = useWords(referralWords)
  const { moment } = useDates()
  const criteria = useRead(referralApi.criteria, {})
  const { form, from, to, fromPractitioner, fromDepartment } = referral
  const nameOf = (code: string) =>
    criteria.data?.find((one) => one.code === code)?.text ?? (criteria.isPending ? '…' : code)
  const consent = form.consent
  return (
    <Card title={t('case.facts')}>
      <Facts
        facts={filled([
          [t('from'), [from.name, fromDepartment?.name, fromPractitioner?.name].filter(Boolean).join(' · ')],
          [t('to'), [to.name, referral.toDepartment?.name].filter(Boolean).join(' · ')],
          [t('diagnosis'), form.diagnosis ? `${form.diagnosis.text} ${form.diagnosis.code}` : ''],
          [t('form.first-impression'), form.firstImpression],
          [t('form.indications'), form.indications.map(nameOf).join('；')],
          [t('form.reason'), form.reason],
          [t('form.past'), form.pastHistory],
          [t('form.allergies'), form.allergies],
          [t('form.treatment'), form.treatmentSoFar],
          [t('form.attention'), form.attention],
          [
            t('form.wanted-doctor'),
            referral.direction === 'down' ? null : (referral.toPractitioner?.name ?? null),
          ],
          [t('form.wanted-on'), referral.wantedOn],
          [t('form.excerpts'), form.excerpts.map((one) => one.title).join('；')],
          [t('form.attachments'), form.attachments.map((one) => one.name).join('；')],
          [
            t('form.consent'),
            consent
              ? `${t(`relation.${consent.relation}`)} ${consent.signer} ${moment(consent.at)}`
              : t('form.not-agreed'),
          ],
        ])}
      />
    </Card>
  )
}
