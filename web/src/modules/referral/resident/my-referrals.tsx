import { referralApi } from '@tongmai/api/referral'
import type { MyReferral } from '@tongmai/api/referral/book'
import { isEnded, type ReferralStatus } from '@tongmai/api/referral/flow'
import { residentApi } from '@tongmai/api/resident'
import { useDates } from '../../../kernel/use-dates.ts'
import { useRead } from '../../../kernel/use-read.ts'
import { useWords } from '../../../kernel/words.ts'
import { Block, Dial, Row } from '../../../ui/light/block.tsx'
import { Known } from '../../../ui/light/known.tsx'
import { Stages } from '../../../ui/light/stages.tsx'
import { myReferralWords } from './words.ts'

/** The name, where I also stand for others; nothing where there is only me. */
function useWhose(residentId: string): string | null {
  const people = useRead(residentApi.readMe, {}).data ?? []
  return people.length > 1 ? (people.find((one) => one.id === residentId)?.name ?? null) : null
}

const useMine = () => useRead(referralApi.listMine, { query: { limit: 20 } }, { live: ['referral'] })

/** All my referrals: what is under way on top, with where to go and what to bring. */
export function MyReferrals() {
  const t = useWords(myReferralWords)
  const { day } = useDates()
  const read = useMine()
  return (
    <Known read={read}>
      {({ items }) => {
        const open = items.filter((one) => !isEnded(one.status))
        const past = items.filter((one) => isEnded(one.status))
        if (items.length === 0) {
          return (
            <Block title={t('none')}>
              <p className="me-quiet">{t('none-hint')}</p>
            </Block>
          )
        }
        return (
          <>
            {open.map((one) => (
              <OnePlain key={one.id} one={one} />
            ))}
            {past.length > 0 && (
              <Block title={t('history')}>
                {past.map((one) => (
                  <Row key={one.id} title={one.to} detail={t(`now.${one.status}`)} end={day(one.updatedAt)} />
                ))}
              </Block>
            )}
          </>
        )
      }}
    </Known>
  )
}

/** On the first page: the referral that is under way, if any. */
export function MyReferralCard() {
  const t = useWords(myReferralWords)
  const read = useMine()
  const now = read.data?.items.find((one) => !isEnded(one.status))
  if (!now) return null
  return (
    <Block title={t('title')}>
      <Row title={now.to} detail={t(`now.${now.status}`)} to="/referrals" />
    </Block>
  )
}

function OnePlain({ one }: { one: MyReferral }) {
  const t = useWords(myReferralWords)
  const { moment } = useDates()
  const whose = useWhose(one.residentId)
  const expected = ['accepted', 'inTransfer'].includes(one.status)
  return (
    <Block title={t(`now.${one.status}`)}>
      <p className="me-quiet">{[whose, t('from', { from: one.from })].filter(Boolean).join(' · ')}</p>
      <Stages stages={stagesOf(one, t)} />
      <Row title={t('go-to')} detail={[one.to, one.department, one.place].filter(Boolean).join(' ')} />
      {one.at && expected && <Row title={t('when')} detail={moment(one.at)} />}
      {one.doctor && <Row title={t('who')} detail={one.doctor} />}
      {expected && (
        <Row title={t('bring')} detail={[t('bring-always'), one.instructions].filter(Boolean).join('；')} />
      )}
      {expected && (
        <Row title={t('prepare.title')} detail={t('prepare-hint')} to={`/referrals/${one.id}/prepare`} />
      )}
      {one.followUpOn && <p>{t('follow-up', { day: one.followUpOn })}</p>}
      {one.toPhone && <Dial name={t('call', { to: one.to })} phone={one.toPhone} />}
    </Block>
  )
}

const up: readonly (readonly [
  name: 'sent' | 'accepted' | 'there' | 'treated',
  states: readonly ReferralStatus[],
])[] = [
  ['sent', ['submitted', 'infoRequested', 'expired']],
  ['accepted', ['accepted', 'inTransfer']],
  ['there', ['arrived', 'inCare', 'admitted']],
  ['treated', ['treated', 'awaitingDownReferral', 'closed']],
]

/** The four stages that matter to a patient on the way up; on the way back there is one. */
function stagesOf(one: MyReferral, t: ReturnType<typeof useWords<typeof myReferralWords.table>>) {
  if (one.direction === 'down') return [{ name: t('stage.back'), now: true }]
  const at = up.findIndex(([, states]) => states.includes(one.status))
  const times = [one.sentAt, one.answeredAt, one.arrivedAt]
  return up.map(([name], i) => ({
    name: t(`stage.${name}`),
    now: i === at,
    at: i < at ? (times[i] ?? one.updatedAt) : undefined,
  }))
}
