import {
  type ChainLink,
  type GreenChannel,
  type GreenLink,
  greenChannelApi,
} from '@tongmai/api/referral/green-channel'
import { Button, InputNumber, Modal } from 'antd'
import { useState } from 'react'
import { timeNow } from '../../kernel/clock.ts'
import { useDates } from '../../kernel/use-dates.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useSay, useWords } from '../../kernel/words.ts'
import { Clock } from '../../ui/clock.tsx'
import type { Column } from '../../ui/column.ts'
import { Field } from '../../ui/field.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { Table } from '../../ui/table.tsx'
import { RefusalNote, useTell, useTellRefused } from '../../ui/tell.tsx'
import { referralWords } from './words.ts'

const MINUTE_MS = 60_000

/** The time of every link beside its target where a source gives one, on time or late; who may, records the next one. */
export function GreenChain({ channel }: { channel: GreenChannel }) {
  const t = useWords(referralWords)
  const say = useSay()
  const { moment } = useDates()
  const link = (code: string) => say(`referral.link.${code}`)
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
      title: t('green.target-head'),
      short: true,
      cell: ({ targetMinutes, source }) =>
        targetMinutes === null ? (
          <span className="tm-quiet">{t('green.no-target')}</span>
        ) : (
          <span title={source ?? ''}>{t('green.target', { minutes: targetMinutes })}</span>
        ),
    },
    { key: 'at', title: t('green.at'), short: true, cell: ({ at }) => (at ? moment(at) : '—') },
    {
      key: 'took',
      title: t('green.took-head'),
      cell: (one) => <Took link={one} channel={channel} />,
    },
  ]
  return <Table label={t('green.chain')} columns={columns} rows={channel.chain} keyOf={({ code }) => code} />
}

/** How long it took, and whether that was in time; while it is to come, the clock and the button. */
function Took({ link, channel }: { link: ChainLink; channel: GreenChannel }) {
  const t = useWords(referralWords)
  const { at, minutes, late, due, targetMinutes, mayStamp, code } = link
  const before = minutes !== null && minutes < 0
  return (
    <span className="tm-row">
      {minutes !== null &&
        t(before ? 'green.before' : 'green.took', { minutes: Math.round(Math.abs(minutes)) })}
      {!at && due && !channel.closedAt && <Clock due={due} />}
      {late && <StateTag tone="bad">{t('green.late')}</StateTag>}
      {at && !late && targetMinutes !== null && <StateTag tone="good">{t('green.in-time')}</StateTag>}
      {mayStamp && <Stamp channel={channel} code={code} />}
    </span>
  )
}

/** Now, with one press; or so many minutes ago, when the hands were busy. */
function Stamp({ channel, code }: { channel: GreenChannel; code: GreenLink }) {
  const t = useWords(referralWords)
  const tell = useTell()
  const onError = useTellRefused()
  const { briefly } = useDates()
  const [ago, setAgo] = useState<number | null>(null)
  const stamp = useWrite(greenChannelApi.stampGreenChannel, {
    touches: ['green-channel', `referral:${channel.referralId}`],
    onDone: () => {
      tell(t('green.stamped', { link: t(`link.${code}`) }))
      setAgo(null)
    },
  })
  const params = { id: channel.id }
  const at = ago === null ? null : new Date(timeNow().getTime() - ago * MINUTE_MS)
  return (
    <>
      <Button
        size="small"
        loading={stamp.isPending && ago === null}
        onClick={() => stamp.mutate({ params, body: { link: code } }, { onError })}
      >
        {t('green.stamp')}
      </Button>
      <Button size="small" type="text" onClick={() => setAgo(5)}>
        {t('green.stamp-later')}
      </Button>
      <Modal
        open={ago !== null}
        title={`${t('green.stamp-later')} · ${t(`link.${code}`)}`}
        okText={t('green.stamp')}
        confirmLoading={stamp.isPending}
        onOk={() => at && stamp.mutate({ params, body: { link: code, at } })}
        onCancel={() => setAgo(null)}
      >
        <RefusalNote refused={stamp.error} />
        <Field label={t('green.minutes-ago')} hint={at ? briefly(at) : undefined}>
          {(id) => (
            <InputNumber id={id} min={0} max={1440} value={ago} onChange={(next) => setAgo(next ?? 0)} />
          )}
        </Field>
      </Modal>
    </>
  )
}
