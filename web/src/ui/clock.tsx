import { Tooltip } from 'antd'
import { type Urgency, urgency, used } from '../kernel/due.ts'
import { useDates } from '../kernel/use-dates.ts'

interface ClockProps {
  readonly due: Date
  /** When the time began; colours and ring then show the share that is used. */
  readonly since?: Date
}

const tones = { calm: 'good', soon: 'wait', pressing: 'bad', overdue: 'bad' } as const satisfies Record<
  Urgency,
  string
>

/** A deadline as a clock: a ring that empties, and the time left in words. Green, amber, red; overdue is filled. */
export function Clock({ due, since }: ClockProps) {
  const { now, left, moment } = useDates()
  const how = urgency(due, now, since)
  const share = since ? used(due, now, since) : how === 'overdue' ? 1 : 0.5
  return (
    <Tooltip title={moment(due)}>
      <time className={`tm-clock tm-${tones[how]}`} data-urgency={how} dateTime={due.toISOString()}>
        <Ring share={share} overdue={how === 'overdue'} />
        {left(due)}
      </time>
    </Tooltip>
  )
}

function Ring({ share, overdue }: { share: number; overdue: boolean }) {
  const around = 2 * Math.PI * 6
  return (
    <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
      <circle
        cx="8"
        cy="8"
        r="6"
        fill={overdue ? 'currentColor' : 'none'}
        stroke="currentColor"
        strokeOpacity=".25"
        strokeWidth="2.5"
      />
      {overdue ? (
        <path d="M8 4.6v4M8 10.6v.9" stroke="var(--tm-surface)" strokeWidth="1.6" strokeLinecap="round" />
      ) : (
        <circle
          cx="8"
          cy="8"
          r="6"
          fill="none"
          stroke="currentColor"
          strokeWidth="2.5"
          strokeDasharray={`${around * (1 - share)} ${around}`}
          transform="rotate(-90 8 8)"
        />
      )}
    </svg>
  )
}
