import { type GreenChannel, greenChannelApi } from '@tongmai/api/referral/green-channel'
import { Button, Modal } from 'antd'
import { useState } from 'react'
import { To, useParam } from '../../kernel/route.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Card, Cards, Page } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { useTell, useTellRefused } from '../../ui/tell.tsx'
import { VitalChart } from '../dispatch/index.ts'
import { GreenChain } from './green-chain.tsx'
import { GreenFacts, Transport } from './green-facts.tsx'
import { referralWords } from './words.ts'

const live = ['green-channel', 'dispatch', 'capacity']

/** Who comes through a green channel: for the wall of the receiving emergency department, what waits first. */
export function GreenBoard() {
  const t = useWords(referralWords)
  const read = useRead(greenChannelApi.listGreenChannels, {}, { live })
  return (
    <Page title={t('green.board')} hint={t('green.board-hint')}>
      <Loaded read={read} rows={8}>
        {(channels) =>
          channels.length === 0 ? (
            <Nothing title={t('green.none')} hint={t('green.none-hint')} />
          ) : (
            <Cards least={360}>
              {channels
                .toSorted((a, b) => Number(Boolean(a.acknowledgedAt)) - Number(Boolean(b.acknowledgedAt)))
                .map((channel) => (
                  <Incoming key={channel.id} channel={channel} />
                ))}
            </Cards>
          )
        }
      </Loaded>
    </Page>
  )
}

function Incoming({ channel }: { channel: GreenChannel }) {
  const t = useWords(referralWords)
  const { age, briefly } = useDates()
  const { resident, from, department, expectedAt, diagnosis, kind, critical, chain, transport } = channel
  return (
    <Card
      title={
        <span className="tm-row">
          {t(`green-kind.${kind}`)} {resident.nameMasked} {resident.birthDate && age(resident.birthDate)}
          {critical && <StateTag tone="bad">{t('green.critical')}</StateTag>}
        </span>
      }
      extra={
        <StateTag tone={channel.acknowledgedAt ? 'good' : 'bad'}>
          {t(channel.acknowledgedAt ? 'green.acknowledged' : 'green.waiting')}
        </StateTag>
      }
    >
      <div style={{ display: 'grid', gap: 8 }}>
        <span>
          {from.name} → {channel.to.name} {department} {diagnosis}
        </span>
        {transport && <Transport transport={transport} />}
        {!transport && expectedAt && (
          <b style={{ fontSize: 18 }}>
            {t('green.expected')} {briefly(expectedAt)}
          </b>
        )}
        <span style={{ whiteSpace: 'pre-wrap' }}>{channel.summary}</span>
        {chain.some(({ late }) => late) && (
          <span>
            <StateTag tone="bad">{t('green.late')}</StateTag>{' '}
            {chain
              .filter(({ late }) => late)
              .map(({ code }) => t(`link.${code}`))
              .join('、')}
          </span>
        )}
        <Acts channel={channel} />
        <To to={`/green-channels/${channel.id}`}>{t('green.read')}</To>
      </div>
    </Card>
  )
}

/** The receiver's two acts: seen, and in care. */
function Acts({ channel }: { channel: GreenChannel }) {
  const t = useWords(referralWords)
  const tell = useTell()
  const onError = useTellRefused()
  const params = { id: channel.id }
  const done = (word: 'green.acknowledge-done' | 'green.close-done') => ({
    touches: ['green-channel', 'case', `referral:${channel.referralId}`],
    onDone: () => tell(t(word)),
  })
  const acknowledge = useWrite(greenChannelApi.acknowledgeGreenChannel, done('green.acknowledge-done'))
  const [ending, setEnding] = useState(false)
  const close = useWrite(greenChannelApi.closeGreenChannel, done('green.close-done'))
  if (channel.mayAcknowledge) {
    return (
      <Button
        type="primary"
        size="large"
        block
        loading={acknowledge.isPending}
        onClick={() => acknowledge.mutate({ params }, { onError })}
      >
        {t('green.acknowledge')}
      </Button>
    )
  }
  if (!channel.mayClose) return null
  return (
    <>
      <Button
        block
        loading={close.isPending}
        onClick={() => close.mutate({ params, body: { reason: 'inCare' } }, { onError })}
      >
        {t('green.close')}
      </Button>
      {!channel.chain.some(({ code, at }) => code === 'arrived' && at) && (
        <Button block type="text" onClick={() => setEnding(true)}>
          {t('green.not-coming')}
        </Button>
      )}
      <Modal
        open={ending}
        title={t('green.not-coming')}
        okText={t('green.not-coming')}
        okButtonProps={{ danger: true }}
        confirmLoading={close.isPending}
        onOk={() => close.mutate({ params, body: { reason: 'notComing' } }, { onError })}
        onCancel={() => setEnding(false)}
      >
        {t('green.not-coming-sure')}
      </Modal>
    </>
  )
}

/** The pre-arrival summary, large: what comes, when, what is needed, what it may cost nobody. */
export function GreenPage() {
  const t = useWords(referralWords)
  const id = useParam('id')
  const read = useRead(greenChannelApi.readGreenChannel, { params: { id } }, { live })
  return (
    <Loaded read={read} rows={8}>
      {(channel) => (
        <Page
          title={`${t('green.summary')} · ${t(`green-kind.${channel.kind}`)} · ${channel.resident.nameMasked}`}
          hint={`${channel.from.name} → ${channel.to.name} ${channel.department ?? ''}`}
          actions={<To to={`/referrals/${channel.referralId}`}>{channel.number}</To>}
        >
          <div style={{ fontSize: 18, display: 'grid', gap: 16 }}>
            <Acts channel={channel} />
            <Card>
              <GreenFacts channel={channel} />
            </Card>
            <Card flush>
              <GreenChain channel={channel} />
            </Card>
            {channel.transport && channel.transport.vitals.length > 0 && (
              <Card title={t('green.vitals')}>
                <VitalChart vitals={channel.transport.vitals} />
              </Card>
            )}
          </div>
        </Page>
      )}
    </Loaded>
  )
}
