import { contractApi } from '@tongmai/api/contract'
import type { Advice } from '@tongmai/api/contract/advice'
import { Button } from 'antd'
import { useState } from 'react'
import { To, useGo, useParam } from '../../kernel/route.tsx'
import { useSession } from '../../kernel/session.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { Clock } from '../../ui/clock.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Card, Facts, Page } from '../../ui/page.tsx'
import { RefusalNote } from '../../ui/tell.tsx'
import { TimeLine } from '../../ui/time-line.tsx'
import { ResidentBanner } from '../resident/index.ts'
import { AdviceFiles } from './advice-file.tsx'
import { AdviceState } from './advice-list.tsx'
import { AnswerBox } from './answer-box.tsx'
import { VisitPlanDialog } from './visit-plan-dialog.tsx'
import { contractWords } from './words.ts'

/** One conversation with a resident: what was said, the answer, and what else can be made of it. */
export function AdvicePage() {
  const id = useParam('id')
  const read = useRead(
    contractApi.readAdvice,
    { params: { id } },
    { live: [`contract-advice:${id}`, 'contract'] },
  )
  return <Loaded read={read}>{(one) => <Shown one={one} />}</Loaded>
}

function Shown({ one }: { one: Advice }) {
  const t = useWords(contractWords)
  const can = (move: string) => one.moves.some((open) => open.move === move)
  return (
    <>
      <div style={{ marginBottom: 16 }}>
        <ResidentBanner residentId={one.resident.id} />
      </div>
      <Page
        title={one.subject}
        hint={<AdviceState status={one.status} />}
        actions={<Acts one={one} can={can} />}
      >
        {can('answer') && <AnswerBox id={one.id} key={one.messages.length} />}
        <Card title={t('advice.talk')}>
          <TimeLine
            happenings={one.messages.map((message) => ({
              ...{ id: message.id, at: message.at, tone: message.fromResident ? 'wait' : 'good' },
              title: message.fromResident ? t('advice.from-resident') : (message.by ?? t('team')),
              body: (
                <>
                  <p style={{ whiteSpace: 'pre-line', margin: 0 }}>{message.text}</p>
                  <AdviceFiles files={message.files} of="staff" name={t('advice.file')} />
                </>
              ),
            }))}
          />
        </Card>
        <Known one={one} />
      </Page>
    </>
  )
}

function Known({ one }: { one: Advice }) {
  const t = useWords(contractWords)
  const { moment } = useDates()
  return (
    <Card>
      <Facts
        facts={[
          [t('advice.owner'), one.owner?.name],
          [t('advice.due'), one.due && <Clock due={one.due} since={one.askedAt} />],
          [
            t('hotline.at'),
            [moment(one.askedAt), one.outOfHours && t('advice.out-of-hours')].filter(Boolean).join(' · '),
          ],
          [
            t('title'),
            <To key="to" to={`/contracts/${one.contractId}`}>
              {t('advice.contract')}
            </To>,
          ],
        ]}
      />
    </Card>
  )
}

function Acts({ one, can }: { one: Advice; can: (move: string) => boolean }) {
  const t = useWords(contractWords)
  const go = useGo()
  const me = useSession().practitionerId
  const [plans, setPlans] = useState(false)
  const params = { id: one.id }
  const touches = { touches: ['contract'] }
  const take = useWrite(contractApi.takeAdvice, touches)
  const close = useWrite(contractApi.closeAdvice, touches)
  const convert = useWrite(contractApi.convertAdvice, {
    ...touches,
    onDone: ({ residentId, reason }) =>
      go(`/referrals/new?resident=${residentId}&reason=${encodeURIComponent(reason)}`),
  })
  return (
    <>
      <RefusalNote refused={take.error ?? close.error ?? convert.error} />
      {can('answer') && me && one.owner?.id !== me && (
        <Button loading={take.isPending} onClick={() => take.mutate({ params })}>
          {t('advice.take')}
        </Button>
      )}
      {can('convert') && (
        <Button loading={convert.isPending} onClick={() => convert.mutate({ params })}>
          {t('advice.convert.referral')}
        </Button>
      )}
      {can('convert') && <Button onClick={() => setPlans(true)}>{t('advice.convert.visit')}</Button>}
      {plans && (
        <VisitPlanDialog
          contractId={one.contractId}
          name={one.resident.nameMasked}
          adviceId={one.id}
          reason={one.subject}
          onClose={() => setPlans(false)}
        />
      )}
      {can('close') && (
        <Button loading={close.isPending} onClick={() => close.mutate({ params })}>
          {t('advice.close')}
        </Button>
      )}
    </>
  )
}
