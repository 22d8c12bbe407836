import { capacityApi } from '@tongmai/api/capacity'
import { Button } from 'antd'
import { useState } from 'react'
import { useMay, useSession } from '../../kernel/session.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Card } from '../../ui/page.tsx'
import { BookDialog } from './book-dialog.tsx'
import { ReservationActs, ReservationState } from './booking-line.tsx'
import { capacityWords } from './words.ts'

/** On a resident's page: their bookings at or by my institution, and a new one. */
export function PersonBookings({ residentId }: { residentId: string }) {
  const t = useWords(capacityWords)
  const may = useMay()
  const { moment } = useDates()
  const { institution } = useSession()
  const [booking, setBooking] = useState(false)
  const read = useRead(
    capacityApi.listReservations,
    { query: { residentId, limit: 20 } },
    { live: ['capacity'] },
  )
  return (
    <Card
      title={t('book.title')}
      extra={
        may('capacity.book') && (
          <Button size="small" onClick={() => setBooking(true)}>
            {t('book.act')}
          </Button>
        )
      }
    >
      <Loaded read={read} rows={2}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="tm-quiet">
              {t('book.none')} {t('book.none-hint')}
            </p>
          ) : (
            items.map((one) => (
              <div key={one.id} style={{ display: 'grid', gap: 2, marginBottom: 10 }}>
                <span className="tm-row">
                  <b>{moment(one.at)}</b>
                  <ReservationState status={one.status} />
                </span>
                <span>
                  {[one.institution, one.department, one.name, one.practitioner].filter(Boolean).join(' · ')}
                </span>
                <ReservationActs
                  id={one.id}
                  status={one.status}
                  at={one.at}
                  kind={one.kind}
                  host={one.institutionId === institution?.id}
                />
              </div>
            ))
          )
        }
      </Loaded>
      {booking && <BookDialog residentId={residentId} onClose={() => setBooking(false)} />}
    </Card>
  )
}
