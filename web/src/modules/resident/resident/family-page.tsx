import { type MyProxyRequest, proxyApi, type Standing } from '@tongmai/api/resident/proxy'
import { useCallback, useState } from 'react'
import { useDates } from '../../../kernel/use-dates.ts'
import { useRead } from '../../../kernel/use-read.ts'
import { useWaiting } from '../../../kernel/use-send.ts'
import { useWrite } from '../../../kernel/use-write.ts'
import { useWords } from '../../../kernel/words.ts'
import { Block } from '../../../ui/light/block.tsx'
import { Button } from '../../../ui/light/button.tsx'
import { InSight } from '../../../ui/light/in-sight.tsx'
import { Known, Sorry } from '../../../ui/light/known.tsx'
import { AskProxy } from './ask-proxy.tsx'
import { residentOwnWords } from './words.ts'

/** Whom I stand for, who stands for me, what is being checked; asking, taking back, ending. */
export function FamilyPage() {
  const t = useWords(residentOwnWords)
  const [asking, setAsking] = useState(false)
  const read = useRead(proxyApi.listFamily, {}, { live: ['resident', 'proxy'] })
  const waits = useWaiting(proxyApi.askProxy).length > 0
  const close = useCallback(() => setAsking(false), [])
  if (asking) return <AskProxy onClose={close} />
  return (
    <Known read={read}>
      {({ standing, requests }) => {
        const mine = standing.filter((one) => one.mine)
        const forMe = standing.filter((one) => !one.mine)
        return (
          <>
            <Block title={t('family.mine')}>
              {mine.length === 0 && <p className="me-quiet">{t('family.none')}</p>}
              {mine.map((one) => (
                <Stands key={one.residentId} one={one} />
              ))}
              {waits && <p className="me-note">{t('family.waits')}</p>}
              <Button onClick={() => setAsking(true)}>{t('family.ask')}</Button>
            </Block>
            {requests.map((one) => (
              <Request key={one.id} one={one} />
            ))}
            <Block title={t('family.for-me')}>
              {forMe.length === 0 && <p className="me-quiet">{t('family.nobody')}</p>}
              {forMe.map((one) => (
                <Stands key={one.proxyId} one={one} />
              ))}
            </Block>
          </>
        )
      }}
    </Known>
  )
}

function Stands({ one }: { one: Standing }) {
  const t = useWords(residentOwnWords)
  const { day } = useDates()
  const [asking, setAsking] = useState(false)
  const end = useWrite(proxyApi.endStanding, { touches: ['resident', 'session'] })
  const { residentId, proxyId, name, until } = one
  return (
    <>
      <p>
        <b>{name}</b> <small>{until ? t('family.until', { day: day(until) }) : t('family.open')}</small>
      </p>
      <Sorry refused={end.error} />
      {asking ? (
        <InSight>
          <p>{t(one.mine ? 'family.sure' : 'family.sure-me', { name })}</p>
          <Button busy={end.isPending} onClick={() => end.mutate({ body: { residentId, proxyId } })}>
            {t('family.end')}
          </Button>
          <Button quiet onClick={() => setAsking(false)}>
            {t('family.keep')}
          </Button>
        </InSight>
      ) : (
        <Button quiet onClick={() => setAsking(true)}>
          {t('family.end')}
        </Button>
      )}
    </>
  )
}

/** What I asked, or what is asked about me, and what came of it. */
function Request({ one }: { one: MyProxyRequest }) {
  const t = useWords(residentOwnWords)
  const { day } = useDates()
  const back = useWrite(proxyApi.withdrawProxy, { touches: ['resident'] })
  const { id, name, mine, state, kind, proof, until, note, at } = one
  if (state === 'accepted' || (state === 'withdrawn' && !mine)) return null
  return (
    <Block title={mine ? name : t('family.asks', { name })}>
      <p>{t(`request.${state}`)}</p>
      <p className="me-quiet">
        {[t(`kind.${kind}`), t(`proof.${proof}`), t('family.until', { day: until }), day(at)].join(' · ')}
      </p>
      {note && <p>{t('family.why', { note })}</p>}
      <Sorry refused={back.error} />
      {mine && state === 'asked' && (
        <Button quiet busy={back.isPending} onClick={() => back.mutate({ params: { id } })}>
          {t('family.take-back')}
        </Button>
      )}
    </Block>
  )
}
