import type { ReactNode } from 'react'
import { SmallLink } from '../../kernel/small-route.tsx'

interface BlockProps {
  readonly title?: ReactNode
  readonly children: ReactNode
}

/** One matter of a resident's page, in a box. */
export function Block({ title, children }: BlockProps) {
  return (
    <section className="me-block">
      {title && <h2>{title}</h2>}
      {children}
    </section>
  )
}

interface RowProps {
  readonly title: ReactNode
  /** Below the title, in plain words. */
  readonly detail?: ReactNode
  /** At the right: a state, a number. */
  readonly end?: ReactNode
  /** The page it opens. */
  readonly to?: string
}

/** One line to touch, at least 56 px high. */
export function Row({ title, detail, end, to }: RowProps) {
  const inner = (
    <>
      <span>
        <b>{title}</b>
        {detail && <small>{detail}</small>}
      </span>
      {end && <i>{end}</i>}
      {to && <span className="me-arrow" aria-hidden="true" />}
    </>
  )
  return to ? (
    <SmallLink to={to} className="me-row">
      {inner}
    </SmallLink>
  ) : (
    <div className="me-row">{inner}</div>
  )
}

/** A number that is called when it is touched. */
export function Dial({ name, phone }: { name: string; phone: string }) {
  return (
    <a className="me-button me-button-quiet" href={`tel:${phone}`}>
      <span>
        {name} <span className="me-phone">{phone}</span>
      </span>
    </a>
  )
}
