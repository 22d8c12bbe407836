import type { ReactNode } from 'react'
import { useDates } from '../kernel/use-dates.ts'
import type { Tone } from './state-tag.tsx'

/** One thing that happened: a step, a message, a document, a call. */
export interface Happening {
  readonly id: string
  readonly at: Date
  readonly title: ReactNode
  /** Who, and from where. */
  readonly by?: ReactNode
  readonly tone?: Tone
  /** What belongs to it: a note, a document. */
  readonly body?: ReactNode
}

/** The story in time order, the newest first; days as headings. */
export function TimeLine({ happenings }: { happenings: readonly Happening[] }) {
  const { moment, briefly } = useDates()
  const sorted = [...happenings].sort((a, b) => b.at.getTime() - a.at.getTime())
  return (
    <ol className="tm-story">
      {sorted.map(({ id, at, title, by, tone = 'idle', body }) => (
        <li key={id} className={`tm-${tone}`}>
          <time dateTime={at.toISOString()} title={moment(at)}>
            {briefly(at)}
          </time>
          <div>
            <p className="tm-story-title">
              <b>{title}</b>
              {by && <span>{by}</span>}
            </p>
            {body && <div className="tm-story-body">{body}</div>}
          </div>
        </li>
      ))}
    </ol>
  )
}
