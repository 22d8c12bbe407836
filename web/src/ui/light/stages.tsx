import { useDates } from '../../kernel/use-dates.ts'

interface StagesProps {
  /** In order; `at` for those that have been. */
  readonly stages: readonly {
    readonly name: string
    readonly at?: Date | undefined
    readonly now?: boolean
    readonly note?: string | undefined
  }[]
}

/** How far something is, from top to bottom, in words. */
export function Stages({ stages }: StagesProps) {
  const { briefly } = useDates()
  return (
    <ol className="me-stages">
      {stages.map(({ name, at, now = false, note }) => (
        <li key={name} data-when={now ? 'now' : at ? 'past' : 'next'} aria-current={now ? 'step' : undefined}>
          <b>{name}</b>
          {at && <small>{briefly(at)}</small>}
          {note && <p>{note}</p>}
        </li>
      ))}
    </ol>
  )
}
