import { capacityApi } from '@tongmai/api/capacity'
import type { Bed } from '@tongmai/api/capacity/bed'
import { type BedMove, type BedShown, bedFlow } from '@tongmai/api/capacity/flow'
import { Dropdown } from 'antd'
import { useMay } from '../../kernel/session.tsx'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { Loaded } from '../../ui/loaded.tsx'
import type { Tone } from '../../ui/state-tag.tsx'
import { RefusalNote } from '../../ui/tell.tsx'
import { capacityWords } from './words.ts'

const tones: Record<BedShown, Tone> = {
  free: 'good',
  held: 'wait',
  occupied: 'idle',
  cleaning: 'note',
  closed: 'bad',
}

/** What may be said of a bed: what its state allows; a bed with a patient is moved by its reservation. */
function movesOf(bed: Bed): (BedMove | 'use' | 'leave')[] {
  if (bed.shown === 'held') return ['use']
  if (bed.shown === 'occupied' && bed.reservationId) return ['leave']
  return Object.keys(bedFlow[bed.shown as keyof typeof bedFlow]) as BedMove[]
}

/** The beds of my ward, one by one, each with its state in words and what may be said of it. */
export function BedGrid({ wardId }: { wardId: string }) {
  const t = useWords(capacityWords)
  const may = useMay()
  const read = useRead(capacityApi.listBeds, { params: { id: wardId } }, { live: ['capacity'] })
  const move = useWrite(capacityApi.moveBed, { touches: ['capacity'] })
  const use = useWrite(capacityApi.useReservation, { touches: ['capacity'] })
  const leave = useWrite(capacityApi.leaveBed, { touches: ['capacity'] })
  const run = (bed: Bed, what: string) => {
    if (what === 'use') return use.mutate({ params: { id: bed.reservationId ?? '' } })
    if (what === 'leave') return leave.mutate({ params: { id: bed.reservationId ?? '' } })
    move.mutate({ params: { id: bed.id }, body: { move: what as BedMove } })
  }
  const word = (what: BedMove | 'use' | 'leave') =>
    what === 'use' ? t('act.use') : what === 'leave' ? t('act.leave') : t(`bedMove.${what}`)
  return (
    <Loaded read={read} rows={2}>
      {(beds) => (
        <>
          <RefusalNote refused={move.error ?? use.error ?? leave.error} />
          <ul className="tm-beds">
            {beds.map((bed) => (
              <li key={bed.id}>
                <Dropdown
                  disabled={!may('capacity.bed')}
                  trigger={['click']}
                  menu={{
                    items: movesOf(bed).map((key) => ({ key, label: word(key) })),
                    onClick: ({ key }) => run(bed, key),
                  }}
                >
                  <button type="button" className={`tm-bed tm-${tones[bed.shown]}`}>
                    <b>{bed.label}</b>
                    <span>{bed.nameMasked ?? t(`bed.${bed.shown}`)}</span>
                  </button>
                </Dropdown>
              </li>
            ))}
          </ul>
        </>
      )}
    </Loaded>
  )
}
