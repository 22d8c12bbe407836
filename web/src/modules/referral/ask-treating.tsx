import { referralApi } from '@tongmai/api/referral'
import type { Referral } from '@tongmai/api/referral/shape'
import { Button, Input } from 'antd'
import { To } from '../../kernel/route.tsx'
import { useMay, useSession } from '../../kernel/session.tsx'
import { useForm } from '../../kernel/use-form.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Card } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { RefusalNote } from '../../ui/tell.tsx'
import { adviceTone } from './advice-tone.ts'
import { referralWords } from './words.ts'

const backHome: readonly string[] = ['takenOver', 'firstFollowUpDone', 'closed']

/** On a down-referral: the questions to the physician who has treated, and the line to ask the next one. */
export function AskTreating({ referral }: { referral: Referral }) {
  const t = useWords(referralWords)
  const may = useMay()
  const { institution } = useSession()
  const { id, direction, status, to } = referral
  const params = { id }
  const query = { referralId: id, limit: 20 }
  const read = useRead(referralApi.listAdvice, { query }, { live: ['referral'], when: direction === 'down' })
  const ask = useWrite(referralApi.askTreating, { touches: ['referral'], onDone: () => form.discard() })
  const form = useForm(`referral.ask:${id}`, { text: '' }, ask.error)
  const mayAsk =
    institution?.id === to.id &&
    backHome.includes(status) &&
    (may('referral.takeOver') || may('referral.followUp'))
  if (direction !== 'down' || (!mayAsk && !read.data?.items.length)) return null
  return (
    <Card title={t('advice.treating')}>
      <div style={{ display: 'grid', gap: 8 }}>
        {read.data?.items.map((one) => (
          <div key={one.id} className="tm-row">
            <To to={`/advices/${one.id}`}>{one.question.slice(0, 60)}</To>
            <StateTag tone={adviceTone[one.status]}>{t(`advice.status.${one.status}`)}</StateTag>
          </div>
        ))}
        {mayAsk && (
          <>
            <span className="tm-quiet">{t('advice.treating-hint')}</span>
            <Input.TextArea
              aria-label={t('advice.treating')}
              placeholder={t('advice.question')}
              autoSize={{ minRows: 1, maxRows: 6 }}
              value={form.value.text}
              onChange={({ target }) => form.set('text', target.value)}
            />
            <div>
              <Button
                loading={ask.isPending}
                disabled={!form.value.text.trim()}
                onClick={() => ask.mutate({ params, body: { text: form.value.text } })}
              >
                {t('advice.send')}
              </Button>
            </div>
            <RefusalNote refused={ask.error} />
            <DraftNote form={form} />
          </>
        )}
      </div>
    </Card>
  )
}
