import { careplanApi } from '@tongmai/api/careplan'
import { Button } from 'antd'
import { useState } from 'react'
import { To, useParam } from '../../kernel/route.tsx'
import { useMay } from '../../kernel/session.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Card, Facts, Page } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { CaseBanner } from '../resident/index.ts'
import { readingOf } from './alert-list.tsx'
import { AnswerDialog } from './answer-dialog.tsx'
import { SeriesChart } from './series-chart.tsx'
import { careplanWords } from './words.ts'

/** One alert: what was found by which rule, the curve behind it, what was done. */
export function AlertPage() {
  const t = useWords(careplanWords)
  const may = useMay()
  const { moment } = useDates()
  const id = useParam('id')
  const [answering, setAnswering] = useState(false)
  const read = useRead(careplanApi.readAlert, { params: { id } }, { live: ['alert'] })
  const one = read.data
  const open = one?.status === 'open' && one.mine && may('careplan.follow')
  return (
    <Page
      title={one?.name ?? t('alert.title')}
      actions={
        open && (
          <Button type="primary" onClick={() => setAnswering(true)}>
            {t('alert.answer')}
          </Button>
        )
      }
    >
      <Loaded read={read} rows={6}>
        {(alert) => (
          <>
            <CaseBanner resident={alert.resident}>
              <To to={`/careplans/${alert.resident.id}`}>{t('title')}</To>
            </CaseBanner>
            <Card>
              <Facts
                facts={[
                  [
                    t('alert.level'),
                    <StateTag key="level" tone={alert.level === 'critical' ? 'bad' : 'wait'}>
                      {t(`alert.${alert.level}`)}
                    </StateTag>,
                  ],
                  [t('alert.value'), `${readingOf(alert)} ${moment(alert.lastAt)}`],
                  [t('alert.raised'), moment(alert.raisedAt)],
                  [t('alert.doctor'), alert.practitioner],
                  [t('alert.source'), alert.source],
                  [t('alert.response'), alert.response && t(`response.${alert.response}`)],
                  [t('alert.note'), alert.note],
                  [
                    t('alert.answered'),
                    alert.answeredAt && `${alert.answeredBy ?? ''} ${moment(alert.answeredAt)}`,
                  ],
                ]}
              />
            </Card>
            {alert.kind !== 'ecg' && (
              <Card title={t('reading.title')}>
                <SeriesChart residentId={alert.resident.id} kind={alert.kind} />
              </Card>
            )}
            {answering && <AnswerDialog alert={alert} onClose={() => setAnswering(false)} />}
          </>
        )}
      </Loaded>
    </Page>
  )
}
