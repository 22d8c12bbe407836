import { capacityApi } from '@tongmai/api/capacity'
import type { PlaceKind, PlaceSource } from '@tongmai/api/capacity/flow'
import type { BoundBy, OpenPlace } from '@tongmai/api/capacity/place'
import { Popover } from 'antd'
import { showDay, showTime } from '../../kernel/dates.ts'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { FigureAge } from './figure-age.tsx'
import { capacityWords } from './words.ts'

/** A place that was chosen, with what a form shows of it. */
export interface PlaceChoice {
  readonly placeId: string
  readonly kind: PlaceKind
  readonly at: Date | null
  readonly name: string
  readonly room: string
  readonly practitioner: { readonly id: string; readonly name: string } | null
}

interface Props {
  readonly departmentId: string
  readonly kind: PlaceKind
  readonly source: PlaceSource
  readonly residentId?: string
  readonly value: string | null
  readonly onChange: (place: PlaceChoice | null) => void
}

/** Chooses a free slot or a ward with a free bed of one department; live, so that what is gone goes. */
export function PlacePicker({ departmentId, kind, source, residentId, value, onChange }: Props) {
  const t = useWords(capacityWords)
  const query = { departmentId, kind, source, ...(residentId ? { residentId } : {}) }
  const read = useRead(capacityApi.listPlaces, { query }, { live: ['capacity'] })
  const choose = (place: OpenPlace) => onChange(place.placeId === value ? null : choiceOf(place))
  return (
    <Loaded read={read} rows={3}>
      {(places) => {
        if (places.length === 0)
          return <p className="tm-quiet">{t(kind === 'bed' ? 'book.no-beds' : 'book.no-places')}</p>
        const days = Map.groupBy(places, ({ at }) => (at ? showDay(at) : ''))
        return (
          <div style={{ maxHeight: 280, overflow: 'auto' }}>
            {[...days].map(([day, own]) => (
              <section key={day}>
                {day && <b>{day}</b>}
                <ul className="tm-times">
                  {own.map((place) => (
                    <li key={place.placeId}>
                      {place.bound ? (
                        <Bound place={place} by={place.bound} />
                      ) : (
                        <button
                          type="button"
                          aria-pressed={place.placeId === value}
                          onClick={() => choose(place)}
                        >
                          <Place place={place} />
                        </button>
                      )}
                    </li>
                  ))}
                </ul>
              </section>
            ))}
          </div>
        )
      }}
    </Loaded>
  )
}

/** A time at which the patient is bound; why is said where one points at it, taps it or comes to it by keyboard. */
function Bound({ place, by }: { place: OpenPlace; by: BoundBy }) {
  const t = useWords(capacityWords)
  const { moment } = useDates()
  const why = by.at ? t('booked-then', { ...by, at: moment(by.at) }) : t('booked-then-elsewhere')
  return (
    <Popover content={<div style={{ maxWidth: 280 }}>{why}</div>} trigger={['hover', 'focus', 'click']}>
      <button type="button" aria-disabled="true" aria-description={why}>
        <Place place={place} />
      </button>
    </Popover>
  )
}

function Place({ place }: { place: OpenPlace }) {
  const t = useWords(capacityWords)
  if (!place.at)
    return (
      <>
        <b>{place.name}</b>
        <span>{t('book.beds', { free: place.free })}</span>
        <FigureAge {...place} />
      </>
    )
  return (
    <>
      <b>{showTime(place.at)}</b>
      <span>{place.practitioner ?? place.name}</span>
      <span className="tm-quiet">{t('book.free', { free: place.free })}</span>
    </>
  )
}

const choiceOf = (place: OpenPlace): PlaceChoice => ({
  placeId: place.placeId,
  kind: place.kind,
  at: place.at,
  name: place.name,
  room: place.kind === 'bed' ? '' : place.room,
  practitioner: place.practitionerId ? { id: place.practitionerId, name: place.practitioner ?? '' } : null,
})
