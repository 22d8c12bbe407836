import { type ChainLink, type GreenChannel, greenChannelApi } from '@tongmai/api/referral/green-channel'
import { Button } from 'antd'
import { useDates } from '../../kernel/use-dates.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useSay, useWords } from '../../kernel/words.ts'
import type { Column } from '../../ui/column.ts'
import { Facts } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { Table } from '../../ui/table.tsx'
import { useTell, useTellRefused } from '../../ui/tell.tsx'
import { referralWords } from './words.ts'

/** Kind, acknowledgement, reservation, summary, and each entitlement with its reason. */
export function GreenFacts({ channel }: { channel: GreenChannel }) {
  const t = useWords(referralWords)
  const say = useSay()
  const { moment } = useDates()
  const { kind, critical, acknowledgedAt, closedAt, reserved, expectedAt, summary } = channel
  const granted = channel.entitlements.filter((one) => one.granted)
  const shown = (one: GreenChannel['entitlements'][number]) =>
    `${say(`referral.entitlement.${one.code}`)}（${say(`referral.entitlement-reason.${one.reason}`)}）`
  return (
    <Facts
      facts={[
        [
          t('green.kind'),
          <span key="kind" className="tm-row">
            <b>{t(`green-kind.${kind}`)}</b>
            {critical && <StateTag tone="bad">{t('green.critical')}</StateTag>}
            {closedAt ? (
              <StateTag>{t('green.closed')}</StateTag>
            ) : (
              <StateTag tone={acknowledgedAt ? 'good' : 'wait'}>
                {t(acknowledgedAt ? 'green.acknowledged' : 'green.waiting')}
              </StateTag>
            )}
            <StateTag tone={reserved ? 'good' : 'idle'}>
              {t(reserved ? 'green.reserved' : 'green.not-reserved')}
            </StateTag>
          </span>,
        ],
        [
          t('green.summary'),
          <span key="summary" style={{ whiteSpace: 'pre-wrap' }}>
            {summary}
          </span>,
        ],
        [t('green.expected'), expectedAt && moment(expectedAt)],
        [t('green.granted'), granted.map(shown).join('、')],
        [
          t('green.not-granted'),
          <span key="not" className="tm-quiet">
            {channel.entitlements
              .filter((one) => !one.granted)
              .map(shown)
              .join('、')}
          </span>,
        ],
      ]}
    />
  )
}

/** The time of every link, beside its target where a source gives one; whoever is there records the next one. */
export function GreenChain({ channel }: { channel: GreenChannel }) {
  const t = useWords(referralWords)
  const say = useSay()
  const tell = useTell()
  const onError = useTellRefused()
  const { moment } = useDates()
  const link = (code: string) => say(`referral.link.${code}`)
  const stamp = useWrite(greenChannelApi.stampGreenChannel, {
    touches: ['green-channel', `referral:${channel.referralId}`],
    onDone: (_, { body }) => tell(t('green.stamped', { link: link(body.link) })),
  })
  const reached = new Set(['opened', ...channel.chain.filter(({ at }) => at).map(({ code }) => code)])
  const columns: Column<ChainLink>[] = [
    {
      key: 'link',
      title: t('green.chain'),
      cell: ({ code, from }) => (
        <>
          <b>{link(code)}</b> <span className="tm-quiet">{t('green.from', { link: link(from) })}</span>
        </>
      ),
    },
    {
      key: 'target',
      title: t('green.target', { minutes: '' }),
      short: true,
      cell: ({ targetMinutes, source }) =>
        targetMinutes === null ? (
          <span className="tm-quiet">{t('green.no-target')}</span>
        ) : (
          <span title={source ?? ''}>{t('green.target', { minutes: targetMinutes })}</span>
        ),
    },
    {
      key: 'at',
      title: t('green.took', { minutes: '' }),
      cell: ({ at, minutes, late, code, from }) => (
        <span className="tm-row">
          {at && `${moment(at)} ${t('green.took', { minutes: minutes ?? 0 })}`}
          {late && <StateTag tone="bad">{t('green.late')}</StateTag>}
          {!at && channel.mayStamp && reached.has(from) && (
            <Button
              size="small"
              loading={stamp.isPending && stamp.variables.body.link === code}
              onClick={() => stamp.mutate({ params: { id: channel.id }, body: { link: code } }, { onError })}
            >
              {t('green.stamp')}
            </Button>
          )}
        </span>
      ),
    },
  ]
  return <Table label={t('green.chain')} columns={columns} rows={channel.chain} keyOf={({ code }) => code} />
}
