import type { Mission } from '@tongmai/api/dispatch/mission'
import type { ReactNode } from 'react'
import { To } from '../../kernel/route.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useSay, useWords } from '../../kernel/words.ts'
import { Card, Facts } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { Vitals } from './vitals.tsx'
import { dispatchWords } from './words.ts'

/** What is known of a mission, in cards: what it needs, who drives, whether it may fly, who signed, how the patient is. */
export function MissionFacts({ mission }: { mission: Mission }) {
  return (
    <>
      <About mission={mission} />
      {['onScene', 'leftScene', 'arrived', 'handedOver', 'ready', 'aborted'].includes(mission.status) && (
        <Vitals mission={mission} />
      )}
      {mission.flight && <Flight flight={mission.flight} />}
      {['arrived', 'handedOver', 'ready'].includes(mission.status) && <Signatures mission={mission} />}
    </>
  )
}

function About({ mission }: { mission: Mission }) {
  const t = useWords(dispatchWords)
  const say = useSay()
  const { moment } = useDates()
  const { vehicle, carrier, crew, expectedAt, status, thing, ending, entitlement, disinfection } = mission
  const more: [string, ReactNode][] = []
  if (expectedAt) more.push([t(status === 'leftScene' ? 'facts.in' : 'facts.there'), moment(expectedAt)])
  if (carrier) more.push([t('facts.carrier'), carrier.name])
  if (entitlement)
    more.push([
      t('facts.free'),
      t(entitlement.free ? 'facts.free-yes' : 'facts.free-no', {
        reason: say(`benefit.reason.${entitlement.reason}`),
      }),
    ])
  if (ending) more.push([t('facts.ending'), `${t(`reason.${ending.reason}`)} ${ending.note}`])
  if (disinfection) more.push([t('facts.disinfection'), disinfection.method])
  if (thing?.startsWith('referral:'))
    more.push([
      t('facts.thing'),
      <To key="thing" to={`/referrals/${thing.slice('referral:'.length)}`}>
        {t('facts.open-referral')}
      </To>,
    ])
  return (
    <Card title={t('facts')}>
      <Facts
        facts={[
          [t('note'), mission.note],
          [t('needs'), <NeedsShown key="needs" mission={mission} />],
          [t('vehicle'), vehicle && `${vehicle.name} ${vehicle.plate}`],
          [t('vehicle.crew'), crew.map(({ role, name }) => `${t(`crew.${role}`)} ${name}`).join('、')],
          [t('facts.desk'), mission.desk.name],
          ...more,
        ]}
      />
    </Card>
  )
}

function NeedsShown({ mission: { needs } }: { mission: Mission }) {
  const t = useWords(dispatchWords)
  const all = [
    ...needs.equipment.map((one) => t(`equipment.${one}`)),
    ...(needs.escort === 'none' ? [] : [t(`escort.${needs.escort}`)]),
    ...(needs.isolation ? [t(`group.${needs.isolation}`)] : []),
    ...(needs.byAir ? [t('needs.by-air')] : []),
  ]
  return all.length === 0 ? t('needs.nothing') : all.join('、')
}

function Flight({ flight }: { flight: NonNullable<Mission['flight']> }) {
  const t = useWords(dispatchWords)
  const { moment } = useDates()
  return (
    <Card
      title={t('flight')}
      extra={
        <StateTag tone={flight.go ? 'good' : 'bad'}>{t(flight.go ? 'ask.go-yes' : 'ask.go-no')}</StateTag>
      }
    >
      <Facts
        facts={[
          [t('ask.flight-reason'), flight.reason],
          [t('ask.weather'), flight.weather],
          [t('ask.contraindications'), flight.contraindications],
          [t('flight.by'), `${flight.by} ${moment(flight.at)}`],
        ]}
      />
    </Card>
  )
}

function Signatures({ mission }: { mission: Mission }) {
  const t = useWords(dispatchWords)
  const { moment } = useDates()
  const shown = (of: Mission['handedByCrew']) =>
    of ? (
      <>
        {t('signature.of', { name: of.name, time: moment(of.at) })}{' '}
        <span className="tm-quiet">{of.note}</span>
      </>
    ) : (
      <span className="tm-quiet">{t('signature.missing')}</span>
    )
  return (
    <Card title={t('signatures')}>
      <Facts
        facts={[
          [t('signature.crew'), shown(mission.handedByCrew)],
          [t('signature.receiver'), shown(mission.takenByReceiver)],
        ]}
      />
    </Card>
  )
}
