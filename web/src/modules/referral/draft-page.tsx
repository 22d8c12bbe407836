import { careplanApi } from '@tongmai/api/careplan'
import { recordApi } from '@tongmai/api/record'
import { referralApi } from '@tongmai/api/referral'
import { referralDirection } from '@tongmai/api/referral/flow'
import type { Referral } from '@tongmai/api/referral/shape'
import { residentApi } from '@tongmai/api/resident'
import * as z from 'zod/mini'
import { To, useParam, useSearch } from '../../kernel/route.tsx'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Page } from '../../ui/page.tsx'
import { CaseBanner, OpenedBanner } from '../resident/index.ts'
import { DraftForm } from './draft-form.tsx'
import { empty, type Typed, typedOf } from './typed.ts'
import { referralWords } from './words.ts'

const search = z.object({
  resident: z.optional(z.string()),
  direction: z._default(referralDirection, 'up'),
  /** The referral under which this one is begun. */
  parent: z.optional(z.string()),
  /** Why it is proposed, where a rule proposes it. */
  reason: z.optional(z.string()),
  /** The enrolment in a programme whose rules propose it. */
  enrolment: z.optional(z.string()),
})

/** A new referral: filled in from the resident's card and record as far as they say it already. */
export function NewReferral() {
  const t = useWords(referralWords)
  const [{ resident: residentId, direction, parent, reason, enrolment }] = useSearch(search)
  if (!residentId) return <Nothing title={t('new.who')} hint={t('new.who-hint')} />
  const of = { residentId, direction, parentId: parent ?? null }
  if (enrolment) return <Proposed {...of} enrolmentId={enrolment} reason={reason ?? ''} />
  return <Prefilled {...of} proposed={{ reason: reason ?? '' }} />
}

interface PrefilledProps {
  readonly residentId: string
  readonly direction: Typed['direction']
  readonly parentId: string | null
  /** What a rule has filled in. */
  readonly proposed: Partial<Typed>
}

interface ProposedProps extends Omit<PrefilledProps, 'proposed'> {
  readonly enrolmentId: string
  readonly reason: string
}

/** Filled in as the rules of a programme propose it: reason, diagnosis, what was done, and the hospital of the contract. */
function Proposed({ enrolmentId, reason, ...of }: ProposedProps) {
  const t = useWords(referralWords)
  const read = useRead(careplanApi.proposeReferral, { params: { id: enrolmentId } })
  if (read.error) return <Prefilled {...of} proposed={{ reason }} />
  if (!read.data) return <Page title={t('new')}>{null}</Page>
  const { diagnosis, to, urgency, firstImpression, treatmentSoFar } = read.data
  const proposed: Partial<Typed> = {
    ...{ reason: read.data.reason, urgency, firstImpression, treatmentSoFar },
    ...{ diagnosisCode: diagnosis.code, diagnosisText: diagnosis.text },
    indications: urgency === 'urgent' ? [] : ['up.unsatisfactoryTwice'],
    to: to && { value: to.id, label: to.name },
  }
  return <Prefilled {...of} proposed={proposed} />
}

function Prefilled({ residentId, direction, parentId, proposed }: PrefilledProps) {
  const t = useWords(referralWords)
  const person = useRead(residentApi.read, { params: { id: residentId } })
  const record = useRead(recordApi.readRecord, { params: { id: residentId } })
  return (
    <Page title={t(direction === 'down' ? 'new.down' : 'new')}>
      <Loaded read={person} rows={8}>
        {(one) => {
          if (record.isPending) return null
          const { problems = [], allergies = [], medicines = [] } = record.data ?? {}
          const words = (facts: readonly { label: { text: string } }[]) =>
            [...new Set(facts.map((fact) => fact.label.text))].slice(0, 12).join('；')
          const begun: Typed = {
            ...empty,
            direction,
            signer: one.name,
            pastHistory: words(problems),
            allergies: words(allergies),
            treatmentSoFar: words(medicines),
            excerpts: problems
              .slice(0, 10)
              .map(({ type, id, label }) => ({ type, id, title: label.text.slice(0, 200) })),
            ...proposed,
          }
          return (
            <>
              <OpenedBanner resident={one} />
              {parentId && (
                <p>
                  <To to={`/referrals/${parentId}`}>{t('form.parent')}</To>
                </p>
              )}
              <DraftForm residentId={residentId} begun={begun} parentId={parentId} />
            </>
          )
        }}
      </Loaded>
    </Page>
  )
}

/** A draft, or what is being written back to the community, taken up again. */
export function EditReferral() {
  const t = useWords(referralWords)
  const id = useParam('id')
  const read = useRead(referralApi.read, { params: { id } })
  return (
    <Page title={t(read.data?.direction === 'down' ? 'new.down' : 'edit')} hint={read.data?.number}>
      <Loaded read={read} rows={8}>
        {(one: Referral) => (
          <>
            <CaseBanner resident={one.resident} />
            <DraftForm
              residentId={one.resident.id}
              begun={typedOf(one)}
              draft={{ id: one.id, version: one.version }}
            />
          </>
        )}
      </Loaded>
    </Page>
  )
}
