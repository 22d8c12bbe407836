import { capacityApi } from '@tongmai/api/capacity'
import type { SlotKind } from '@tongmai/api/capacity/flow'
import type { OpenPlace } from '@tongmai/api/capacity/place'
import { residentApi } from '@tongmai/api/resident'
import { useState } from 'react'
import { goSmall } from '../../../kernel/small-route.tsx'
import { useDates } from '../../../kernel/use-dates.ts'
import { useRead } from '../../../kernel/use-read.ts'
import { useSend } from '../../../kernel/use-send.ts'
import { useWords } from '../../../kernel/words.ts'
import { Block } from '../../../ui/light/block.tsx'
import { Button } from '../../../ui/light/button.tsx'
import { Choices } from '../../../ui/light/choices.tsx'
import { Known, Sorry } from '../../../ui/light/known.tsx'
import { myBookingWords } from './words.ts'

interface Department {
  readonly departmentId: string
  readonly kind: SlotKind
  readonly name: string
}

/** Books in three touches: for whom, which department, when. */
export function BookPage() {
  const t = useWords(myBookingWords)
  const people = useRead(residentApi.readMe, {})
  const [chosen, setChosen] = useState<string>()
  const [department, setDepartment] = useState<Department>()
  return (
    <Known read={people}>
      {(all) => {
        const residentId = chosen ?? (all.length === 1 ? all[0]?.id : undefined)
        if (!residentId)
          return (
            <Block title={t('for-whom')}>
              {all.map((one) => (
                <Button key={one.id} quiet onClick={() => setChosen(one.id)}>
                  {one.name}
                </Button>
              ))}
            </Block>
          )
        if (!department) return <Departments residentId={residentId} onChoose={setDepartment} />
        return (
          <Times residentId={residentId} department={department} onBack={() => setDepartment(undefined)} />
        )
      }}
    </Known>
  )
}

interface DepartmentsProps {
  readonly residentId: string
  readonly onChoose: (department: Department) => void
}

function Departments({ residentId, onChoose }: DepartmentsProps) {
  const t = useWords(myBookingWords)
  const { briefly } = useDates()
  const read = useRead(capacityApi.listMyDepartments, { query: { residentId } }, { live: ['capacity'] })
  return (
    <Known read={read}>
      {(all) => (
        <Block title={t('choose-department')}>
          {all.length === 0 && <p>{t('nothing-free')}</p>}
          {all.map((one) => (
            <button
              key={`${one.departmentId} ${one.kind}`}
              type="button"
              className="me-row me-choice"
              onClick={() =>
                onChoose({ ...one, name: [one.institution, one.department, t(`kind.${one.kind}`)].join(' ') })
              }
            >
              <span>
                <b>
                  {one.department} · {t(`kind.${one.kind}`)}
                </b>
                <small>
                  {[one.institution, t('next-at', { at: briefly(one.nextAt) })].join(' · ')}
                  {one.contracted && ` · ${t('contracted')}`}
                </small>
              </span>
              <span className="me-arrow" aria-hidden="true" />
            </button>
          ))}
        </Block>
      )}
    </Known>
  )
}

interface TimesProps {
  readonly residentId: string
  readonly department: Department
  readonly onBack: () => void
}

const touches = ['capacity']

function Times({ residentId, department, onBack }: TimesProps) {
  const t = useWords(myBookingWords)
  const { moment, day } = useDates()
  const [place, setPlace] = useState<OpenPlace>()
  const [chosenDay, setDay] = useState('')
  const { departmentId, kind, name } = department
  const read = useRead(
    capacityApi.listMyPlaces,
    { query: { residentId, departmentId, kind } },
    { live: ['capacity'] },
  )
  const book = useSend(capacityApi.bookMine, { what: 'capacity.book', touches })
  if (book.state === 'waits')
    return (
      <Block title={t('book-waits')}>
        <p>{name}</p>
        <p>{t('book-waits-hint')}</p>
        <Button onClick={() => goSmall('/bookings')}>{t('see-mine')}</Button>
      </Block>
    )
  if (book.state === 'sent' && place?.at)
    return (
      <Block title={t('booked', { at: moment(place.at) })}>
        <p>{name}</p>
        <Button onClick={() => goSmall('/bookings')}>{t('see-mine')}</Button>
      </Block>
    )
  return (
    <Known read={read}>
      {(places) => {
        const days = [...Map.groupBy(places, ({ at }) => (at ? day(at) : ''))]
        const [today, times = []] = days.find(([one]) => one === chosenDay) ?? days[0] ?? []
        return (
          <Block title={`${name} · ${t('choose-time')}`}>
            {places.length === 0 && <p>{t('nothing-free')}</p>}
            {days.length > 1 && (
              <details key={today} className="me-more">
                <summary>{t('other-day', { day: today ?? '' })}</summary>
                <Choices
                  name={t('which-day')}
                  value={today ?? ''}
                  options={days.map(([one, open]) => ({
                    value: one,
                    label: one,
                    detail: t('free', { free: sum(open) }),
                  }))}
                  onChange={setDay}
                />
              </details>
            )}
            {times.map((one) => (
              <button
                key={one.placeId}
                type="button"
                className="me-row me-choice"
                aria-pressed={one.placeId === place?.placeId}
                onClick={() => setPlace(one)}
              >
                <span>
                  <b>{one.at && moment(one.at)}</b>
                  <small>{[one.practitioner ?? one.name, one.room].filter(Boolean).join(' · ')}</small>
                </span>
                <i>{t('free', { free: one.free })}</i>
              </button>
            ))}
            <Sorry refused={book.error} />
            {place?.at && (
              <Button
                busy={book.busy}
                onClick={() => void book.send({ body: { residentId, placeId: place.placeId } })}
              >
                {t('confirm', { at: moment(place.at) })}
              </Button>
            )}
            <Button quiet onClick={onBack}>
              {t('back')}
            </Button>
          </Block>
        )
      }}
    </Known>
  )
}

const sum = (places: readonly OpenPlace[]): number => places.reduce((all, { free }) => all + free, 0)
