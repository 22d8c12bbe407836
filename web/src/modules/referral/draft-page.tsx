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
import { PersonBanner } from '../../ui/person-banner.tsx'
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
})

/** A new referral: filled in from the resident's card and record as far as they say it already. */
export function NewReferral() {
  const t = useWords(referralWords)
  const [{ resident: residentId, direction, parent, reason }] = useSearch(search)
  if (!residentId) return <Nothing title={t('new.who')} hint={t('new.who-hint')} />
  return (
    <Prefilled
      residentId={residentId}
      direction={direction}
      parentId={parent ?? null}
      reason={reason ?? ''}
    />
  )
}

interface PrefilledProps {
  readonly residentId: string
  readonly direction: Typed['direction']
  readonly parentId: string | null
  readonly reason: string
}

function Prefilled({ residentId, direction, parentId, reason }: PrefilledProps) {
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
            reason,
            signer: one.name,
            pastHistory: words(problems),
            allergies: words(allergies),
            treatmentSoFar: words(medicines),
            excerpts: problems
              .slice(0, 10)
              .map(({ type, id, label }) => ({ type, id, title: label.text.slice(0, 200) })),
          }
          return (
            <>
              <PersonBanner
                name={one.name}
                sex={one.sex === 'male' || one.sex === 'female' ? one.sex : 'unknown'}
                birthDay={one.birthDate}
                idShown={one.idMasked ?? ''}
                alerts={allergies.map((fact) => fact.label.text)}
                to={`/residents/${one.id}`}
              />
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
          <DraftForm
            residentId={one.resident.id}
            begun={typedOf(one)}
            draft={{ id: one.id, version: one.version }}
          />
        )}
      </Loaded>
    </Page>
  )
}
