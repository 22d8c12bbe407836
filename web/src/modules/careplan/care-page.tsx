import { careplanApi } from '@tongmai/api/careplan'
import type { FollowUp } from '@tongmai/api/careplan/follow-up'
import { Button } from 'antd'
import { useState } from 'react'
import * as z from 'zod/mini'
import { useParam, useSearch } from '../../kernel/route.tsx'
import { useMay } from '../../kernel/session.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Card, Cards, Page } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { ResidentBanner } from '../resident/index.ts'
import { AnswerList } from './answer-list.tsx'
import { EnrolmentCard } from './enrolment-card.tsx'
import { FollowUpActs } from './follow-up-acts.tsx'
import { PersonPathway } from './person-pathway.tsx'
import { PersonReadings } from './person-readings.tsx'
import { PlanDialog } from './plan-dialog.tsx'
import { SelfAnswered } from './self-answered.tsx'
import { VerdictTag } from './verdict-tag.tsx'
import { careplanWords } from './words.ts'

const search = z.object({ act: z.optional(z.string()) })

/** One person's care over time: the programmes they are in, what is due, what was answered. */
export function CarePage() {
  const t = useWords(careplanWords)
  const may = useMay()
  useSearch(search)
  // A case of the work-list names the institution too: `<resident>.<institution>`.
  const [residentId = ''] = useParam('id').split('.', 1)
  const [enrolling, setEnrolling] = useState(false)
  const live = { live: ['careplan'] }
  const enrolments = useRead(careplanApi.listEnrolments, { query: { residentId, limit: 20 } }, live)
  const followUps = useRead(careplanApi.listFollowUps, { query: { residentId, limit: 50 } }, live)
  return (
    <Page
      title={t('title')}
      actions={may('careplan.enrol') && <Button onClick={() => setEnrolling(true)}>{t('enrol')}</Button>}
    >
      <ResidentBanner residentId={residentId} />
      <Loaded read={enrolments}>
        {({ items }) => (
          <Cards least={420}>
            {items.map((one) => (
              <EnrolmentCard key={one.id} enrolment={one} />
            ))}
          </Cards>
        )}
      </Loaded>
      <PersonPathway residentId={residentId} />
      <PersonReadings residentId={residentId} />
      <Card title={t('history')}>
        <Loaded read={followUps} rows={6}>
          {({ items }) =>
            items.length === 0 ? (
              <Nothing title={t('follow.empty')} hint={t('follow.empty-hint')} />
            ) : (
              <ul style={{ listStyle: 'none', padding: 0, margin: 0 }}>
                {items.map((one) => (
                  <Line key={one.id} followUp={one} />
                ))}
              </ul>
            )
          }
        </Loaded>
      </Card>
      {enrolling && <PlanDialog residentId={residentId} onClose={() => setEnrolling(false)} />}
    </Page>
  )
}

function Line({ followUp }: { followUp: FollowUp }) {
  const t = useWords(careplanWords)
  const { now, day, briefly } = useDates()
  const one = followUp
  const late = one.status === 'due' && one.dueOn < day(now)
  return (
    <li style={{ padding: '8px 0' }}>
      <div className="tm-row">
        <span>{one.doneAt ? briefly(one.doneAt) : one.dueOn}</span>
        <span>{one.reason}</span>
        {one.verdict ? (
          <VerdictTag verdict={one.verdict} />
        ) : (
          <StateTag tone={late ? 'bad' : one.status === 'done' ? 'good' : 'idle'}>
            {t(late ? 'follow.overdue' : `status.${one.status}`)}
          </StateTag>
        )}
        <span className="tm-quiet">
          {[one.doneBy ?? one.practitioner?.name, one.way && t(`way.${one.way}`), one.note]
            .filter(Boolean)
            .join(' · ')}
        </span>
        <FollowUpActs followUp={one} />
      </div>
      {one.status === 'due' && one.selfAnswer && <SelfAnswered answer={one.selfAnswer} />}
      {one.answers && (
        <details>
          <summary className="tm-quiet">{t('answers')}</summary>
          <AnswerList followUp={one} />
        </details>
      )}
    </li>
  )
}
