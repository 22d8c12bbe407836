import { capacityApi } from '@tongmai/api/capacity'
import type { MyBooking } from '@tongmai/api/capacity/mine'
import { useState } from 'react'
import { goSmall } from '../../../kernel/small-route.tsx'
import { useDates } from '../../../kernel/use-dates.ts'
import { useRead } from '../../../kernel/use-read.ts'
import { useWaiting } from '../../../kernel/use-send.ts'
import { useWrite } from '../../../kernel/use-write.ts'
import { useWords } from '../../../kernel/words.ts'
import { Block, Dial, Row } from '../../../ui/light/block.tsx'
import { Button } from '../../../ui/light/button.tsx'
import { InSight } from '../../../ui/light/in-sight.tsx'
import { Known, Sorry } from '../../../ui/light/known.tsx'
import { myBookingWords } from './words.ts'

const isOpen = ({ status, at }: MyBooking, now: Date) =>
  status === 'held' || (status === 'confirmed' && at.getTime() > now.getTime() - 3_600_000)

const useMine = () => useRead(capacityApi.listMyBookings, { query: { limit: 20 } }, { live: ['capacity'] })

/** My bookings: those to come with where to go, then past ones. */
export function MyBookings() {
  const t = useWords(myBookingWords)
  const { now, moment } = useDates()
  const waits = useWaiting(capacityApi.bookMine).length > 0
  const read = useMine()
  return (
    <Known read={read}>
      {({ items }) => {
        const open = items.filter((one) => isOpen(one, now))
        const past = items.filter((one) => !isOpen(one, now))
        return (
          <>
            {waits && <p className="me-note">{t('book-waits-hint')}</p>}
            {open.length === 0 && !waits && (
              <Block>
                <p>{t('none')}</p>
              </Block>
            )}
            {open.map((one) => (
              <OneBooking key={one.id} one={one} />
            ))}
            <Block>
              <Button onClick={() => goSmall('/bookings/new')}>{t('book')}</Button>
            </Block>
            {past.length > 0 && (
              <Block title={t('earlier')}>
                {past.map((one) => (
                  <Row
                    key={one.id}
                    title={moment(one.at)}
                    detail={[one.institution, one.department].join(' ')}
                    end={t(`status.${one.status}`)}
                  />
                ))}
              </Block>
            )}
          </>
        )
      }}
    </Known>
  )
}

/** On the first page: the next booking, and the way to a new one. */
export function MyBookingCard() {
  const t = useWords(myBookingWords)
  const { now, moment } = useDates()
  const next = useMine().data?.items.find((one) => isOpen(one, now))
  return (
    <Block title={t('title')}>
      {next && (
        <Row
          title={moment(next.at)}
          detail={[next.institution, next.department].join(' ')}
          end={t(`status.${next.status}`)}
          to="/bookings"
        />
      )}
      <Row title={t('book')} to="/bookings/new" />
      {!next && <Row title={t('see-mine')} to="/bookings" />}
    </Block>
  )
}

/** A visit that a referral leads to is prepared for in one place. */
function prepareOf({ id, thing }: MyBooking): string {
  const [kind, referralId] = thing.split(':', 2)
  return kind === 'referral' ? `/referrals/${referralId}/prepare` : `/bookings/${id}/prepare`
}

function OneBooking({ one }: { one: MyBooking }) {
  const t = useWords(myBookingWords)
  const { moment } = useDates()
  const [asking, setAsking] = useState(false)
  const cancel = useWrite(capacityApi.cancelMine, { touches: ['capacity'] })
  const confirm = useWrite(capacityApi.confirmMine, { touches: ['capacity'] })
  const params = { id: one.id }
  return (
    <Block title={t(`status.${one.status}`)}>
      <Row title={t('when')} detail={moment(one.at)} />
      <Row
        title={t('where')}
        detail={[one.institution, one.department, one.room].filter(Boolean).join(' ')}
      />
      <Row title={t('who')} detail={one.doctor ?? one.name} />
      <Row title={t('prepare.title')} detail={t('prepare-hint')} to={prepareOf(one)} />
      {one.status === 'held' && one.heldUntil && (
        <>
          <p>{t('keep', { until: moment(one.heldUntil) })}</p>
          <Button busy={confirm.isPending} onClick={() => confirm.mutate({ params })}>
            {t('keep-yes')}
          </Button>
        </>
      )}
      {one.mayCancel && !asking && (
        <Button quiet onClick={() => setAsking(true)}>
          {t('cancel')}
        </Button>
      )}
      {asking && (
        <InSight>
          <p>{t('cancel-sure')}</p>
          <Button busy={cancel.isPending} onClick={() => cancel.mutate({ params })}>
            {t('cancel-yes')}
          </Button>
          <Button quiet onClick={() => setAsking(false)}>
            {t('cancel-no')}
          </Button>
        </InSight>
      )}
      {!one.mayCancel && <p className="me-quiet">{t('cancel-call')}</p>}
      {one.phone && <Dial name={t('call', { to: one.institution })} phone={one.phone} />}
      <Sorry refused={cancel.error ?? confirm.error} />
    </Block>
  )
}
