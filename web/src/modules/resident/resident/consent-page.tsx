import { type Consent, consentApi, replaced } from '@tongmai/api/resident/consent'
import { useCallback, useState } from 'react'
import { useDates } from '../../../kernel/use-dates.ts'
import { useRead } from '../../../kernel/use-read.ts'
import { useSend, useWaiting } from '../../../kernel/use-send.ts'
import { useWords } from '../../../kernel/words.ts'
import { useResident } from '../../../shell/resident-frame.tsx'
import { Block, Row } from '../../../ui/light/block.tsx'
import { Button } from '../../../ui/light/button.tsx'
import { InSight } from '../../../ui/light/in-sight.tsx'
import { Known, Sorry } from '../../../ui/light/known.tsx'
import { consentState } from '../consent-state.ts'
import { GiveConsent } from './give-consent.tsx'
import { residentOwnWords } from './words.ts'

/** To whom I, and those I stand for, have opened a record: what holds now, what was before; giving and taking back. */
export function ConsentPage() {
  const t = useWords(residentOwnWords)
  const { now } = useDates()
  const [giving, setGiving] = useState(false)
  const close = useCallback(() => setGiving(false), [])
  const waits = useWaiting(consentApi.giveMyConsent).length > 0
  const read = useRead(consentApi.listMyConsents, {}, { live: ['resident'] })
  if (giving) return <GiveConsent onClose={close} />
  return (
    <>
      <Button onClick={() => setGiving(true)}>{t('consent.give')}</Button>
      {waits && <p className="me-note">{t('consent.waits')}</p>}
      <Known read={read}>
        {(consents) => {
          const holds = consents.filter((one) => consentState(one, now) === 'active')
          const past = consents.filter((one) => consentState(one, now) !== 'active')
          return (
            <>
              {holds.length === 0 && <p className="me-quiet">{t('consent.none')}</p>}
              {holds.map((one) => (
                <One key={one.id} consent={one} />
              ))}
              {past.length > 0 && (
                <>
                  <h2 className="me-heading">{t('consent.before')}</h2>
                  {past.map((one) => (
                    <One key={one.id} consent={one} />
                  ))}
                </>
              )}
            </>
          )
        }}
      </Known>
    </>
  )
}

/** One consent: for what, how much, how long, who signed it, and the words themselves. */
function One({ consent }: { consent: Consent }) {
  const t = useWords(residentOwnWords)
  const { day, now } = useDates()
  const people = useResident().residents
  const { residentId, institution, purpose, depth, categories, until, since, at, signer, words, reason } =
    consent
  const state = consentState(consent, now)
  const whose = people.length > 1 ? people.find(({ id }) => id === residentId)?.name : undefined
  const scope = [t(`depth.${depth}`), ...categories.map((one) => t(`category.${one}`))].join('、')
  const signed = signer && !signer.self && state === 'active' && t('consent.given-by', { name: signer.name })
  return (
    <Block title={institution}>
      {whose && <p className="me-quiet">{t('consent.of', { name: whose })}</p>}
      <Row title={t('consent.for')} detail={t(`purpose.${purpose}`)} />
      <Row title={t('consent.how-much')} detail={scope} />
      <Row title={t('consent.how-long')} detail={until ? day(until) : t('period.open')} />
      <p className="me-quiet">
        {[t('consent.given-at', { day: day(since) }), signed].filter(Boolean).join(' · ')}
      </p>
      {state === 'withdrawn' && (
        <p>{t(reason === replaced ? 'consent.replaced' : 'consent.withdrawn', { day: day(at) })}</p>
      )}
      {state === 'over' && until && <p>{t('consent.over', { day: day(until) })}</p>}
      <details className="me-more">
        <summary>{t('consent.text')}</summary>
        <p>{words}</p>
      </details>
      {state === 'active' && <TakeBack consent={consent} />}
    </Block>
  )
}

const touches = ['resident']

function TakeBack({ consent: { id, institution } }: { consent: Consent }) {
  const t = useWords(residentOwnWords)
  const [asking, setAsking] = useState(false)
  const back = useSend(consentApi.withdrawMyConsent, { what: 'resident.consent.withdraw', touches })
  const waits = useWaiting(consentApi.withdrawMyConsent, { id }).some((one) => one.held)
  if (waits) return <p className="me-sorry">{t('consent.withdraw-waits')}</p>
  if (!asking)
    return (
      <Button quiet onClick={() => setAsking(true)}>
        {t('consent.withdraw')}
      </Button>
    )
  return (
    <InSight>
      <p>{t('consent.sure', { institution })}</p>
      <Sorry refused={back.error} />
      <Button busy={back.busy} onClick={() => void back.send({ params: { id }, body: { reason: null } })}>
        {t('consent.withdraw')}
      </Button>
      <Button quiet onClick={() => setAsking(false)}>
        {t('consent.keep')}
      </Button>
    </InSight>
  )
}
