import { interopApi } from '@tongmai/api/interop'
import type { SubscriptionDelivery, WholeSubscription } from '@tongmai/api/interop/subscription'
import { Button } from 'antd'
import { useState } from 'react'
import { useParam } from '../../kernel/route.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import type { Column } from '../../ui/column.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Card, Facts, Page } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { Table } from '../../ui/table.tsx'
import { useTell, useTellRefused } from '../../ui/tell.tsx'
import { subscriptionTones } from './subscription-list.tsx'
import { problemText } from './subscription-problem.ts'
import { SwitchOff } from './switch-off.tsx'
import { interopWords } from './words.ts'

/** One subscription: what it is about, how far it is, what came of the last calls. */
export function SubscriptionPage() {
  const t = useWords(interopWords)
  const id = useParam('id')
  const live = ['interop.subscription-changed']
  const read = useRead(interopApi.readSubscription, { params: { id } }, { live, everyMs: 5_000 })
  const one = read.data
  const title = one ? `${one.clientId} · ${t(`subscription.topic.${one.topic}`)}` : t('subscription.title')
  return (
    <Page title={title} hint={one?.reason} actions={one && <Acts of={one} />}>
      <Loaded read={read} rows={8}>
        {(whole) => (
          <>
            <Card>
              <Standing of={whole} />
            </Card>
            <Card title={t('subscription.deliveries')} flush>
              <Deliveries of={whole.deliveries} />
            </Card>
          </>
        )}
      </Loaded>
    </Page>
  )
}

function Acts({ of }: { of: WholeSubscription }) {
  const t = useWords(interopWords)
  const tell = useTell()
  const onError = useTellRefused()
  const [ending, setEnding] = useState(false)
  const restart = useWrite(interopApi.restartSubscription, {
    touches: ['interop.subscription-changed'],
    onDone: () => tell(t('subscription.restarted')),
  })
  return (
    <>
      {of.state !== 'requested' && (
        <Button
          loading={restart.isPending}
          onClick={() => restart.mutate({ params: { id: of.id }, body: {} }, { onError })}
        >
          {t('subscription.restart')}
        </Button>
      )}
      {of.state !== 'off' && (
        <Button danger onClick={() => setEnding(true)}>
          {t('subscription.switch-off')}
        </Button>
      )}
      {ending && <SwitchOff id={of.id} onClose={() => setEnding(false)} />}
    </>
  )
}

function Standing({ of }: { of: WholeSubscription }) {
  const t = useWords(interopWords)
  const { moment } = useDates()
  const code = (text: string) => <code style={{ overflowWrap: 'anywhere' }}>{text}</code>
  const counted = (count: number | null) => count !== null && t('subscription.seconds', { count })
  return (
    <Facts
      facts={[
        [
          t('subscription.state'),
          <StateTag key="state" tone={subscriptionTones[of.state]}>
            {t(`subscription.state.${of.state}`)}
          </StateTag>,
        ],
        [t('subscription.problem'), of.problem && problemOf(of, t)],
        [t('subscription.next-try'), of.nextTryAt && moment(of.nextTryAt)],
        [t('subscription.endpoint'), code(of.endpoint)],
        [t('subscription.headers'), of.headers.join('、')],
        [
          t('subscription.filters'),
          of.filters.length > 0
            ? of.filters.map((filter) => <div key={filter}>{code(filter)}</div>)
            : t('subscription.no-filters'),
        ],
        [t('subscription.content'), t(`subscription.content.${of.content}`)],
        [
          t('subscription.events'),
          `${of.events - of.waiting} / ${of.events}${of.waiting > 0 ? `（${t('subscription.waiting', { count: of.waiting })}）` : ''}`,
        ],
        [t('subscription.event-at'), of.eventAt && moment(of.eventAt)],
        [t('subscription.arrived-at'), of.arrivedAt && moment(of.arrivedAt)],
        [t('subscription.heartbeat'), counted(of.heartbeatSeconds) || t('subscription.no-heartbeat')],
        [t('subscription.timeout'), counted(of.timeoutSeconds)],
        [t('subscription.max-count'), t('subscription.count', { count: of.maxCount })],
        [t('subscription.added-at'), moment(of.addedAt)],
        [t('subscription.ends-at'), of.endsAt ? moment(of.endsAt) : t('subscription.no-end')],
      ]}
    />
  )
}

function problemOf(
  { problem, tries }: WholeSubscription,
  t: (key: 'subscription.tries', values: { count: number }) => string,
): string {
  const many = tries > 1 ? `（${t('subscription.tries', { count: tries })}）` : ''
  return `${problemText(problem ?? '')}${many}`
}

function Deliveries({ of }: { of: readonly SubscriptionDelivery[] }) {
  const t = useWords(interopWords)
  const { moment } = useDates()
  const columns: Column<SubscriptionDelivery>[] = [
    { key: 'at', title: t('subscription.at'), cell: ({ at }) => moment(at) },
    { key: 'kind', title: t('subscription.kind'), cell: ({ kind }) => t(`subscription.kind.${kind}`) },
    { key: 'numbers', title: t('subscription.numbers'), cell: numbersOf },
    {
      key: 'answer',
      title: t('subscription.answer'),
      cell: ({ problem }) => (
        <StateTag tone={problem ? 'bad' : 'good'}>
          {problem ? problemText(problem) : t('subscription.arrived')}
        </StateTag>
      ),
    },
    {
      key: 'took',
      title: t('subscription.took'),
      align: 'right',
      cell: ({ tookMs }) => t('subscription.ms', { count: tookMs }),
    },
  ]
  if (of.length === 0) return <Nothing title={t('subscription.no-deliveries')} />
  return <Table label={t('subscription.deliveries')} columns={columns} rows={of} keyOf={({ id }) => id} />
}

function numbersOf({ firstNumber, lastNumber }: SubscriptionDelivery): string {
  if (firstNumber === null) return '—'
  return firstNumber === lastNumber ? String(firstNumber) : `${firstNumber}–${lastNumber}`
}
