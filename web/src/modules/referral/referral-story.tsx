import { referralApi } from '@tongmai/api/referral'
import type { ReferralMove } from '@tongmai/api/referral/flow'
import type { Referral } from '@tongmai/api/referral/shape'
import { Button, Input } from 'antd'
import { useForm } from '../../kernel/use-form.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { DraftNote } from '../../ui/draft-note.tsx'
import { RefusalNote } from '../../ui/tell.tsx'
import { type Happening, TimeLine } from '../../ui/time-line.tsx'
import { toneOf } from './tone.ts'
import { referralWords } from './words.ts'

/** Steps and messages in one stream, and a line to write to the other party. */
export function ReferralStory({ referral }: { referral: Referral }) {
  const t = useWords(referralWords)
  const steps: Happening[] = referral.steps.map((step) => ({
    id: step.id,
    at: step.at,
    title: t(`move.${step.move as ReferralMove}`),
    by: [step.client === 'clock' ? t('case.by-clock') : step.by, step.institution]
      .filter(Boolean)
      .join(' · '),
    tone: toneOf(step.to),
    ...(step.comment ? { body: step.comment } : {}),
  }))
  const said: Happening[] = referral.messages.map((message) => ({
    id: message.id,
    at: message.at,
    title: t('case.message'),
    by: [message.by, message.institution].filter(Boolean).join(' · '),
    tone: message.mine ? 'accent' : 'note',
    body: message.text,
  }))
  return (
    <>
      {referral.submittedAt && <Say id={referral.id} />}
      <TimeLine happenings={[...steps, ...said]} />
    </>
  )
}

function Say({ id }: { id: string }) {
  const t = useWords(referralWords)
  const post = useWrite(referralApi.post, { touches: [`referral:${id}`], onDone: () => form.discard() })
  const form = useForm(`referral.message:${id}`, { text: '' }, post.error)
  const { text } = form.value
  return (
    <div style={{ display: 'grid', gap: 8, marginBottom: 16 }} className="tm-no-print">
      <Input.TextArea
        aria-label={t('case.write')}
        placeholder={t('case.write')}
        autoSize={{ minRows: 1, maxRows: 6 }}
        value={text}
        onChange={({ target }) => form.set('text', target.value)}
      />
      {text.trim() && (
        <div>
          <Button loading={post.isPending} onClick={() => post.mutate({ params: { id }, body: { text } })}>
            {t('case.post')}
          </Button>
        </div>
      )}
      <RefusalNote refused={post.error} />
      <DraftNote form={form} />
    </div>
  )
}
