import { referralApi } from '@tongmai/api/referral'
import { mainLine, type ReferralStatus, referralFlow } from '@tongmai/api/referral/flow'
import type { Referral } from '@tongmai/api/referral/shape'
import { To, useParam } from '../../kernel/route.tsx'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { CasePage } from '../../ui/case-page.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { StateLine } from '../../ui/state-line.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { CaseBanner } from '../resident/index.ts'
import { HeldBy } from './holding.tsx'
import { ReferralActs } from './referral-acts.tsx'
import { ReferralFacts } from './referral-facts.tsx'
import { ReferralStory } from './referral-story.tsx'
import { UrgencyTag } from './state.tsx'
import { referralWords } from './words.ts'

/** The page of one referral: person, where it is, facts, story, and what I can do. */
export function ReferralPage() {
  const id = useParam('id')
  const read = useRead(referralApi.read, { params: { id } }, { live: [`referral:${id}`] })
  return (
    <Loaded read={read} rows={10}>
      {(referral) => <Shown referral={referral} />}
    </Loaded>
  )
}

function Shown({ referral }: { referral: Referral }) {
  const t = useWords(referralWords)
  const { direction, status, number, steps, since, due, owner, urgency } = referral
  return (
    <CasePage
      banner={<Banner referral={referral} />}
      title={
        <span className="tm-row">
          {t(`direction.${direction}`)} · {referral.diagnosis ?? '—'}
          <UrgencyTag urgency={urgency} />
          {referral.begunBy === 'receiver' && !referral.confirmedAt && referral.submittedAt && (
            <StateTag tone={referral.disputedAt ? 'bad' : 'wait'}>
              {t(referral.disputedAt ? 'entry.disputed' : 'entry.unconfirmed')}
            </StateTag>
          )}
          {referral.external && <StateTag tone="wait">{t('case.external')}</StateTag>}
          {referral.noSlotSince && <StateTag tone="bad">{t('list.noSlot')}</StateTag>}
          <span className="tm-quiet">{number}</span>
        </span>
      }
      state={
        <StateLine<ReferralStatus>
          flow={referralFlow[direction]}
          main={mainLine[direction]}
          now={status}
          past={pastOf(steps)}
          word={(one) => t(`status.${one}`)}
          owner={owner && [owner.institution.shortName, owner.practitioner?.name].filter(Boolean).join(' ')}
          since={since}
          due={due}
        />
      }
      facts={<ReferralFacts referral={referral} />}
      storyTitle={t('case.story')}
      story={<ReferralStory referral={referral} />}
      actions={
        <>
          <HeldBy referral={referral} />
          <ReferralActs referral={referral} />
        </>
      }
    />
  )
}

/** Each state once, when it was last reached. */
function pastOf(steps: Referral['steps']): { state: ReferralStatus; at: Date }[] {
  const reached = new Map<ReferralStatus, Date>()
  for (const { from, to, at } of steps) {
    if (from === to) continue
    reached.delete(to)
    reached.set(to, at)
  }
  return [...reached].map(([state, at]) => ({ state, at }))
}

/** In full where my institution may open the record now; masked once that has ended. */
function Banner({ referral }: { referral: Referral }) {
  const t = useWords(referralWords)
  const { allergies } = referral.form
  return (
    <CaseBanner
      resident={referral.resident}
      alerts={allergies && !/^无/.test(allergies) ? [allergies] : []}
      basis={t('case.basis')}
    >
      {referral.parentId && <To to={`/referrals/${referral.parentId}`}>{t('case.parent')}</To>}
      {referral.childId && <To to={`/referrals/${referral.childId}`}>{t('case.child')}</To>}
    </CaseBanner>
  )
}
