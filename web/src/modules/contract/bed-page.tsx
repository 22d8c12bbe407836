import { contractApi } from '@tongmai/api/contract'
import { type Bed, type BedStatus, bedFlow, bedLine } from '@tongmai/api/contract/bed'
import { Alert, Button } from 'antd'
import { To, useParam } from '../../kernel/route.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { CasePage } from '../../ui/case-page.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Card, Facts } from '../../ui/page.tsx'
import { StateLine } from '../../ui/state-line.tsx'
import { Table } from '../../ui/table.tsx'
import { useTellRefused } from '../../ui/tell.tsx'
import { TimeLine } from '../../ui/time-line.tsx'
import { ResidentBanner } from '../resident/index.ts'
import { BedActs } from './bed-acts.tsx'
import { BedFees } from './bed-fees.tsx'
import { contractWords } from './words.ts'

/** The page of one bed at home: person, where it is, plan, orders, what was found, and what I can do. */
export function BedPage() {
  const id = useParam('id')
  const read = useRead(contractApi.readBed, { params: { id } }, { live: [`home-bed:${id}`, 'contract'] })
  return (
    <Loaded read={read} rows={10}>
      {(bed) => <Shown bed={bed} />}
    </Loaded>
  )
}

function Shown({ bed }: { bed: Bed }) {
  const t = useWords(contractWords)
  return (
    <CasePage
      banner={<ResidentBanner residentId={bed.resident.id} />}
      title={
        <span className="tm-row">
          {t('bed.title')} · {bed.diagnosis} <span className="tm-quiet">{bed.number}</span>
        </span>
      }
      state={
        <StateLine<BedStatus>
          flow={bedFlow}
          main={bedLine}
          now={bed.status}
          past={[]}
          word={(one) => t(`bed.status.${one}`)}
          owner={[bed.doctor.name, bed.nurse?.name].filter(Boolean).join('、')}
          since={bed.since}
          {...(bed.reviewOn ? { due: new Date(`${bed.reviewOn}T23:59:59+08:00`) } : {})}
        />
      }
      facts={
        <>
          {bed.status === 'open' && !bed.contractInForce && (
            <Alert type="warning" showIcon title={t('bed.contract-ended')} />
          )}
          <Plan bed={bed} />
          <Orders bed={bed} />
          <BedFees fees={bed.fees} />
        </>
      }
      storyTitle={t('bed.note.text')}
      story={<Notes bed={bed} />}
      actions={<BedActs bed={bed} />}
    />
  )
}

function Plan({ bed }: { bed: Bed }) {
  const t = useWords(contractWords)
  return (
    <Card title={t('bed.plan')}>
      <p style={{ whiteSpace: 'pre-line', margin: '0 0 12px' }}>{bed.plan}</p>
      <Facts
        facts={[
          [t('bed.indication'), t(`bed.indication.${bed.indication}`)],
          [t('bed.indication.source'), bed.indicationSource ?? t('bed.indication.no-source')],
          [t('bed.since'), bed.openedOn],
          [
            t('bed.review-on'),
            bed.reviewOn && `${bed.reviewOn}（${t('bed.days', { days: bed.reviewDays })}）`,
          ],
          [t('bed.signed-by'), [bed.signer, bed.consentVersion].filter(Boolean).join(' · ')],
          [
            t('bed.contract'),
            <To key="to" to={`/contracts/${bed.contractId}`}>
              {t('facts')}
            </To>,
          ],
          ...(bed.outcome
            ? ([[t('bed.outcome'), `${bed.closedOn} ${t(`bed.outcome.${bed.outcome}`)}`]] as const)
            : []),
          ...(bed.summary ? ([[t('bed.summary'), bed.summary]] as const) : []),
        ]}
      />
    </Card>
  )
}

function Orders({ bed }: { bed: Bed }) {
  const t = useWords(contractWords)
  const tellRefused = useTellRefused()
  const { briefly } = useDates()
  const stop = useWrite(contractApi.stopBedOrder, { touches: ['contract'] })
  const orders = bed.moves.some((one) => one.move === 'order' && one.open)
  return (
    <Card title={t('bed.orders')} flush>
      {bed.orders.length === 0 ? (
        <p className="tm-quiet" style={{ margin: '12px 16px' }}>
          {t('bed.orders.none')}
        </p>
      ) : (
        <Table
          label={t('bed.orders')}
          rows={bed.orders}
          keyOf={(order) => order.id}
          columns={[
            { key: 'what', title: t('bed.order.what'), cell: (order) => order.what },
            {
              key: 'often',
              title: t('bed.order.times'),
              cell: ({ per, times, until }) => (
                <>
                  {per === 'asNeeded'
                    ? t('bed.per.asNeeded')
                    : t('bed.often', { per: t(`bed.per.${per}`), times })}
                  {until && (
                    <div className="tm-quiet">
                      {t('bed.order.until')} {until}
                    </div>
                  )}
                </>
              ),
            },
            {
              key: 'done',
              title: t('bed.order.done'),
              cell: ({ done, lastAt }) =>
                lastAt ? t('bed.order.count', { done, at: briefly(lastAt) }) : t('bed.never'),
            },
            { key: 'by', title: t('bed.order.by'), short: true, cell: (order) => order.orderedBy || '—' },
            {
              key: 'act',
              title: '',
              align: 'right',
              cell: (order) =>
                order.stoppedAt ? (
                  <span className="tm-quiet">{t('bed.order.stopped', { at: briefly(order.stoppedAt) })}</span>
                ) : (
                  orders && (
                    <Button
                      size="small"
                      type="text"
                      loading={stop.isPending && stop.variables.params.id === order.id}
                      onClick={() => stop.mutate({ params: { id: order.id } }, { onError: tellRefused })}
                    >
                      {t('bed.order.stop')}
                    </Button>
                  )
                ),
            },
          ]}
        />
      )}
    </Card>
  )
}

const noteTones = { round: 'good', nursing: 'note', review: 'wait' } as const

function Notes({ bed }: { bed: Bed }) {
  const t = useWords(contractWords)
  if (bed.notes.length === 0) return <p className="tm-quiet">{t('bed.never')}</p>
  return (
    <TimeLine
      happenings={bed.notes.map(({ id, kind, at, by, text, measurements, carriedOut }) => ({
        ...{ id, at, by, title: t(`bed.note.${kind}`), tone: noteTones[kind] },
        body: (
          <>
            <p style={{ whiteSpace: 'pre-line', margin: 0 }}>{text}</p>
            {measurements.length > 0 && (
              <div>{measurements.map((one) => `${one.name} ${one.value} ${one.unit}`).join('，')}</div>
            )}
            {carriedOut.length > 0 && (
              <div className="tm-quiet">
                {t('bed.note.carried-out')}：{carriedOut.join('、')}
              </div>
            )}
          </>
        ),
      }))}
    />
  )
}
