import type { GreenChannel, GreenTransport } from '@tongmai/api/referral/green-channel'
import type { ReactNode } from 'react'
import { To } from '../../kernel/route.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useSay, useWords } from '../../kernel/words.ts'
import { Facts } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { LatestVitals } from '../dispatch/index.ts'
import { GreenPlaces } from './green-places.tsx'
import { referralWords } from './words.ts'

/** Kind, acknowledgement, what is kept, how the patient comes, and each entitlement with its reason. */
export function GreenFacts({ channel }: { channel: GreenChannel }) {
  const t = useWords(referralWords)
  const say = useSay()
  const { moment } = useDates()
  const { kind, critical, acknowledgedAt, closedAt, closeReason, expectedAt, summary, transport } = channel
  const granted = channel.entitlements
    .filter((one) => one.granted)
    .map((one) => say(`referral.entitlement.${one.code}`))
  const refused = channel.entitlements.filter((one) => !one.granted)
  const shown = (one: GreenChannel['entitlements'][number]) =>
    `${say(`referral.entitlement.${one.code}`)}（${say(`benefit.reason.${one.reason}`)}）`
  return (
    <Facts
      facts={
        [
          [
            t('green.kind'),
            <span key="kind" className="tm-row">
              <b>{t(`green-kind.${kind}`)}</b>
              {critical && <StateTag tone="bad">{t('green.critical')}</StateTag>}
              {closedAt ? (
                <StateTag>{t(`green.closed.${closeReason ?? 'inCare'}`)}</StateTag>
              ) : (
                <StateTag tone={acknowledgedAt ? 'good' : 'wait'}>
                  {t(acknowledgedAt ? 'green.acknowledged' : 'green.waiting')}
                </StateTag>
              )}
            </span>,
          ],
          [
            t('green.summary'),
            <span key="summary" style={{ whiteSpace: 'pre-wrap' }}>
              {summary}
            </span>,
          ],
          [t('green.expected'), !transport && expectedAt && moment(expectedAt)],
          [t('green.transport'), transport && <Transport key="ride" transport={transport} />],
          [t('green.places'), <GreenPlaces key="places" channel={channel} />],
          [
            t('green.granted'),
            granted.length === 0 ? null : `${granted.join('、')}（${say('benefit.reason.granted')}）`,
          ],
          [
            t('green.not-granted'),
            refused.length === 0 ? null : (
              <span key="not" className="tm-quiet">
                {refused.map(shown).join('、')}
              </span>
            ),
          ],
        ].filter(([term, value]) => term !== t('green.expected') || value) as [string, ReactNode][]
      }
    />
  )
}

/** The vehicle, when it is expected where, and how the patient was at the last measurement. */
export function Transport({ transport }: { transport: GreenTransport }) {
  const t = useWords(referralWords)
  const say = useSay()
  const { briefly } = useDates()
  const { id, number, status, vehicle, expectedAt, vitals, entitlement } = transport
  return (
    <span style={{ display: 'grid', gap: 4 }}>
      <span className="tm-row">
        <To to={`/missions/${id}`}>{number}</To>
        <StateTag tone={status === 'leftScene' ? 'wait' : 'idle'}>
          {say(`dispatch.status.${status}`)}
        </StateTag>
        {vehicle}
        {expectedAt && (
          <b>
            {t(status === 'leftScene' ? 'green.expected' : 'green.expected-there')} {briefly(expectedAt)}
          </b>
        )}
      </span>
      {['onScene', 'leftScene', 'arrived'].includes(status) && <LatestVitals vitals={vitals} />}
      {entitlement && (
        <span className="tm-quiet">
          {say('dispatch.facts.free')}：
          {say(entitlement.free ? 'dispatch.facts.free-yes' : 'dispatch.facts.free-no', {
            reason: say(`benefit.reason.${entitlement.reason}`),
          })}
        </span>
      )}
    </span>
  )
}
