import type { MissionLine } from '@tongmai/api/dispatch/mission'
import { missionApi } from '@tongmai/api/dispatch/mission'
import { To } from '../../kernel/route.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { MissionState, UrgencyTag } from './state.tsx'
import { dispatchWords } from './words.ts'

interface Props {
  /** `referral:<id>`, or a resident. */
  readonly thing?: string
  readonly residentId?: string
}

/** The missions of a thing or of a resident, each with its state and when it is expected. */
export function MissionLines({ thing, residentId }: Props) {
  const t = useWords(dispatchWords)
  const query = { ...(thing ? { thing } : {}), ...(residentId ? { residentId } : {}), limit: 20 }
  const read = useRead(missionApi.listMissions, { query }, { live: ['dispatch'] })
  return (
    <Loaded read={read} rows={2}>
      {({ items }) =>
        items.length === 0 ? (
          <p className="tm-quiet">{t('none')}</p>
        ) : (
          <ul style={{ listStyle: 'none', padding: 0, margin: 0 }}>
            {items.map((line) => (
              <Line key={line.id} line={line} />
            ))}
          </ul>
        )
      }
    </Loaded>
  )
}

function Line({ line }: { line: MissionLine }) {
  const t = useWords(dispatchWords)
  const { briefly } = useDates()
  const { expectedAt, status, vehicle } = line
  const arriving = status === 'leftScene'
  return (
    <li className="tm-row">
      <To to={`/missions/${line.id}`}>
        {line.number} {line.from.shortName} → {line.to.shortName}
      </To>
      <MissionState status={status} />
      <UrgencyTag urgency={line.urgency} />
      <span className="tm-quiet">
        {vehicle?.name}{' '}
        {expectedAt
          ? t(arriving ? 'expected-in' : 'expected-there', { time: briefly(expectedAt) })
          : briefly(line.since)}
      </span>
    </li>
  )
}
