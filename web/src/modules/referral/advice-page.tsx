import { referralApi } from '@tongmai/api/referral'
import { type Advice, type AdviceStatus, adviceFlow } from '@tongmai/api/referral/advice'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { To, useGo, useParam } from '../../kernel/route.tsx'
import { useForm } from '../../kernel/use-form.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { type Act, ActionPanel } from '../../ui/action-panel.tsx'
import { CasePage } from '../../ui/case-page.tsx'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Card, Facts } from '../../ui/page.tsx'
import { StateLine } from '../../ui/state-line.tsx'
import { RefusalNote } from '../../ui/tell.tsx'
import { TimeLine } from '../../ui/time-line.tsx'
import { CaseBanner } from '../resident/index.ts'
import { Canned } from './canned.tsx'
import { referralWords } from './words.ts'

/** The page of one question: whom it is about, who has it, the thread, and what I can do. */
export function AdvicePage() {
  const id = useParam('id')
  const read = useRead(referralApi.readAdvice, { params: { id } }, { live: [`advice:${id}`] })
  return (
    <Loaded read={read} rows={8}>
      {(advice) => <Shown advice={advice} />}
    </Loaded>
  )
}

function Shown({ advice }: { advice: Advice }) {
  const t = useWords(referralWords)
  const { resident, kind, status, from, to, department, practitioner, askedBy, since, due } = advice
  const owner = status === 'asked' ? [to.shortName, practitioner ?? department] : [from.shortName, askedBy]
  return (
    <CasePage
      banner={<CaseBanner resident={resident} />}
      title={t(`advice.kind.${kind}`)}
      state={
        <StateLine<AdviceStatus>
          flow={adviceFlow}
          main={['asked', 'answered', 'closed']}
          now={status}
          past={[{ state: 'asked', at: advice.askedAt }]}
          word={(one) => t(`advice.status.${one}`)}
          owner={due && owner.filter(Boolean).join(' ')}
          since={since}
          due={due}
        />
      }
      facts={
        <Card title={t('advice.question')}>
          <Facts
            facts={[
              [t('from'), [from.shortName, askedBy].filter(Boolean).join(' · ')],
              [t('advice.to'), [to.shortName, department, practitioner].filter(Boolean).join(' · ')],
              [t('advice.question'), advice.question],
              ...(advice.referralId
                ? ([
                    [
                      t('advice.referral'),
                      <To key="referral" to={`/referrals/${advice.referralId}`}>
                        {t('title')}
                      </To>,
                    ],
                  ] as const)
                : []),
            ]}
          />
        </Card>
      }
      storyTitle={t('advice.thread')}
      story={
        <TimeLine
          happenings={advice.messages.map((one) => ({
            id: one.id,
            at: one.at,
            title: one.text,
            by: [one.by, one.institution].filter(Boolean).join(' · '),
            tone: one.institution === from.shortName ? 'note' : 'accent',
          }))}
        />
      }
      actions={<Acts advice={advice} />}
    />
  )
}

function Acts({ advice }: { advice: Advice }) {
  const t = useWords(referralWords)
  const go = useGo()
  const { id } = advice
  const touches = ['referral', `advice:${id}`]
  const answer = useWrite(referralApi.answerAdvice, { touches, onDone: () => form.discard() })
  const again = useWrite(referralApi.askAdviceAgain, { touches, onDone: () => form.discard() })
  const close = useWrite(referralApi.closeAdvice, { touches })
  const withdraw = useWrite(referralApi.withdrawAdvice, { touches })
  const refer = useWrite(referralApi.referAdvice, {
    touches,
    onDone: (made) => go(`/referrals/${made.id}/edit`),
  })
  const refused = answer.error ?? again.error ?? close.error ?? withdraw.error ?? refer.error
  const form = useForm(`advice:${id}`, { text: '' }, refused)
  const open = advice.moves.filter((one) => one.open).map((one) => one.move)
  const [says, setSays] = useState<'answer' | 'askAgain' | null>(open.includes('answer') ? 'answer' : null)
  const params = { id }
  const acts: Readonly<Record<string, Act>> = {
    answer: { label: t('advice.move.answer'), run: () => setSays('answer'), main: true },
    askAgain: { label: t('advice.move.askAgain'), run: () => setSays('askAgain') },
    close: { label: t('advice.move.close'), run: () => close.mutate({ params }), main: true },
    refer: { label: t('advice.move.refer'), run: () => refer.mutate({ params }) },
    withdraw: { label: t('advice.move.withdraw'), run: () => withdraw.mutate({ params }), danger: true },
  }
  const send = () => (says === 'answer' ? answer : again).mutate({ params, body: { text: form.value.text } })
  return (
    <ActionPanel moves={advice.moves} act={(move) => acts[move]}>
      {says && open.includes(says) && (
        <div style={{ display: 'grid', gap: 8 }}>
          {says === 'answer' && <Canned use="answer" onPick={(text) => form.set('text', text)} />}
          <Input.TextArea
            aria-label={t(`advice.move.${says}`)}
            placeholder={t(says === 'answer' ? 'advice.answer' : 'advice.question')}
            autoSize={{ minRows: 4, maxRows: 12 }}
            value={form.value.text}
            onChange={({ target }) => form.set('text', target.value)}
          />
          <Button
            type="primary"
            loading={answer.isPending || again.isPending}
            disabled={!form.value.text.trim()}
            onClick={send}
          >
            {t(`advice.move.${says}`)}
          </Button>
        </div>
      )}
      <RefusalNote refused={refused} />
      <DraftNote form={form} />
    </ActionPanel>
  )
}
